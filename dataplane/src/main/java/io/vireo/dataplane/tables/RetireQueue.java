package io.vireo.dataplane.tables;

/**
 * What was replaced and may still be read, in the order of its retirement, with the epoch that must pass before it is
 * freed. Fixed capacity; whoever retires asks {@link #room} first. Writer only.
 */
final class RetireQueue {
    /** Only the node itself: its children live on in the node that took its place. */
    static final int NODE = 0;
    /** The node and everything below. */
    static final int SUBTREE = 1;
    /** A table's number, to be given out again. */
    static final int TABLE = 2;

    private final long[] epochs;
    private final int[] items;
    private final byte[] kinds;
    private final int mask;
    private int head;
    private int tail;

    /** @param capacity a power of two */
    RetireQueue(int capacity) {
        epochs = new long[capacity];
        items = new int[capacity];
        kinds = new byte[capacity];
        mask = capacity - 1;
    }

    int room() {
        return epochs.length - (tail - head);
    }

    boolean isEmpty() {
        return head == tail;
    }

    void add(int kind, int item, long epoch) {
        int at = tail++ & mask;
        epochs[at] = epoch;
        items[at] = item;
        kinds[at] = (byte) kind;
    }

    long firstEpoch() {
        return epochs[head & mask];
    }

    int firstItem() {
        return items[head & mask];
    }

    int firstKind() {
        return kinds[head & mask];
    }

    void removeFirst() {
        head++;
    }
}
