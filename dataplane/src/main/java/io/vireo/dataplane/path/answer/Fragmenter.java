package io.vireo.dataplane.path.answer;

import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.FragmentPorts;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.PathLimits;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.Mempool;

/**
 * Sends IPv4 packets that are longer than the next hop's MTU, and may be fragmented, in fragments (RFC 791 §3.2, RFC 1812 §5.2.6), cut
 * where Linux cuts them: each as long as fits, the first in the packet's own buffer. All go the way that the packet's own bytes
 * choose. What goes into a tunnel is fragmented before, so that its far end need not put anything together. Left to the kernel: options
 * (which it processes before), and what becomes more fragments than there is room for in one round. Single user: its worker.
 */
final class Fragmenter {
    /** Tx frames beyond one for each packet of a burst. */
    static final int EXTRA_FRAMES = PathLimits.FRAGMENTS_PER_ROUND;

    private static final int NO_BUFFER = Disposition.drop(DropReason.NO_BUFFER);
    private static final int UNIT_BYTES = 1 << Ipv4.FRAGMENT_UNIT_SHIFT;
    private static final int MAX_BYTES = 0xffff;

    private final ReturnRoutes routes;
    private final Mempool pool;
    private final TxFrames txFrames;
    private final StatisticsWriter statistics;
    private final MbufArray fresh = MbufArray.allocate(EXTRA_FRAMES);

    Fragmenter(ReturnRoutes routes, Mempool pool, TxFrames txFrames, StatisticsWriter statistics) {
        this.routes = routes;
        this.pool = pool;
        this.txFrames = txFrames;
        this.statistics = statistics;
    }

    static boolean mayFragment(long header) {
        return (Memory.getUnsignedShortBigEndian(header + Ipv4.FRAGMENT) & Ipv4.DONT_FRAGMENT) == 0;
    }

    /**
     * Sends a packet in fragments, or leaves it as it is.
     *
     * @param record of the interface it came in by.
     * @return {@link Answers#TURNED_ROUND}; {@link Answers#NONE}: it is the kernel's; or a {@link Disposition} to drop it.
     */
    int fragment(Burst burst, int i, long record) {
        long header = burst.network[i];
        int bytes = burst.networkLength[i];
        long adjacency = routes.toIpv4(record, Memory.getIntBigEndian(header + Ipv4.DESTINATION), header, bytes);
        int room = maxBytes(adjacency, header, bytes) - Ipv4.MIN_HEADER_BYTES;
        int payload = bytes - Ipv4.MIN_HEADER_BYTES;
        if (room < UNIT_BYTES || payload <= room || endOf(header, payload) > MAX_BYTES) {
            return Answers.NONE;
        }
        int chunk = room & -UNIT_BYTES;
        int others = (payload - room + chunk - 1) / chunk; // the last may fill what is no whole unit
        int free = txFrames.mbuf.length - txFrames.count - burst.exceptedCount;
        if (others > Math.min(free, EXTRA_FRAMES - txFrames.fragments)) {
            return Answers.NONE;
        }
        if (!allocate(others, Ipv4.MIN_HEADER_BYTES + room)) {
            return NO_BUFFER;
        }
        txFrames.fragments += others;
        routes.agePathMtus(record, burst, i, burst.nowNs); // the last time that its header is to be read
        return send(burst, i, adjacency, chunk, others);
    }

    /** Fragments show no ports, so they may go another way underneath a tunnel than the whole packet would. */
    private int maxBytes(long adjacency, long header, int bytes) {
        int before = Memory.getUnsignedShortBigEndian(header + Ipv4.FRAGMENT);
        Memory.putShortBigEndian(header + Ipv4.FRAGMENT, before | Ipv4.MORE_FRAGMENTS);
        int maxBytes = routes.maxBytes(adjacency, header, bytes);
        Memory.putShortBigEndian(header + Ipv4.FRAGMENT, before);
        return maxBytes;
    }

    /** Where the whole datagram ends at least, counted from its header: beyond 65,535 nobody can put it together. */
    private static int endOf(long header, int payload) {
        return Ipv4.MIN_HEADER_BYTES + offset(header) * UNIT_BYTES + payload;
    }

    private static int offset(long header) {
        return Memory.getUnsignedShortBigEndian(header + Ipv4.FRAGMENT) & Ipv4.OFFSET_MASK;
    }

    /** Takes the buffers of all fragments but the first. */
    private boolean allocate(int count, int packetBytes) {
        if (pool.allocate(fresh, 0, count) == 0) {
            return false;
        }
        if (packetBytes + Ethernet.TAGGED_HEADER_BYTES > Mbuf.tailroom(fresh.get(0))) {
            Mempool.free(fresh, 0, count);
            return false;
        }
        return true;
    }

    private int send(Burst burst, int i, long adjacency, int chunk, int others) {
        long header = burst.network[i];
        long mbuf = burst.mbufs.get(i);
        cut(mbuf, header, burst.networkLength[i] - Ipv4.MIN_HEADER_BYTES, chunk, others);
        int router = burst.router[i];
        int outcome = routes.sendOrWrap(mbuf, router, header, Ipv4.totalLength(header), adjacency, Ethernet.WIRE_IPV4);
        if (outcome != Disposition.FORWARD) {
            Mempool.free(fresh, 0, others);
            return outcome;
        }
        for (int n = 0; n < others; n++) {
            long fragment = LinkSender.network(fresh.get(n));
            int bytes = Ipv4.totalLength(fragment);
            int disposition = routes.sendOrWrap(fresh.get(n), router, fragment, bytes, adjacency, Ethernet.WIRE_IPV4);
            if (disposition != Disposition.FORWARD) {
                drop(burst, i, n, Disposition.reasonCode(disposition));
            }
        }
        return Answers.TURNED_ROUND;
    }

    /** All are cut before one is sent: encryption is in place, and writes over what comes behind the first. */
    private void cut(long mbuf, long header, int payload, int chunk, int others) {
        long data = header + Ipv4.MIN_HEADER_BYTES;
        int more = Memory.getUnsignedShortBigEndian(header + Ipv4.FRAGMENT) & Ipv4.MORE_FRAGMENTS;
        int first = offset(header);
        int ports = FragmentPorts.of(mbuf, header);
        Memory.putInt(header + Ipv4.TTL, Ipv4.decrementTtl(Memory.getInt(header + Ipv4.TTL)));
        for (int n = 1; n <= others; n++) {
            int from = n * chunk;
            int length = n < others ? chunk : payload - from;
            long fragment = LinkSender.network(fresh.get(n - 1));
            Memory.copy(header, fragment, Ipv4.MIN_HEADER_BYTES);
            Memory.copy(data + from, fragment + Ipv4.MIN_HEADER_BYTES, length);
            int flags = n < others ? Ipv4.MORE_FRAGMENTS : more;
            finish(fresh.get(n - 1), fragment, length, flags | first + (from >> Ipv4.FRAGMENT_UNIT_SHIFT), ports);
        }
        finish(mbuf, header, chunk, first | Ipv4.MORE_FRAGMENTS, ports);
    }

    /** Ends a fragment for which there is no way any more. */
    private void drop(Burst burst, int i, int index, int reason) {
        Mempool.free(fresh, index, 1);
        statistics.dropped(burst.router[i], reason, 1);
        statistics.interfaceDropped(burst.ingress[i], 1);
        statistics.routerDropped(burst.router[i], 1);
    }

    /** Writes what differs from fragment to fragment. */
    private static void finish(long mbuf, long header, int payload, int flagsAndOffset, int ports) {
        Memory.putShortBigEndian(header + Ipv4.TOTAL_LENGTH, Ipv4.MIN_HEADER_BYTES + payload);
        Memory.putShortBigEndian(header + Ipv4.FRAGMENT, flagsAndOffset);
        Ipv4.setChecksum(header);
        FragmentPorts.write(mbuf, header, ports);
    }
}
