package io.vireo.dataplane;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.PortState;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.event.EventHandler;
import io.vireo.dataplane.wire.value.AssociationText;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dataplane.wire.value.SecurityAssociationState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Notes every event, for tests to look at. */
public final class RecordedEvents implements EventHandler {
    public final Map<Long, CommandResult> results = new HashMap<>();
    public final List<String> refusals = new ArrayList<>();
    public final Map<Integer, PortState> ports = new HashMap<>();
    public final List<String> routes = new ArrayList<>();
    public final List<String> neighbours = new ArrayList<>();
    public final List<String> scheduling = new ArrayList<>();
    public final List<String> labels = new ArrayList<>();
    public final List<List<Object>> associations = new ArrayList<>();
    public final Map<Long, Long> dumps = new HashMap<>();
    public final List<String> sweeps = new ArrayList<>();

    @Override
    public void onCommandResult(long correlationId, CommandResult code, CharSequence text) {
        results.put(correlationId, code);
        if (code != CommandResult.OK) {
            refusals.add(code + " " + text);
        }
    }

    @Override
    public void onPortState(
            long correlationId, int portId, PortState state, long mac, int speedMbps, CharSequence name) {
        ports.put(portId, state);
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
        routes.add(routerId + " " + Long.toHexString(prefixHigh) + ":" + Long.toHexString(prefixLow) + "/"
                + prefixLength + " " + kind + " " + nextHops);
    }

    @Override
    public void onNeighbourEntry(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow, long mac) {
        neighbours.add(interfaceId + " " + Long.toHexString(addressHigh) + ":" + Long.toHexString(addressLow) + " "
                + Long.toHexString(mac));
    }

    @Override
    public void onRateEntry(long correlationId, int portId, long rateBitsPerSecond, int overheadBytes) {
        scheduling.add("rate " + portId + " " + rateBitsPerSecond + " " + overheadBytes);
    }

    @Override
    public void onQuotaEntry(long correlationId, int quotaId, int packets, long bytes) {
        scheduling.add("quota " + quotaId + " " + packets + " " + bytes);
    }

    @Override
    public void onClassEntry(
            long correlationId, int classId, int parentClassId, int portId, int interfaceId, long digest) {
        scheduling.add("class " + classId + " " + parentClassId + " " + portId + " " + interfaceId + " " + digest);
    }

    @Override
    public void onFilterEntry(long correlationId, int interfaceId, int defaultClassId, long digest) {
        scheduling.add("filter " + interfaceId + " " + defaultClassId + " " + digest);
    }

    @Override
    public void onAssociationEntry(long correlationId, SecurityAssociationState state) {
        associations.add(AssociationText.of(state));
    }

    @Override
    public void onLabelState(long correlationId, LabelSpec spec, NextHops nextHops, long packets, long bytes) {
        labels.add(spec + " via " + nextHops + ": " + packets + " packets, " + bytes + " bytes");
    }

    @Override
    public void onDumpEnd(long correlationId, long entries) {
        dumps.put(correlationId, entries);
    }

    @Override
    public void onSweepDone(
            long correlationId, long epoch, int routes, int neighbours, int interfaces, int routers, int ports) {
        sweeps.add(epoch + ": " + routes + " " + neighbours + " " + interfaces + " " + routers + " " + ports);
    }
}
