package io.vireo.dataplane.path.answer;

import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.Mempool;

/**
 * Sends IPv4 packets that are longer than the next hop's MTU, and may be fragmented, in fragments (RFC 791 §3.2, RFC 1812 §5.2.6):
 * the first in the packet's own buffer. Left to the kernel: what goes into a tunnel, and what finds no buffers. Single user: its worker.
 */
final class Fragmenter {
    /** Tx frames beyond one for each packet of a burst. */
    static final int EXTRA_FRAMES = 512;

    private static final int DONT_FRAGMENT = 0x4000;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int OFFSET_MASK = 0x1fff;
    private static final int UNIT_SHIFT = 3;

    private final ReturnRoutes routes;
    private final Mempool pool;
    private final TxFrames txFrames;
    private final MbufArray fresh = MbufArray.allocate(EXTRA_FRAMES);

    Fragmenter(ReturnRoutes routes, Mempool pool, TxFrames txFrames) {
        this.routes = routes;
        this.pool = pool;
        this.txFrames = txFrames;
    }

    static boolean mayFragment(long header) {
        return (Memory.getUnsignedShortBigEndian(header + Ipv4.FRAGMENT) & DONT_FRAGMENT) == 0;
    }

    /** Sends a packet in fragments; false: it is as it was. */
    boolean fragment(Burst burst, int i, long record) {
        long header = burst.network[i];
        int bytes = burst.networkLength[i];
        int destination = Memory.getIntBigEndian(header + Ipv4.DESTINATION);
        long adjacency = routes.toIpv4(record, destination, header, bytes);
        int limit = AdjacencyTable.limit(adjacency);
        if (limit <= Ipv4.MIN_HEADER_BYTES + (1 << UNIT_SHIFT) || bytes <= limit) {
            return false;
        }
        int payload = bytes - Ipv4.MIN_HEADER_BYTES;
        int chunk = (limit - Ipv4.MIN_HEADER_BYTES) >> UNIT_SHIFT << UNIT_SHIFT;
        int others = (payload - 1) / chunk;
        if (!allocate(burst, others, chunk)) {
            return false;
        }
        Memory.putInt(header + Ipv4.TTL, Ipv4.decrementTtl(Memory.getInt(header + Ipv4.TTL)));
        int first = Memory.getUnsignedShortBigEndian(header + Ipv4.FRAGMENT);
        int router = InterfaceTable.router(record);
        send(burst.mbufs.get(i), router, header, chunk, first | MORE_FRAGMENTS, adjacency);
        for (int n = 1; n <= others; n++) {
            int offset = n * chunk;
            int length = Math.min(chunk, payload - offset);
            long mbuf = fresh.get(n - 1);
            long copy = LinkSender.network(mbuf);
            Memory.copy(header, copy, Ipv4.MIN_HEADER_BYTES);
            Memory.copy(header + Ipv4.MIN_HEADER_BYTES + offset, copy + Ipv4.MIN_HEADER_BYTES, length);
            int more = n < others ? MORE_FRAGMENTS : first & MORE_FRAGMENTS;
            int at = (first & OFFSET_MASK) + (offset >> UNIT_SHIFT);
            send(mbuf, router, copy, length, more | at, adjacency);
        }
        return true;
    }

    /** Takes the buffers of all fragments but the first, unless some are missing. */
    private boolean allocate(Burst burst, int count, int chunk) {
        // Each of the burst's packets needs a place still.
        int room = txFrames.mbuf.length - txFrames.count - burst.capacity;
        if (count > Math.min(room, EXTRA_FRAMES)) {
            return false;
        }
        int taken = pool.allocate(fresh, 0, count);
        boolean isEnough = taken == count && fits(count, chunk);
        if (!isEnough && taken > 0) {
            Mempool.free(fresh, 0, taken);
        }
        return isEnough;
    }

    private boolean fits(int count, int chunk) {
        int bytes = Ethernet.TAGGED_HEADER_BYTES + Ipv4.MIN_HEADER_BYTES + chunk;
        return count == 0 || bytes <= Mbuf.tailroom(fresh.get(0));
    }

    private void send(long mbuf, int router, long header, int payload, int flagsAndOffset, long adjacency) {
        int bytes = Ipv4.MIN_HEADER_BYTES + payload;
        Memory.putShortBigEndian(header + Ipv4.TOTAL_LENGTH, bytes);
        Memory.putShortBigEndian(header + Ipv4.FRAGMENT, flagsAndOffset);
        Ipv4.setChecksum(header);
        routes.send(mbuf, router, header, bytes, adjacency, Ethernet.WIRE_IPV4);
    }
}
