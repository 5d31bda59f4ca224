package io.vireo.dataplane.schedule;

/**
 * The nodes that queued packets stand in, linked into queues; one pool per port, taken at construction.
 *
 * <pre>
 *  0 handle   1 next node | bytes of its frame   2 time of arrival, ns   3 ECN codepoint
 * </pre>
 *
 * <p>A node also carries its successor's length, so that taking a packet off a queue tells the next head's length
 * without touching it. Free nodes are a stack: the one freed last is still in the cache. Single writer.
 */
final class PacketPool {
    static final int NONE = -1;

    private static final int STRIDE_SHIFT = 2;
    private static final int NEXT = 1;
    private static final int ARRIVAL = 2;
    private static final int ECN = 3;

    private final Words words;
    private int free;
    private int freeCount;

    PacketPool(int capacity) {
        words = new Words((long) capacity << STRIDE_SHIFT);
        for (int node = 0; node < capacity; node++) {
            setNext(node, node + 1 < capacity ? node + 1 : NONE, 0);
        }
        freeCount = capacity;
    }

    int freeCount() {
        return freeCount;
    }

    /** Takes a node; the caller has made sure that one is free. */
    int take(long packet, int ecnCodepoint, long nowNs) {
        int node = free;
        int at = node << STRIDE_SHIFT;
        free = (int) (words.get(at + NEXT) >>> 32);
        freeCount--;
        words.set(at, packet);
        words.set(at + ARRIVAL, nowNs);
        words.set(at + ECN, ecnCodepoint);
        return node;
    }

    void give(int node) {
        setNext(node, free, 0);
        free = node;
        freeCount++;
    }

    long packet(int node) {
        return words.get(node << STRIDE_SHIFT);
    }

    long arrivalNs(int node) {
        return words.get((node << STRIDE_SHIFT) + ARRIVAL);
    }

    int ecnCodepoint(int node) {
        return (int) words.get((node << STRIDE_SHIFT) + ECN);
    }

    /** The successor in the high half, its frame's length in the low one. */
    long next(int node) {
        return words.get((node << STRIDE_SHIFT) + NEXT);
    }

    void setNext(int node, int next, int nextBytes) {
        words.set((node << STRIDE_SHIFT) + NEXT, ClassTable.pair(next, nextBytes));
    }
}
