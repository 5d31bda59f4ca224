package io.vireo.dataplane.nexthop;

import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;

/** Makes a frame of an IP packet: writes the Ethernet header that its adjacency holds. */
public final class Rewrite {
    private Rewrite() {}

    /** Writes the ethertype before an IP header; {@link #setHeader} writes what comes before that. */
    public static void setEtherType(long network, boolean isIpv4) {
        Memory.putShort(network - Short.BYTES, (short) (isIpv4 ? Ethernet.WIRE_IPV4 : Ethernet.WIRE_IPV6));
    }

    /**
     * Writes the Ethernet header before the (new) ethertype, tail first: see {@link AdjacencyTable}.
     *
     * @param network address of the IP header.
     * @return the address of the frame.
     */
    public static long setHeader(long network, long adjacency) {
        long frame = network - AdjacencyTable.headerBytes(adjacency);
        Memory.putLong(network - (Short.BYTES + Long.BYTES), AdjacencyTable.tail(adjacency));
        Memory.putLong(frame, AdjacencyTable.head(adjacency));
        return frame;
    }

    /**
     * Lists a frame whose header is written. Fetch the mbuf only after that: with its address held over the header's stores, the
     * whole stage takes a quarter longer (StageBenchmark.modify).
     *
     * @param router that sends it.
     * @param networkBytes of the IP packet: padding is cut off.
     */
    public static void send(TxFrames txFrames, long mbuf, int router, long frame, int networkBytes, long adjacency) {
        int bytes = networkBytes + AdjacencyTable.headerBytes(adjacency);
        Mbuf.setDataOffset(mbuf, (int) (frame - Mbuf.bufferAddress(mbuf)));
        Mbuf.setLength(mbuf, bytes);
        txFrames.add(mbuf, router, AdjacencyTable.egress(adjacency), AdjacencyTable.target(adjacency), bytes);
    }
}
