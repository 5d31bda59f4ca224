package io.vireo.dataplane.conductor;

import io.vireo.dataplane.forwarding.ForwardingLimits;
import io.vireo.dataplane.forwarding.ForwardingTables;
import io.vireo.dataplane.nexthop.Adjacencies;
import io.vireo.dataplane.nexthop.NextHopSets;
import io.vireo.dataplane.port.WorkerPortsSlot;
import io.vireo.dataplane.wire.command.CommandAdapter;
import io.vireo.dataplane.wire.counters.StatisticsOwner;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.event.EventProxy;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dpdk.Mempool;

/** Takes all memory the conductor needs and joins its parts. Once, at start. */
public final class ConductorFactory {
    private ConductorFactory() {}

    /**
     * Makes the conductor of a data plane.
     *
     * @param maxFrameMtu longest IP packet that a packet buffer holds, bytes.
     */
    public static Conductor create(
            SharedMemory memory,
            ForwardingTables tables,
            ForwardingLimits limits,
            Mempool pool,
            WorkerPortsSlot[] slots,
            int maxFrameMtu) {
        EventProxy events = new EventProxy(memory);
        Refusal refusal = new Refusal();
        GracePeriod grace = new GracePeriod(tables.quiescent());
        ConductorState books = books(memory, tables, limits, pool, slots, maxFrameMtu, events, refusal, grace);
        Resync resync = new Resync(books, events);
        Dumps dumps = new Dumps(books, events);
        Barriers barriers = new Barriers(
                tables.quiescent(), books.neighbours(), tables.scheduling().orders(), books.classes(), events, refusal);
        Commands commands = new Commands(
                books,
                resync,
                dumps,
                barriers,
                new Captures(tables.captures(), books.interfaces(), grace, refusal),
                events,
                memory.systemCounters().get(SystemCounter.COMMANDS_REFUSED));
        return new Conductor(
                new CommandAdapter(memory, commands),
                books,
                resync,
                dumps,
                barriers,
                new Gauges(memory.systemCounters(), tables.scheduling().limits().portPackets()),
                tables.quiescent(),
                memory.heartbeats());
    }

    private static ConductorState books(
            SharedMemory memory,
            ForwardingTables tables,
            ForwardingLimits limits,
            Mempool pool,
            WorkerPortsSlot[] slots,
            int maxFrameMtu,
            EventProxy events,
            Refusal refusal,
            GracePeriod grace) {
        StatisticsOwner statistics = memory.statisticsOwner();
        RouteTable ipv4 = new Ipv4RouteTable(tables.ipv4());
        RouteTable ipv6 = new Ipv6RouteTable(tables.ipv6());
        Adjacencies adjacencies = new Adjacencies(tables.adjacencies(), tables.interfaces(), tables.quiescent());
        NextHopSets nextHops = new NextHopSets(adjacencies, tables.groups(), tables.quiescent());
        Routers routers =
                new Routers(limits.maxRouters(), ipv4, ipv6, nextHops, tables.policer(), statistics, grace, refusal);
        Ports ports = new Ports(SharedLayout.MAX_PORTS, pool, slots, events, statistics, grace, refusal);
        Interfaces interfaces = new Interfaces(
                tables.interfaces(),
                tables.portVlans(),
                adjacencies,
                routers,
                ports,
                statistics,
                grace,
                refusal,
                maxFrameMtu);
        UsedLengths lengths = new UsedLengths(limits.maxRouters());
        Routes routes = new Routes(ipv4, ipv6, routers, interfaces, nextHops, lengths, grace, refusal);
        NeighbourRoutes neighbours =
                new NeighbourRoutes(adjacencies, nextHops, interfaces, routers, routes, lengths, refusal);
        Classes classes = new Classes(
                tables.scheduling(),
                memory.limits().maxClasses(),
                interfaces,
                tables.interfaces(),
                ports,
                events,
                grace,
                refusal);
        return new ConductorState(
                routers,
                interfaces,
                ports,
                adjacencies,
                nextHops,
                ipv4,
                ipv6,
                lengths,
                routes,
                neighbours,
                classes,
                refusal);
    }
}
