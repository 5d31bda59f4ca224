package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.ClassTable.BYTES;
import static io.vireo.dataplane.schedule.ClassTable.COUNT;
import static io.vireo.dataplane.schedule.ClassTable.ENDS;
import static io.vireo.dataplane.schedule.ClassTable.LIMITS;
import static io.vireo.dataplane.schedule.ClassTable.QUEUE_BYTES;

/**
 * The first-in first-out queue of each leaf, and the counts its limits and its VPN's quota are held against. Lengths
 * are those of the frames, without link overhead. {@code at} is {@link ClassTable#at} of the leaf. Single writer.
 */
final class PacketQueues {
    private static final long HIGH = 0xFFFF_FFFF_0000_0000L;
    private static final long LOW = 0xFFFF_FFFFL;
    private static final long ONE_PACKET = 1L << 32;

    private final ClassTable table;
    private final PacketPool pool;
    private final BufferQuotas quotas;

    PacketQueues(ClassTable table, PacketPool pool, BufferQuotas quotas) {
        this.table = table;
        this.pool = pool;
        this.quotas = quotas;
    }

    /** Whether the limits of the class, of its quota and of the port allow one more packet. */
    QueueVerdict verdict(long at, int frameBytes) {
        int packets = Words.high(at + COUNT);
        if (packets >= Words.high(at + LIMITS)) {
            return QueueVerdict.CLASS_PACKETS;
        }
        long bytes = Words.get(at + QUEUE_BYTES);
        if (bytes + frameBytes > Words.high(at + BYTES)) {
            return QueueVerdict.CLASS_BYTES;
        }
        if (pool.freeCount() == 0) {
            return QueueVerdict.PORT_PACKETS;
        }
        return quotas.verdict(Words.low(at + LIMITS), packets, bytes, frameBytes);
    }

    /** Appends a packet; whether it is the only one. */
    boolean append(long at, long packet, int frameBytes, int ecnCodepoint, long nowNs) {
        int node = pool.allocate(packet, ecnCodepoint, nowNs);
        long count = Words.get(at + COUNT);
        boolean isFirst = count >>> 32 == 0;
        if (isFirst) {
            Words.setPair(at + ENDS, node, node);
            Words.setPair(at + COUNT, 1, frameBytes);
        } else {
            long ends = Words.get(at + ENDS);
            pool.setNext((int) ends, node, frameBytes);
            Words.set(at + ENDS, (ends & HIGH) | node);
            Words.set(at + COUNT, count + ONE_PACKET);
        }
        Words.add(at + QUEUE_BYTES, frameBytes);
        quotas.charge(Words.low(at + LIMITS), frameBytes);
        return isFirst;
    }

    /** Whether no packet is queued in any class. */
    boolean areEmpty() {
        return pool.freeCount() == pool.capacity();
    }

    int packets(int classId) {
        return table.high(classId, COUNT);
    }

    /** Takes the head packet off a queue that is not empty and frees its node; its handle must have been read. */
    void removeHead(long at) {
        long count = Words.get(at + COUNT);
        long ends = Words.get(at + ENDS);
        int node = (int) (ends >>> 32);
        int frameBytes = (int) count;
        long next = pool.next(node);
        Words.set(at + COUNT, ((count & HIGH) - ONE_PACKET) | (next & LOW));
        Words.set(at + ENDS, (next & HIGH) | (ends & LOW));
        Words.add(at + QUEUE_BYTES, -frameBytes);
        quotas.release(Words.low(at + LIMITS), frameBytes);
        pool.free(node);
    }

    /** Gives a whole queue to a class whose own is empty; the quotas may differ. */
    void handOver(int from, int to) {
        long fromAt = table.at(from);
        long toAt = table.at(to);
        long bytes = Words.get(fromAt + QUEUE_BYTES);
        quotas.move(Words.low(fromAt + LIMITS), Words.low(toAt + LIMITS), packets(from), bytes);
        for (int word = ENDS; word <= QUEUE_BYTES; word += Long.BYTES) {
            Words.set(toAt + word, Words.get(fromAt + word));
            Words.set(fromAt + word, 0);
        }
    }

    /** Puts what a class holds to another quota's account. */
    void changeQuota(int classId, int quotaId) {
        long at = table.at(classId);
        quotas.move(Words.low(at + LIMITS), quotaId, packets(classId), Words.get(at + QUEUE_BYTES));
        Words.setPair(at + LIMITS, Words.high(at + LIMITS), quotaId);
    }
}
