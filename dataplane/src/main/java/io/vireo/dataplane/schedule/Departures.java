package io.vireo.dataplane.schedule;

/**
 * Takes the head packet of a leaf that was chosen, past CoDel, into the burst. Single writer.
 */
final class Departures {
    /** RFC 3168 section 5: not ECN-capable is 00. */
    private static final int NOT_ECN_CAPABLE = 0;

    private final ClassTable table;
    private final PacketPool pool;
    private final PacketQueues queues;
    private final CoDel codel;
    private final ClassStatistics statistics;
    private final LinkOverhead overhead;

    Departures(
            ClassTable table,
            PacketPool pool,
            PacketQueues queues,
            CoDel codel,
            ClassStatistics statistics,
            LinkOverhead overhead) {
        this.table = table;
        this.pool = pool;
        this.queues = queues;
        this.codel = codel;
        this.statistics = statistics;
        this.overhead = overhead;
    }

    /** The bytes of wire time of the packet that leaves, or 0 if CoDel left none to leave. */
    int take(int leaf, long nowNs, DequeuedBurst burst) {
        return table.has(leaf, ClassTable.CODEL) ? takeControlled(leaf, nowNs, burst) : send(leaf, burst);
    }

    private int takeControlled(int leaf, long nowNs, DequeuedBurst burst) {
        while (queues.packets(leaf) > 0) {
            int head = queues.head(leaf);
            long sojournNs = nowNs - pool.arrivalNs(head);
            long bytesBehind = queues.bytes(leaf) - queues.headBytes(leaf);
            if (!codel.shouldDrop(leaf, sojournNs, bytesBehind, nowNs)) {
                return send(leaf, burst);
            }
            if (pool.ecnCodepoint(head) != NOT_ECN_CAPABLE) {
                return sendMarked(leaf, burst);
            }
            if (!burst.hasRoomToDrop()) {
                return send(leaf, burst);
            }
            drop(leaf, burst);
        }
        codel.onEmpty(leaf);
        return 0;
    }

    private int sendMarked(int leaf, DequeuedBurst burst) {
        int wireBytes = send(leaf, burst);
        burst.markLast();
        statistics.onMarked(leaf);
        return wireBytes;
    }

    private int send(int leaf, DequeuedBurst burst) {
        int head = queues.head(leaf);
        int frameBytes = queues.headBytes(leaf);
        burst.addSent(leaf, pool.packet(head), frameBytes, pool.arrivalNs(head));
        queues.removeHead(leaf);
        statistics.onSent(leaf, frameBytes);
        return overhead.wireBytes(frameBytes);
    }

    private void drop(int leaf, DequeuedBurst burst) {
        burst.addDropped(leaf, pool.packet(queues.head(leaf)));
        queues.removeHead(leaf);
        statistics.onDropped(leaf, QueueVerdict.CODEL);
    }
}
