package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.encapsulation.esp.SecurityAssociationTable;
import io.vireo.dataplane.interfaces.VirtualLinkTable;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.nexthop.NextHopGroups;
import io.vireo.dataplane.nexthop.Rewrite;
import io.vireo.dataplane.path.Disposition;
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
    private final SecurityAssociationTable associations;
    private final PacketHeaders headers;
    private final FrameHeaders frames;
    private final TunnelTap tap;

    ShortChain(
            EncapsulationTable encapsulations,
            AdjacencyTable adjacencies,
            VirtualLinkTable virtualLinks,
            SecurityAssociationTable associations,
            PacketHeaders headers,
            FrameHeaders frames,
            TunnelTap tap) {
        this.encapsulations = encapsulations;
        this.adjacencies = adjacencies;
        this.virtualLinks = virtualLinks;
        this.associations = associations;
        this.headers = headers;
        this.frames = frames;
        this.tap = tap;
    }

    /** Returns whether the packet is sent; else it is as it was, and goes by the chain. */
    boolean send(TxFrames txFrames, long mbuf, long packet, int bytes, int router, long entry) {
        long record = encapsulations.record(AdjacencyTable.encapsulation(entry));
        int nextHop = EncapsulationTable.nextHop(record);
        if (!EncapsulationTable.isPlain(record) || NextHopGroups.isGroup(nextHop)) {
            return false;
        }
        long adjacency = adjacencies.record(nextHop);
        int kind = EncapsulationTable.fixUp(record);
        int otherBytes = FixUp.isHeaderAlone(kind) ? 0 : FixUp.otherBytes(kind, bytes);
        int length = bytes + EncapsulationTable.headerBytes(record) + otherBytes;
        // The limit is that of a neighbour's adjacency that may be used and marks nothing; of any other it is 0.
        if (length > Math.min(AdjacencyTable.limit(adjacency), EncapsulationTable.pathMtu(record))) {
            return false;
        }
        int bytesBehind = FixUp.isEsp(kind) ? otherBytes : 0;
        int before = length - bytes - bytesBehind + AdjacencyTable.headerBytes(adjacency);
        long offset = packet - Mbuf.bufferAddress(mbuf);
        if (offset < before || offset + bytes + bytesBehind > Mbuf.bufferLength(mbuf)) {
            return false;
        }
        long association = SecurityAssociationTable.NONE;
        if (FixUp.isEsp(kind)) { // read once: the next packet may find another
            association = associations.record(EncapsulationTable.association(record));
            if (SecurityAssociationTable.sendDisposition(association) != Disposition.FORWARD) {
                return false;
            }
        }
        long outer = FixUp.isEthernet(kind)
                ? pushFrame(mbuf, record, router, packet, bytes, entry)
                : push(mbuf, record, association, router, packet, bytes);
        boolean isSubstrate = kind == FixUp.SUBSTRATE;
        int type = isSubstrate ? virtualLinks.etherType() : FixUp.wireType(kind, EncapsulationTable.header(record));
        Memory.putShort(outer - Short.BYTES, (short) type);
        long frame = Rewrite.setHeader(outer, adjacency);
        Rewrite.send(txFrames, mbuf, EncapsulationTable.underlay(record), frame, length, adjacency);
        return true;
    }

    private long push(long mbuf, long record, long association, int router, long packet, int bytes) {
        if (!EncapsulationTable.isSubstrate(record)) { // its frames are counted where they leave
            tap.sent(mbuf, EncapsulationTable.interfaceId(record), router, packet, bytes);
        }
        return headers.push(record, association, packet, bytes, TunnelModes.DEFAULT);
    }

    private long pushFrame(long mbuf, long record, int router, long packet, int bytes, long entry) {
        frames.begin(packet, bytes, entry);
        return frames.push(0, mbuf, record, router, packet, bytes, headers.takeIdentification());
    }
}
