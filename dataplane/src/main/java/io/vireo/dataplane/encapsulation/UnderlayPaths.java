package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.encapsulation.vns.VpnIdMarker;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.nexthop.NextHopGroups;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.wire.code.TunnelModes;

/** Which ways packets of tunnels take underneath, and how long they may be there. Single user: its worker. */
public final class UnderlayPaths {
    private final InterfaceTable interfaces;
    private final EncapsulationTable encapsulations;
    private final AdjacencyTable adjacencies;
    private final NextHopGroups groups;

    UnderlayPaths(
            InterfaceTable interfaces,
            EncapsulationTable encapsulations,
            AdjacencyTable adjacencies,
            NextHopGroups groups) {
        this.interfaces = interfaces;
        this.encapsulations = encapsulations;
        this.adjacencies = adjacencies;
        this.groups = groups;
    }

    /**
     * The longest packet that what is underneath a tunnel takes of a flow, now: the MTU of each way that the flow takes, less the headers
     * that are before the packet there. Follows what the routes underneath say, packet by packet.
     *
     * @param packet of the flow: address of its IP header.
     * @return bytes, perhaps less than IP asks for; {@link Integer#MAX_VALUE} where there is no way.
     */
    public int maxBytes(long packet, int bytes, int encapsulation) {
        int maxBytes = Integer.MAX_VALUE;
        int headerBytes = 0;
        int next = encapsulation;
        for (int n = 0; next != EncapsulationTable.NONE && n < TunnelChain.MAX_DEPTH; n++) {
            long record = encapsulations.record(next);
            headerBytes += addedBytes(record);
            long adjacency = adjacency(record, packet, bytes);
            int disposition = AdjacencyTable.disposition(adjacency);
            if (disposition == AdjacencyTable.LABELLED) {
                headerBytes += LabelledRoutes.labelBytes(adjacency);
                adjacency = AdjacencyTable.beneath(adjacency);
                disposition = LabelledRoutes.disposition(adjacency);
            }
            boolean isRefused = FixUp.isOnLink(EncapsulationTable.fixUp(record)) && !isPlainLink(adjacency);
            if (isRefused || disposition != Disposition.FORWARD) {
                return Integer.MAX_VALUE;
            }
            if (AdjacencyTable.isMarking(adjacency)) {
                int missing = VpnIdMarker.missingBytes(EncapsulationTable.header(record), egress(adjacency));
                if (missing < 0) {
                    return Integer.MAX_VALUE;
                }
                headerBytes += missing;
            }
            if ((EncapsulationTable.modes(record) & TunnelModes.FRAGMENT_OUTER) != 0) {
                return maxBytes; // there, and underneath, its outer packets are fragmented
            }
            maxBytes = Math.min(maxBytes, mtu(record, adjacency) - headerBytes);
            next = AdjacencyTable.encapsulation(adjacency);
        }
        return maxBytes;
    }

    /** Of the record's header, and of what its kind has besides, at most. */
    static int addedBytes(long record) {
        return EncapsulationTable.headerBytes(record) + FixUp.maxOtherBytes(EncapsulationTable.fixUp(record));
    }

    /** Forgets which path MTUs of a chain are too old, so that longer packets are tried again. */
    public void agePathMtus(long packet, int bytes, int encapsulation, long nowNs) {
        int next = encapsulation;
        for (int n = 0; next != EncapsulationTable.NONE && n < TunnelChain.MAX_DEPTH; n++) {
            long record = encapsulations.record(next);
            EncapsulationTable.agePathMtu(record, nowNs);
            next = AdjacencyTable.encapsulation(adjacency(record, packet, bytes));
        }
    }

    /** The longest outer packet: of the next hop, beside the option of a marked one, and, as far as is known, of what is beyond. */
    int mtu(long record, long adjacency) {
        int allowance = AdjacencyTable.isMarking(adjacency) ? VpnIdMarker.allowance(egress(adjacency)) : 0;
        return Math.min(AdjacencyTable.mtu(adjacency) + allowance, EncapsulationTable.pathMtu(record));
    }

    /** Whether an adjacency is that of a neighbour, on a link where no packet says its VPN-ID: a label has no place for it. */
    static boolean isPlainLink(long adjacency) {
        return AdjacencyTable.encapsulation(adjacency) == EncapsulationTable.NONE
                && !AdjacencyTable.isMarking(adjacency);
    }

    /** Record of the interface by which an adjacency's packets leave. */
    long egress(long adjacency) {
        return interfaces.record(AdjacencyTable.egress(adjacency));
    }

    /** The flow within the tunnel chooses among the underlay's ways, so that one tunnel uses them all (RFC 6438). */
    long adjacency(long record, long packet, int bytes) {
        int underlay = EncapsulationTable.underlay(record);
        int nextHop = EncapsulationTable.nextHop(record);
        return adjacencies.record(groups.adjacencyOf(nextHop, underlay, packet, bytes));
    }
}
