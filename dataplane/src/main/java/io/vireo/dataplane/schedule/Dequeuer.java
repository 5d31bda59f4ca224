package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.ClassTable.COUNT;
import static io.vireo.dataplane.schedule.ClassTable.ENDS;
import static io.vireo.dataplane.schedule.ClassTable.QUEUE_BYTES;

/**
 * Takes the head packet of a leaf that was chosen, past CoDel, into the burst. Single writer.
 */
final class Dequeuer {
    /** RFC 3168 section 5: not ECN-capable is 00. */
    private static final int NOT_ECN_CAPABLE = 0;

    private final ClassTable table;
    private final PacketPool pool;
    private final PacketQueues queues;
    private final CoDel codel;
    private final ClassStatistics statistics;
    private final WireLength wire;

    Dequeuer(
            ClassTable table,
            PacketPool pool,
            PacketQueues queues,
            CoDel codel,
            ClassStatistics statistics,
            WireLength wire) {
        this.table = table;
        this.pool = pool;
        this.queues = queues;
        this.codel = codel;
        this.statistics = statistics;
        this.wire = wire;
    }

    /** The bytes of wire time of the packet that leaves, or 0 if CoDel left none to leave. */
    int take(int leaf, long nowNs, DequeuedBurst burst) {
        long at = table.at(leaf);
        return ClassTable.has(at, ClassTable.CODEL) ? takeControlled(leaf, at, nowNs, burst) : send(leaf, at, burst);
    }

    private int takeControlled(int leaf, long at, long nowNs, DequeuedBurst burst) {
        while (Words.high(at + COUNT) > 0) {
            int head = Words.high(at + ENDS);
            long sojournNs = nowNs - pool.arrivalNs(head);
            long bytesBehind = Words.get(at + QUEUE_BYTES) - Words.low(at + COUNT);
            if (!codel.shouldDrop(leaf, sojournNs, bytesBehind, nowNs)) {
                return send(leaf, at, burst);
            }
            if (pool.ecnCodepoint(head) != NOT_ECN_CAPABLE) {
                return sendMarked(leaf, at, burst);
            }
            if (!burst.hasRoomToDrop()) {
                return send(leaf, at, burst);
            }
            drop(leaf, at, burst);
        }
        codel.onEmpty(leaf);
        return 0;
    }

    private int sendMarked(int leaf, long at, DequeuedBurst burst) {
        int wireBytes = send(leaf, at, burst);
        burst.markLast();
        statistics.onMarked(leaf);
        return wireBytes;
    }

    private int send(int leaf, long at, DequeuedBurst burst) {
        int head = Words.high(at + ENDS);
        int frameBytes = Words.low(at + COUNT);
        burst.addSent(leaf, pool.packet(head), frameBytes, pool.arrivalNs(head));
        queues.removeHead(at);
        statistics.onSent(leaf, frameBytes);
        return wire.of(frameBytes);
    }

    private void drop(int leaf, long at, DequeuedBurst burst) {
        burst.addDropped(pool.packet(Words.high(at + ENDS)));
        queues.removeHead(at);
        statistics.onDropped(leaf, QueueVerdict.CODEL);
    }
}
