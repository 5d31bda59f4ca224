package io.vireo.dataplane.conductor;

import io.vireo.dataplane.forwarding.ForwardingLimits;
import io.vireo.dataplane.forwarding.ForwardingTables;
import io.vireo.dataplane.nexthop.Adjacencies;
import io.vireo.dataplane.nexthop.NextHopSets;
import io.vireo.dataplane.port.WorkerPortsSlot;
import io.vireo.dataplane.wire.command.CommandAdapter;
import io.vireo.dataplane.wire.command.CommandHandlers;
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
        Refusal refusal = new Refusal(events, memory.systemCounters().get(SystemCounter.COMMANDS_REFUSED));
        GracePeriod grace = new GracePeriod(tables.quiescent());
        ResyncMark mark = new ResyncMark();
        ConductorState state = state(memory, tables, limits, pool, slots, maxFrameMtu, events, refusal, grace, mark);
        Resync resync = new Resync(state, events, mark, refusal);
        Dumps dumps = new Dumps(state, events, refusal);
        Barriers barriers = new Barriers(
                tables.quiescent(),
                state.neighbours(),
                state.tunnelRoutes(),
                tables.scheduling().orders(),
                state.classes(),
                events,
                refusal);
        Captures captures = new Captures(tables.captures(), state.interfaces(), grace, refusal);
        return new Conductor(
                new CommandAdapter(memory, handlers(state, resync, dumps, captures, barriers, refusal)),
                state,
                resync,
                dumps,
                barriers,
                new Gauges(memory.systemCounters(), tables.scheduling().limits().portPackets(), maxFrameMtu),
                tables.quiescent(),
                memory.heartbeats());
    }

    private static CommandHandlers handlers(
            ConductorState state, Resync resync, Dumps dumps, Captures captures, Barriers barriers, Refusal refusal) {
        return new CommandHandlers(
                state.ports(),
                state.routers(),
                state.interfaces(),
                state.emulations(),
                state.members(),
                state.addresses(),
                state.neighbours(),
                state.routes(),
                state.labels(),
                state.classes(),
                state.associations(),
                resync,
                dumps,
                captures,
                barriers,
                refusal);
    }

    private static ConductorState state(
            SharedMemory memory,
            ForwardingTables tables,
            ForwardingLimits limits,
            Mempool pool,
            WorkerPortsSlot[] slots,
            int maxFrameMtu,
            EventProxy events,
            Refusal refusal,
            GracePeriod grace,
            ResyncMark mark) {
        Dependents dependents = new Dependents();
        StatisticsOwner statistics = memory.statisticsOwner();
        RouteTable ipv4 = new Ipv4RouteTable(tables.ipv4());
        RouteTable ipv6 = new Ipv6RouteTable(tables.ipv6());
        Adjacencies adjacencies = new Adjacencies(tables.adjacencies(), tables.interfaces(), tables.quiescent());
        NextHopSets nextHops = new NextHopSets(adjacencies, tables.groups(), tables.quiescent());
        Routers routers = new Routers(
                limits.maxRouters(),
                ipv4,
                ipv6,
                nextHops,
                tables.puntBudgets(),
                statistics,
                grace,
                dependents,
                mark,
                refusal);
        Ports ports =
                new Ports(SharedLayout.MAX_PORTS, pool, slots, events, statistics, grace, dependents, mark, refusal);
        Tunnels tunnels = new Tunnels(
                tables.encapsulations(),
                new TunnelEndTables(tables.tunnelEnds(), tables.sentLabels(), tables.labels()),
                new TunnelPairs(tables.tunnelPairs(), tables.encapsulations().capacity(), tables.quiescent()),
                new TunnelPairs(tables.fragmentPairs(), tables.encapsulations().capacity(), tables.quiescent()),
                tables.udpPorts(),
                new Keepalives(tables.keepalives(), tables.encapsulations().capacity(), tables.quiescent()),
                nextHops,
                routers,
                tables.quiescent(),
                refusal);
        Interfaces interfaces = new Interfaces(
                tables.interfaces(),
                tables.portVlans(),
                tables.vpnIds(),
                adjacencies,
                routers,
                ports,
                tunnels,
                new VirtualLinkEnds(tables.interfaces(), tables.encapsulations(), tunnels, adjacencies, refusal),
                statistics,
                grace,
                dependents,
                mark,
                refusal,
                maxFrameMtu);
        UsedLengths lengths = new UsedLengths(limits.maxRouters());
        Routes routes = new Routes(ipv4, ipv6, routers, interfaces, nextHops, lengths, grace, mark, refusal);
        Labels labels = new Labels(
                tables.labels(),
                tables.labelCounts(),
                tables.tunnelEnds(),
                routers,
                interfaces,
                routes,
                nextHops,
                tables.quiescent(),
                mark,
                refusal);
        NeighbourRoutes neighbours =
                new NeighbourRoutes(adjacencies, nextHops, interfaces, routers, routes, mark, refusal);
        Classes classes = new Classes(
                tables.scheduling(),
                memory.limits().maxClasses(),
                interfaces,
                tables.interfaces(),
                ports,
                events,
                grace,
                mark,
                refusal);
        OwnAddresses addresses = new OwnAddresses(tables.interfaces().addresses(), interfaces, mark, refusal);
        Emulations emulations = new Emulations(
                tables.emulations(),
                tables.interfaces(),
                interfaces,
                adjacencies,
                tables.encapsulations(),
                tables.quiescent(),
                grace,
                mark,
                refusal);
        MemberLists members = new MemberLists(
                tables.members(), tables.interfaces(), interfaces, tables.quiescent(), grace, mark, refusal);
        SecurityAssociations associations = new SecurityAssociations(
                tables.associations(),
                tables.associationEnds(),
                tables.encapsulations(),
                tunnels,
                interfaces,
                tables.interfaces(),
                tables.quiescent(),
                refusal,
                memory.incarnation());
        dependents.add(associations);
        dependents.add(neighbours);
        dependents.add(addresses);
        dependents.add(classes);
        dependents.add(routes);
        dependents.add(labels);
        dependents.add(tunnels);
        dependents.add(emulations);
        dependents.add(members);
        return new ConductorState(
                routers,
                interfaces,
                ports,
                adjacencies,
                nextHops,
                ipv4,
                ipv6,
                routes,
                labels,
                neighbours,
                addresses,
                tunnels,
                new TunnelRoutes(tunnels, routes),
                emulations,
                members,
                associations,
                classes);
    }
}
