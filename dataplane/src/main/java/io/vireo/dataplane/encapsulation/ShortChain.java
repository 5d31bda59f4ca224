package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.encapsulation.esp.SecurityAssociationTable;
import io.vireo.dataplane.interfaces.VirtualLinkTable;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.nexthop.NextHopGroups;
import io.vireo.dataplane.nexthop.Rewrite;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;

/**
 * Sends packets by tunnels whose outer packets go straight to a neighbour, by the only way there is, and of which nothing special is asked.
 * That is nearly all of them, and takes half the time of the chain that they are a short case of: {@link TunnelChain} has all others. Part
 * of {@link Encapsulator}, which says what the parameters have in common. Single user: its worker.
 */
final class ShortChain {
    private final EncapsulationTable encapsulations;
    private final AdjacencyTable adjacencies;
    private final VirtualLinkTable virtualLinks;
    private final PacketHeaders headers;
    private final TunnelTap tap;

    ShortChain(
            EncapsulationTable encapsulations,
            AdjacencyTable adjacencies,
            VirtualLinkTable virtualLinks,
            PacketHeaders headers,
            TunnelTap tap) {
        this.encapsulations = encapsulations;
        this.adjacencies = adjacencies;
        this.virtualLinks = virtualLinks;
        this.headers = headers;
        this.tap = tap;
    }

    /** Returns whether the packet is sent; else it is as it was, and goes by the chain. */
    boolean send(TxFrames txFrames, long mbuf, long packet, int bytes, int router, int encapsulation) {
        long record = encapsulations.record(encapsulation);
        int nextHop = EncapsulationTable.nextHop(record);
        if (!EncapsulationTable.isPlain(record) || NextHopGroups.isGroup(nextHop)) {
            return false;
        }
        long adjacency = adjacencies.record(nextHop);
        int length = bytes + EncapsulationTable.headerBytes(record);
        // The limit is that of a neighbour's adjacency that may be used and marks nothing; of any other it is 0.
        if (length > Math.min(AdjacencyTable.limit(adjacency), EncapsulationTable.pathMtu(record))) {
            return false;
        }
        int added = length - bytes + AdjacencyTable.headerBytes(adjacency);
        if (packet - Mbuf.bufferAddress(mbuf) < added) {
            return false;
        }
        boolean isSubstrate = EncapsulationTable.isSubstrate(record);
        if (!isSubstrate) {
            tap.sent(mbuf, EncapsulationTable.interfaceId(record), router, packet, bytes);
        }
        long outer = headers.push(record, SecurityAssociationTable.NONE, packet, bytes, TunnelModes.DEFAULT);
        int type = isSubstrate
                ? virtualLinks.etherType()
                : FixUp.wireType(EncapsulationTable.fixUp(record), EncapsulationTable.header(record));
        Memory.putShort(outer - Short.BYTES, (short) type);
        long frame = Rewrite.setHeader(outer, adjacency);
        Rewrite.send(txFrames, mbuf, EncapsulationTable.underlay(record), frame, length, adjacency);
        return true;
    }
}
