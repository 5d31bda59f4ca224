package io.vireo.dataplane.nexthop;

import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;

/** Makes a frame of an IP packet: writes the Ethernet header that its adjacency holds. */
public final class Rewrite {
    private Rewrite() {}

    /** Writes the ethertype before an IP header; {@link #send} writes what comes before that. */
    public static void setEtherType(long network, boolean isIpv4) {
        Memory.putShort(network - Short.BYTES, (short) (isIpv4 ? Ethernet.WIRE_IPV4 : Ethernet.WIRE_IPV6));
    }

    /**
     * Writes the Ethernet header before the (new) ethertype, tail first (see {@link AdjacencyTable}), and lists the frame.
     *
     * @param router that sends it.
     * @param network address of the IP header.
     * @param networkBytes of the IP packet: padding is cut off.
     */
    public static void send(TxFrames txFrames, long mbuf, int router, long network, int networkBytes, long adjacency) {
        int headerBytes = AdjacencyTable.headerBytes(adjacency);
        long frame = network - headerBytes;
        Memory.putLong(network - (Short.BYTES + Long.BYTES), AdjacencyTable.tail(adjacency));
        Memory.putLong(frame, AdjacencyTable.head(adjacency));
        int bytes = networkBytes + headerBytes;
        Mbuf.setDataOffset(mbuf, (int) (frame - Mbuf.bufferAddress(mbuf)));
        Mbuf.setLength(mbuf, bytes);
        txFrames.add(mbuf, router, AdjacencyTable.egress(adjacency), AdjacencyTable.target(adjacency), bytes);
    }
}
