package io.vireo.dataplane.schedule;

import java.util.Arrays;

/**
 * What each class has done since it was added. Written by the worker that owns the port, to be read by the same thread,
 * which publishes it.
 */
public final class ClassStatistics {
    private static final int SENT_STRIDE_SHIFT = 2;
    private static final int SENT_PACKETS = 0;
    private static final int SENT_BYTES = 1;
    private static final int MARKED_PACKETS = 2;
    private static final int DROP_STRIDE_SHIFT = 3;

    private final ClassTable table;
    private final long[] sent;
    private final long[] dropped;
    private long strayPackets;

    ClassStatistics(ClassTable table) {
        this.table = table;
        this.sent = new long[table.capacity << SENT_STRIDE_SHIFT];
        this.dropped = new long[table.capacity << DROP_STRIDE_SHIFT];
    }

    /** Packets a leaf has sent, marked ones included. */
    public long sentPackets(int classId) {
        return sent[(classId << SENT_STRIDE_SHIFT) + SENT_PACKETS];
    }

    /** Bytes of the frames a leaf has sent, without link overhead. */
    public long sentBytes(int classId) {
        return sent[(classId << SENT_STRIDE_SHIFT) + SENT_BYTES];
    }

    /** Packets a leaf has sent with an order to mark them, RFC 3168. */
    public long markedPackets(int classId) {
        return sent[(classId << SENT_STRIDE_SHIFT) + MARKED_PACKETS];
    }

    /** Packets a leaf has dropped for a reason. */
    public long droppedPackets(int classId, QueueVerdict reason) {
        return dropped[(classId << DROP_STRIDE_SHIFT) + reason.index()];
    }

    /** Packets offered to classes that do not exist, of the whole port. */
    public long strayPackets() {
        return strayPackets;
    }

    /** Bytes of link time that a class and all below it have used, overhead included; the paper's w. */
    public long wireBytes(int classId) {
        return Words.get(table.at(classId) + ClassTable.TOTAL);
    }

    /** Of these, what a leaf got by its guarantee; the rest was shared or borrowed. The paper's c. */
    public long guaranteedWireBytes(int classId) {
        return Words.get(table.at(classId) + ClassTable.RT_WORK);
    }

    /** Packets queued in a leaf now. */
    public int queuedPackets(int classId) {
        return table.high(classId, ClassTable.COUNT);
    }

    /** Bytes of the frames queued in a leaf now. */
    public long queuedBytes(int classId) {
        return Words.get(table.at(classId) + ClassTable.QUEUE_BYTES);
    }

    /** A word of the class's line, for {@link Prefetch}. */
    long touch(int classId) {
        return sent[classId << SENT_STRIDE_SHIFT];
    }

    void onSent(int classId, int frameBytes) {
        int at = classId << SENT_STRIDE_SHIFT;
        sent[at + SENT_PACKETS]++;
        sent[at + SENT_BYTES] += frameBytes;
    }

    void onMarked(int classId) {
        sent[(classId << SENT_STRIDE_SHIFT) + MARKED_PACKETS]++;
    }

    void onDropped(int classId, QueueVerdict reason) {
        dropped[(classId << DROP_STRIDE_SHIFT) + reason.index()]++;
    }

    void onStray() {
        strayPackets++;
    }

    void clear(int classId) {
        Arrays.fill(sent, classId << SENT_STRIDE_SHIFT, (classId + 1) << SENT_STRIDE_SHIFT, 0);
        Arrays.fill(dropped, classId << DROP_STRIDE_SHIFT, (classId + 1) << DROP_STRIDE_SHIFT, 0);
    }
}
