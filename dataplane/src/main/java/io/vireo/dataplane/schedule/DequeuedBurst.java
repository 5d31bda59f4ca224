package io.vireo.dataplane.schedule;

/**
 * What one {@link HfscScheduler#dequeue} gave: packets to send, in order, and packets to free. Reused burst after
 * burst; owned by the worker.
 */
public final class DequeuedBurst {
    private final long[] sent;
    private final int[] sentClasses;
    private final int[] sentBytes;
    private final long[] sentArrivalsNs;
    private final boolean[] marks;
    private final long[] dropped;
    private int sentCount;
    private int droppedCount;

    /** A burst of at most {@code capacity} packets to send, and as many to free. */
    public DequeuedBurst(int capacity) {
        sent = new long[capacity];
        sentClasses = new int[capacity];
        sentBytes = new int[capacity];
        sentArrivalsNs = new long[capacity];
        marks = new boolean[capacity];
        dropped = new long[capacity];
    }

    /** The number of packets to send. */
    public int sentCount() {
        return sentCount;
    }

    /** The handle of a packet to send. */
    public long sent(int index) {
        return sent[index];
    }

    /** The class it was queued in. */
    public int sentClass(int index) {
        return sentClasses[index];
    }

    /** The length of its frame as it was given. */
    public int sentBytes(int index) {
        return sentBytes[index];
    }

    /** When it was queued; now less this is the delay it had. */
    public long sentArrivalNs(int index) {
        return sentArrivalsNs[index];
    }

    /** Whether it must be marked "congestion experienced" before it is sent, RFC 3168. */
    public boolean isMarked(int index) {
        return marks[index];
    }

    /** The number of packets to free, dropped by {@link QueueVerdict#CODEL}. */
    public int droppedCount() {
        return droppedCount;
    }

    /** The handle of a packet to free. */
    public long dropped(int index) {
        return dropped[index];
    }

    void clear() {
        sentCount = 0;
        droppedCount = 0;
    }

    boolean hasRoom() {
        return sentCount < sent.length;
    }

    int room() {
        return sent.length - sentCount;
    }

    boolean hasRoomToDrop() {
        return droppedCount < dropped.length;
    }

    void addSent(int classId, long packet, int frameBytes, long arrivalNs) {
        int index = sentCount++;
        sent[index] = packet;
        sentClasses[index] = classId;
        sentBytes[index] = frameBytes;
        sentArrivalsNs[index] = arrivalNs;
        marks[index] = false;
    }

    void markLast() {
        marks[sentCount - 1] = true;
    }

    void addDropped(long packet) {
        dropped[droppedCount++] = packet;
    }
}
