package io.vireo.dataplane.path.answer;

import io.vireo.dataplane.encapsulation.EncapsulationTable;
import io.vireo.dataplane.encapsulation.Encapsulator;
import io.vireo.dataplane.encapsulation.LabelledRoutes;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.nexthop.NextHopGroups;
import io.vireo.dataplane.nexthop.Rewrite;
import io.vireo.dataplane.nexthop.SpecialNextHops;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.tables.Ipv4Fib;
import io.vireo.dataplane.tables.Ipv6Fib;
import io.vireo.dpdk.Memory;

/** Finds how a packet's source is reached, and sends there: an answer takes the router's own route back. Single user: its worker. */
final class ReturnRoutes {
    private static final int TOO_BIG = ErrorKinds.drop(ErrorKinds.TOO_BIG);

    private final Ipv4Fib ipv4;
    private final Ipv6Fib ipv6;
    private final NextHopGroups groups;
    private final AdjacencyTable adjacencies;
    private final Encapsulator encapsulator;
    private final TxFrames txFrames;

    ReturnRoutes(
            Ipv4Fib ipv4,
            Ipv6Fib ipv6,
            NextHopGroups groups,
            AdjacencyTable adjacencies,
            Encapsulator encapsulator,
            TxFrames txFrames) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.groups = groups;
        this.adjacencies = adjacencies;
        this.encapsulator = encapsulator;
        this.txFrames = txFrames;
    }

    /**
     * The adjacency by which an IPv4 address is reached.
     *
     * @param record of an interface of the router.
     * @param header of the packet that is answered: its flow chooses among several next hops.
     */
    long toIpv4(long record, int address, long header, int bytes) {
        int nextHop = ipv4.lookup(InterfaceTable.table4(record), address);
        return ofFlow(nextHop, record, header, bytes);
    }

    /** The adjacency by which a host of a link is reached; one that forwards nothing if there are several next hops. */
    long toIpv4Host(long record, int address) {
        return ofHost(ipv4.lookup(InterfaceTable.table4(record), address));
    }

    /** As {@link #toIpv4Host}. */
    long toIpv6Host(long record, long high, long low) {
        return ofHost(ipv6.lookup(InterfaceTable.table6(record), high, low));
    }

    /** As {@link #toIpv4}. */
    long toIpv6(long record, long high, long low, long header, int bytes) {
        int nextHop = ipv6.lookup(InterfaceTable.table6(record), high, low);
        return ofFlow(nextHop, record, header, bytes);
    }

    private long ofFlow(int nextHop, long record, long header, int bytes) {
        return adjacencies.record(groups.adjacencyOf(nextHop, InterfaceTable.router(record), header, bytes));
    }

    private long ofHost(int nextHop) {
        return adjacencies.record(NextHopGroups.isGroup(nextHop) ? SpecialNextHops.NO_ROUTE : nextHop);
    }

    /**
     * The longest packet of a flow that an adjacency sends on, through a tunnel or with labels too: then what is underneath must take it
     * with its headers. 0 if it sends none.
     *
     * @param packet of the flow: address of its IP header.
     */
    int maxBytes(long adjacency, long packet, int bytes) {
        int encapsulation = AdjacencyTable.encapsulation(adjacency);
        if (encapsulation == EncapsulationTable.NONE) {
            return AdjacencyTable.isLabelled(adjacency)
                    ? LabelledRoutes.maxBytes(adjacency)
                    : AdjacencyTable.limit(adjacency);
        }
        return AdjacencyTable.disposition(adjacency) == Disposition.FORWARD
                ? Math.min(AdjacencyTable.mtu(adjacency), encapsulator.paths().maxBytes(packet, bytes, encapsulation))
                : 0;
    }

    /**
     * Has path MTUs that are too old forgotten, of the tunnels by which a packet that is too long would go: after it has been answered by
     * them, so that none is lost, and the next one is tried.
     *
     * @param record of the interface it came in by.
     */
    void agePathMtus(long record, Burst burst, int i, long nowNs) {
        long header = burst.network[i];
        int bytes = burst.networkLength[i];
        long adjacency = Ipv4.isVersion4(header)
                ? toIpv4(record, Memory.getIntBigEndian(header + Ipv4.DESTINATION), header, bytes)
                : toIpv6(
                        record,
                        Memory.getLongBigEndian(header + Ipv6.DESTINATION),
                        Memory.getLongBigEndian(header + Ipv6.DESTINATION + Long.BYTES),
                        header,
                        bytes);
        encapsulator.paths().agePathMtus(header, bytes, AdjacencyTable.encapsulation(adjacency), nowNs);
    }

    /** Whether an adjacency is that of a neighbour on an interface who has the given MAC, as a little-endian load has it. */
    static boolean leadsTo(long adjacency, int interfaceId, long mac) {
        return AdjacencyTable.disposition(adjacency) == Disposition.FORWARD
                && AdjacencyTable.headerBytes(adjacency) != 0
                && AdjacencyTable.egress(adjacency) == interfaceId
                && (AdjacencyTable.head(adjacency) & Ethernet.MAC_MASK) == (mac & Ethernet.MAC_MASK);
    }

    /** As {@link #send}, or by the adjacency's tunnel or labels; else returns as what the packet is dropped, which is as it was. */
    int sendOrWrap(long mbuf, int router, long network, int bytes, long adjacency, int wireType) {
        if (AdjacencyTable.encapsulation(adjacency) != EncapsulationTable.NONE) {
            return encapsulator.send(txFrames, mbuf, network, bytes, router, adjacency);
        }
        if (AdjacencyTable.isLabelled(adjacency)) {
            int disposition = LabelledRoutes.send(txFrames, mbuf, network, bytes, router, adjacency);
            return Disposition.isPunt(disposition) ? TOO_BIG : disposition; // the MTU has changed since maxBytes
        }
        send(mbuf, router, network, bytes, adjacency, wireType);
        return Disposition.FORWARD;
    }

    /** Writes the Ethernet header before a packet and lists the frame. */
    void send(long mbuf, int router, long network, int bytes, long adjacency, int wireType) {
        Memory.putShort(network - Short.BYTES, (short) wireType);
        long frame = Rewrite.setHeader(network, adjacency);
        Rewrite.send(txFrames, mbuf, router, frame, bytes, adjacency);
    }
}
