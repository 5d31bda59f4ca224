package io.vireo.dataplane;

import io.vireo.dataplane.wire.AddressFamily;
import io.vireo.dataplane.wire.EventHandler;
import io.vireo.dataplane.wire.NextHops;
import io.vireo.dataplane.wire.PortState;
import io.vireo.dataplane.wire.ResultCode;
import io.vireo.dataplane.wire.RouteKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Notes every event, for tests to look at. */
final class RecordedEvents implements EventHandler {
    final Map<Long, ResultCode> results = new HashMap<>();
    final List<String> refusals = new ArrayList<>();
    final Map<Integer, PortState> ports = new HashMap<>();
    final List<String> routes = new ArrayList<>();
    final List<String> neighbours = new ArrayList<>();
    final List<String> scheduling = new ArrayList<>();
    final Map<Long, Long> dumps = new HashMap<>();
    final List<String> sweeps = new ArrayList<>();

    @Override
    public void onCommandResult(final long correlationId, final ResultCode code, final CharSequence text) {
        results.put(correlationId, code);
        if (code != ResultCode.OK) {
            refusals.add(code + " " + text);
        }
    }

    @Override
    public void onPortState(
            final long correlationId,
            final int portId,
            final PortState state,
            final long mac,
            final int speedMbps,
            final CharSequence name) {
        ports.put(portId, state);
    }

    @Override
    public void onRouteEntry(
            final long correlationId,
            final int routerId,
            final AddressFamily family,
            final long prefixHigh,
            final long prefixLow,
            final int prefixLength,
            final RouteKind kind,
            final NextHops nextHops) {
        routes.add(routerId + " " + Long.toHexString(prefixHigh) + ":" + Long.toHexString(prefixLow) + "/"
                + prefixLength + " " + kind + " " + nextHops);
    }

    @Override
    public void onNeighbourEntry(
            final long correlationId,
            final int interfaceId,
            final AddressFamily family,
            final long addressHigh,
            final long addressLow,
            final long mac) {
        neighbours.add(interfaceId + " " + Long.toHexString(addressHigh) + ":" + Long.toHexString(addressLow) + " "
                + Long.toHexString(mac));
    }

    @Override
    public void onRateEntry(
            final long correlationId, final int portId, final long rateBitsPerSecond, final int overheadBytes) {
        scheduling.add("rate " + portId + " " + rateBitsPerSecond + " " + overheadBytes);
    }

    @Override
    public void onQuotaEntry(final long correlationId, final int quotaId, final int packets, final long bytes) {
        scheduling.add("quota " + quotaId + " " + packets + " " + bytes);
    }

    @Override
    public void onClassEntry(
            final long correlationId,
            final int classId,
            final int parentClassId,
            final int portId,
            final int interfaceId,
            final long digest) {
        scheduling.add("class " + classId + " " + parentClassId + " " + portId + " " + interfaceId + " " + digest);
    }

    @Override
    public void onFilterEntry(
            final long correlationId, final int interfaceId, final int defaultClassId, final long digest) {
        scheduling.add("filter " + interfaceId + " " + defaultClassId + " " + digest);
    }

    @Override
    public void onDumpEnd(final long correlationId, final long entries) {
        dumps.put(correlationId, entries);
    }

    @Override
    public void onSweepDone(
            final long correlationId,
            final long epoch,
            final int routes,
            final int neighbours,
            final int interfaces,
            final int routers,
            final int ports) {
        sweeps.add(epoch + ": " + routes + " " + neighbours + " " + interfaces + " " + routers + " " + ports);
    }
}
