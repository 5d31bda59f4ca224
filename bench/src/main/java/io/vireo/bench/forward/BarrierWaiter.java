package io.vireo.bench.forward;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.PortState;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.event.EventHandler;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dataplane.wire.value.SecurityAssociationState;
import java.util.ArrayList;
import java.util.List;

/** Waits for the answer to one barrier, and keeps the errors before it. One thread. */
public final class BarrierWaiter implements EventHandler {
    private final long barrier;
    private final List<String> errors = new ArrayList<>();
    private boolean reached;

    /** @param barrier its correlation id */
    public BarrierWaiter(long barrier) {
        this.barrier = barrier;
    }

    /** Whether everything before the barrier is in force. */
    public boolean reached() {
        return reached;
    }

    /** What was refused before it. */
    public List<String> errors() {
        return errors;
    }

    @Override
    public void onCommandResult(long correlationId, CommandResult code, CharSequence text) {
        if (code != CommandResult.OK) {
            errors.add(code + " " + text);
        }
        reached |= correlationId == barrier;
    }

    @Override
    public void onPortState(
            long correlationId, int portId, PortState state, long mac, int speedMbps, CharSequence name) {
        if (state == PortState.FAILED) {
            errors.add("port " + name + " failed");
        }
    }

    @Override
    public void onRouteEntry(
            long correlationId,
            int routerId,
            AddressFamily family,
            long prefixHigh,
            long prefixLow,
            int prefixLength,
            RouteKind kind,
            NextHops nextHops) {
        // Answers to dumps, which nobody asks for here.
    }

    @Override
    public void onNeighbourEntry(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow, long mac) {
        // As above.
    }

    @Override
    public void onRateEntry(long correlationId, int portId, long rateBitsPerSecond, int overheadBytes) {
        // As above.
    }

    @Override
    public void onQuotaEntry(long correlationId, int quotaId, int packets, long bytes) {
        // As above.
    }

    @Override
    public void onClassEntry(
            long correlationId, int classId, int parentClassId, int portId, int interfaceId, long digest) {
        // As above.
    }

    @Override
    public void onFilterEntry(long correlationId, int interfaceId, int defaultClassId, long digest) {
        // As above.
    }

    @Override
    public void onAssociationEntry(long correlationId, SecurityAssociationState state) {}

    @Override
    public void onLabelState(long correlationId, LabelSpec spec, NextHops nextHops, long packets, long bytes) {}

    @Override
    public void onDumpEnd(long correlationId, long entries) {
        // As above.
    }

    @Override
    public void onSweepDone(
            long correlationId, long epoch, int routes, int neighbours, int interfaces, int routers, int ports) {
        // As above.
    }
}
