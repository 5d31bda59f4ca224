package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.ClassTable.COUNT;
import static io.vireo.dataplane.schedule.ClassTable.ENDS;
import static io.vireo.dataplane.schedule.ClassTable.LIMITS;
import static io.vireo.dataplane.schedule.ClassTable.QUEUE_BYTES;
import static io.vireo.dataplane.schedule.ClassTable.at;

/**
 * The first-in first-out queue of each leaf, and the counts its limits and its VPN's quota are held against. Lengths
 * are those of the frames, without link overhead. Single writer.
 */
final class PacketQueues {
    private final ClassTable table;
    private final PacketPool pool;
    private final BufferQuotas quotas;

    PacketQueues(ClassTable table, PacketPool pool, BufferQuotas quotas) {
        this.table = table;
        this.pool = pool;
        this.quotas = quotas;
    }

    /** Whether the limits of the class, of its quota and of the port allow one more packet. */
    QueueVerdict verdict(int classId, int frameBytes) {
        int at = at(classId);
        if (packets(classId) >= (int) (table.words.get(at + LIMITS) >>> 32)) {
            return QueueVerdict.CLASS_PACKETS;
        }
        if (table.words.get(at + QUEUE_BYTES) + frameBytes > table.high(classId, ClassTable.BYTES)) {
            return QueueVerdict.CLASS_BYTES;
        }
        if (pool.freeCount() == 0) {
            return QueueVerdict.PORT_PACKETS;
        }
        return quotas.verdict((int) table.words.get(at + LIMITS), frameBytes);
    }

    void append(int classId, long packet, int frameBytes, int ecnCodepoint, long nowNs) {
        int at = at(classId);
        Words words = table.words;
        int node = pool.take(packet, ecnCodepoint, nowNs);
        int packets = packets(classId);
        if (packets == 0) {
            words.set(at + ENDS, ClassTable.pair(node, node));
            words.set(at + COUNT, ClassTable.pair(1, frameBytes));
        } else {
            pool.setNext((int) words.get(at + ENDS), node, frameBytes);
            words.set(at + ENDS, (words.get(at + ENDS) & 0xFFFF_FFFF_0000_0000L) | node);
            words.add(at + COUNT, 1L << 32);
        }
        words.add(at + QUEUE_BYTES, frameBytes);
        quotas.take((int) words.get(at + LIMITS), frameBytes);
    }

    int packets(int classId) {
        return table.high(classId, COUNT);
    }

    long bytes(int classId) {
        return table.word(classId, QUEUE_BYTES);
    }

    int headBytes(int classId) {
        return table.low(classId, COUNT);
    }

    /** The node of the head packet of a queue that is not empty. */
    int head(int classId) {
        return table.high(classId, ENDS);
    }

    /** Takes the head packet off and frees its node; its handle must have been read. */
    void removeHead(int classId) {
        int at = at(classId);
        Words words = table.words;
        int node = head(classId);
        int frameBytes = headBytes(classId);
        long next = pool.next(node);
        words.set(at + COUNT, ClassTable.pair(packets(classId) - 1, (int) next));
        words.set(at + ENDS, (next & 0xFFFF_FFFF_0000_0000L) | (words.get(at + ENDS) & 0xFFFF_FFFFL));
        words.add(at + QUEUE_BYTES, -frameBytes);
        quotas.give((int) words.get(at + LIMITS), frameBytes);
        pool.give(node);
    }

    /** Gives a whole queue to a class whose own is empty; the quotas may differ. */
    void hand(int from, int to) {
        int fromAt = at(from);
        int toAt = at(to);
        Words words = table.words;
        quotas.move((int) words.get(fromAt + LIMITS), (int) words.get(toAt + LIMITS), packets(from), bytes(from));
        for (int word = ENDS; word <= QUEUE_BYTES; word++) {
            words.set(toAt + word, words.get(fromAt + word));
            words.set(fromAt + word, 0);
        }
    }

    /** Puts what a class holds to another quota's account. */
    void changeQuota(int classId, int quotaId) {
        int old = table.low(classId, LIMITS);
        quotas.move(old, quotaId, packets(classId), bytes(classId));
        table.setPair(classId, LIMITS, table.high(classId, LIMITS), quotaId);
    }
}
