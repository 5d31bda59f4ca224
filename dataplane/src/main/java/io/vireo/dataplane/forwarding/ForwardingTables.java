package io.vireo.dataplane.forwarding;

import io.vireo.dataplane.capture.CaptureFilters;
import io.vireo.dataplane.emulation.EmulationTable;
import io.vireo.dataplane.encapsulation.Decapsulator;
import io.vireo.dataplane.encapsulation.EncapsulationTable;
import io.vireo.dataplane.encapsulation.Encapsulator;
import io.vireo.dataplane.encapsulation.SentPackets;
import io.vireo.dataplane.encapsulation.TunnelEnds;
import io.vireo.dataplane.encapsulation.TunnelTap;
import io.vireo.dataplane.encapsulation.UdpPorts;
import io.vireo.dataplane.encapsulation.esp.EspReceiver;
import io.vireo.dataplane.encapsulation.esp.SecurityAssociationTable;
import io.vireo.dataplane.encapsulation.keepalive.KeepaliveTable;
import io.vireo.dataplane.encapsulation.mpls.LabelCounts;
import io.vireo.dataplane.encapsulation.mpls.LabelTable;
import io.vireo.dataplane.encapsulation.outer.OuterFragments;
import io.vireo.dataplane.encapsulation.reassembly.PacketBuffers;
import io.vireo.dataplane.encapsulation.reassembly.Reassembler;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.interfaces.PortVlanTable;
import io.vireo.dataplane.interfaces.VpnIdTable;
import io.vireo.dataplane.membership.MemberTable;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.nexthop.NextHopGroups;
import io.vireo.dataplane.nexthop.SpecialNextHops;
import io.vireo.dataplane.path.exception.PuntBudgets;
import io.vireo.dataplane.path.schedule.SchedulingLimits;
import io.vireo.dataplane.path.schedule.SharedScheduling;
import io.vireo.dataplane.tables.Ipv4Fib;
import io.vireo.dataplane.tables.Ipv6Fib;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dpdk.Mempool;
import org.jspecify.annotations.Nullable;

/** The tables. Each says itself who may write and read it. */
public record ForwardingTables(
        QuiescentState quiescent,
        InterfaceTable interfaces,
        PortVlanTable portVlans,
        VpnIdTable vpnIds,
        MemberTable members,
        Ipv4Fib ipv4,
        Ipv6Fib ipv6,
        AdjacencyTable adjacencies,
        NextHopGroups groups,
        EncapsulationTable encapsulations,
        TunnelEnds tunnelEnds,
        TunnelEnds tunnelPairs,
        TunnelEnds fragmentPairs,
        UdpPorts udpPorts,
        KeepaliveTable keepalives,
        TunnelEnds sentLabels,
        LabelTable labels,
        LabelCounts labelCounts,
        EmulationTable emulations,
        SecurityAssociationTable associations,
        TunnelEnds associationEnds,
        PuntBudgets puntBudgets,
        CaptureFilters captures,
        SharedScheduling scheduling) {

    /** Takes the memory of all tables, and little for classes. */
    public static ForwardingTables create(ForwardingLimits limits) {
        return create(limits, SchedulingLimits.DEFAULT);
    }

    /** Takes the memory of all tables. */
    public static ForwardingTables create(ForwardingLimits limits, SchedulingLimits scheduling) {
        QuiescentState quiescent = new QuiescentState(limits.workers());
        AdjacencyTable adjacencies = new AdjacencyTable(limits.maxAdjacencies());
        SpecialNextHops.define(adjacencies);
        InterfaceTable interfaces = new InterfaceTable(limits.maxInterfaces());
        return new ForwardingTables(
                quiescent,
                interfaces,
                new PortVlanTable(SharedLayout.MAX_PORTS),
                new VpnIdTable(interfaces, SharedLayout.MAX_PORTS),
                new MemberTable(limits.maxInterfaces(), limits.memberLongs()),
                new Ipv4Fib(limits.tableLimits(limits.maxIpv4Routes()), quiescent),
                new Ipv6Fib(limits.tableLimits(limits.maxIpv6Routes()), quiescent),
                adjacencies,
                new NextHopGroups(limits.maxGroups()),
                new EncapsulationTable(limits.maxTunnels()),
                new TunnelEnds(limits.maxTunnels()),
                new TunnelEnds(limits.maxTunnels()),
                new TunnelEnds(limits.maxTunnels()),
                new UdpPorts(),
                new KeepaliveTable(limits.maxTunnels()),
                new TunnelEnds(limits.maxTunnels()),
                new LabelTable(limits.maxLabels()),
                new LabelCounts(limits.workers(), limits.maxLabels()),
                new EmulationTable(limits.maxInterfaces(), limits.maxEmulations()),
                new SecurityAssociationTable(limits.maxAssociations()),
                new TunnelEnds(limits.maxAssociations()),
                new PuntBudgets(limits.maxRouters(), limits.maxInterfaces()),
                new CaptureFilters(SharedLayout.MAX_CAPTURES),
                new SharedScheduling(limits.workers(), scheduling, interfaces.virtualLinks()));
    }

    /**
     * What sends packets into tunnels, for one user.
     *
     * @param tap sees what tunnel interfaces send; null: nobody does.
     */
    public Encapsulator encapsulator(@Nullable TunnelTap tap) {
        return encapsulator(tap, null);
    }

    /**
     * What sends packets into tunnels, for one user.
     *
     * @param tap sees what tunnel interfaces send; null: nobody does.
     * @param pool of fragments; null: none are made but the first.
     */
    public Encapsulator encapsulator(@Nullable TunnelTap tap, @Nullable Mempool pool) {
        return new Encapsulator(
                interfaces, encapsulations, associations, adjacencies, groups, tap, new OuterFragments(pool));
    }

    /** What others say of packets that were sent into tunnels, for one user. */
    public SentPackets sentPackets() {
        return new SentPackets(tunnelEnds, tunnelPairs, udpPorts, sentLabels, encapsulations, associations);
    }

    /**
     * What puts fragments together, for one user.
     *
     * @param buffers what packets are put together in; null: none is, for a tracer.
     * @param capacity packets that are held at once.
     */
    public Reassembler reassembler(@Nullable PacketBuffers buffers, int capacity) {
        return new Reassembler(fragmentPairs, encapsulations.capacity(), buffers, capacity);
    }

    /**
     * What takes packets out of tunnels, for one user.
     *
     * @param isLive whether its packets are received; false: they are only traced.
     */
    public Decapsulator decapsulator(boolean isLive) {
        return new Decapsulator(
                tunnelEnds,
                tunnelPairs,
                udpPorts,
                associationEnds,
                new EspReceiver(associations, isLive),
                interfaces,
                isLive);
    }
}
