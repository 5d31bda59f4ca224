package io.vireo.dataplane.conductor;

import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.counters.SystemCounters;
import org.agrona.concurrent.status.AtomicCounter;

/** The counters that say how much there is of everything. Single writer: the conductor. */
final class Gauges {
    private final AtomicCounter routers;
    private final AtomicCounter interfaces;
    private final AtomicCounter neighbours;
    private final AtomicCounter ipv4Routes;
    private final AtomicCounter ipv6Routes;
    private final AtomicCounter tableBytes;
    private final AtomicCounter resyncs;
    private final AtomicCounter resyncRemoved;

    /**
     * @param queuePackets what the classes of one port can hold.
     * @param maxFrameMtu longest IP packet that a packet buffer holds, bytes.
     */
    Gauges(SystemCounters counters, int queuePackets, int maxFrameMtu) {
        routers = counters.get(SystemCounter.ROUTERS);
        interfaces = counters.get(SystemCounter.INTERFACES);
        neighbours = counters.get(SystemCounter.NEIGHBOURS);
        ipv4Routes = counters.get(SystemCounter.IPV4_ROUTES);
        ipv6Routes = counters.get(SystemCounter.IPV6_ROUTES);
        tableBytes = counters.get(SystemCounter.TABLE_BYTES);
        resyncs = counters.get(SystemCounter.RESYNCS);
        resyncRemoved = counters.get(SystemCounter.RESYNC_REMOVED);
        counters.get(SystemCounter.QUEUE_PACKETS).setOpaque(queuePackets);
        counters.get(SystemCounter.MAX_MTU).setOpaque(maxFrameMtu);
    }

    void update(ConductorState state, Resync resync) {
        routers.setOpaque(state.routers().count());
        interfaces.setOpaque(state.interfaces().count());
        neighbours.setOpaque(state.adjacencies().neighbourCount());
        ipv4Routes.setOpaque(state.ipv4().routeCount());
        ipv6Routes.setOpaque(state.ipv6().routeCount());
        tableBytes.setOpaque(state.ipv4().usedBytes() + state.ipv6().usedBytes());
        resyncs.setOpaque(resync.completed());
        resyncRemoved.setOpaque(resync.removed());
    }
}
