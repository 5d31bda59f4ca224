package io.vireo.dataplane.schedule;

import java.util.Arrays;

/**
 * What each class has done since it was added. Written by the worker that owns the port, to be read by the same thread,
 * which publishes it.
 */
public final class ClassStatistics {
    private static final int SENT_STRIDE_SHIFT = 5;
    private static final long SENT_ROW_BYTES = 1 << SENT_STRIDE_SHIFT;
    private static final int SENT_PACKETS = 0;
    private static final int SENT_BYTES = 8;
    private static final int MARKED_PACKETS = 16;
    /** Packets that bypassed the queue since they were last taken over. */
    private static final int BYPASSED_PACKETS = 24;

    private static final int DROP_STRIDE_SHIFT = 3;

    private final ClassTable table;
    private final Words sent;
    private final long origin;
    private final long[] dropped;
    private long strayPackets;

    ClassStatistics(ClassTable table) {
        this.table = table;
        this.sent = new Words((long) table.capacity << (SENT_STRIDE_SHIFT - Words.BYTES_SHIFT));
        origin = sent.address();
        this.dropped = new long[table.capacity << DROP_STRIDE_SHIFT];
    }

    /** Packets a leaf has sent, marked ones and those that bypassed its queue included. */
    public long sentPackets(int classId) {
        return Words.get(at(classId) + SENT_PACKETS) + Words.get(at(classId) + BYPASSED_PACKETS);
    }

    /**
     * Takes over how many packets of a leaf bypassed its queue since this was asked last: they left in the moment in which
     * they came, and are in no {@link DequeuedBurst}.
     */
    public long takeBypassed(int classId) {
        long bypassed = Words.get(at(classId) + BYPASSED_PACKETS);
        Words.add(at(classId) + SENT_PACKETS, bypassed);
        Words.set(at(classId) + BYPASSED_PACKETS, 0);
        return bypassed;
    }

    /** Bytes of the frames a leaf has sent, without link overhead. */
    public long sentBytes(int classId) {
        return Words.get(at(classId) + SENT_BYTES);
    }

    /** Packets a leaf has sent to be marked, RFC 3168. */
    public long markedPackets(int classId) {
        return Words.get(at(classId) + MARKED_PACKETS);
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
        return Words.get(at(classId));
    }

    void onSent(int classId, int frameBytes) {
        Words.add(at(classId) + SENT_PACKETS, 1);
        Words.add(at(classId) + SENT_BYTES, frameBytes);
    }

    void onBypassed(int classId, int frameBytes) {
        Words.add(at(classId) + BYPASSED_PACKETS, 1);
        Words.add(at(classId) + SENT_BYTES, frameBytes);
    }

    void onMarked(int classId) {
        Words.add(at(classId) + MARKED_PACKETS, 1);
    }

    void onDropped(int classId, QueueVerdict reason) {
        dropped[(classId << DROP_STRIDE_SHIFT) + reason.index()]++;
    }

    void onStray() {
        strayPackets++;
    }

    void clear(int classId) {
        Words.clear(at(classId), SENT_ROW_BYTES);
        Arrays.fill(dropped, classId << DROP_STRIDE_SHIFT, (classId + 1) << DROP_STRIDE_SHIFT, 0);
    }

    private long at(int classId) {
        assert sent.holds(classId, SENT_STRIDE_SHIFT);
        return origin + ((long) classId << SENT_STRIDE_SHIFT);
    }
}
