package io.vireo.dataplane.schedule;

/**
 * The nodes that queued packets stand in, linked into queues; one pool per port, taken at construction.
 *
 * <pre>
 *  0 handle   1 next node | bytes of its frame   2 time of arrival, ns   3 ECN codepoint
 * </pre>
 *
 * <p>A node also carries its successor's length, so that removing a packet from a queue gives the next head's length
 * without touching it. Free nodes are a stack: the one freed last is still in the cache. Single writer.
 */
final class PacketPool {
    static final int NONE = -1;

    private static final int STRIDE_SHIFT = 5;
    private static final int NEXT = 8;
    private static final int ARRIVAL = 16;
    private static final int ECN = 24;

    private final int capacity;
    private final Words words;
    private final long origin;
    private int freeHead;
    private int freeCount;

    PacketPool(int capacity) {
        this.capacity = capacity;
        words = new Words((long) capacity << (STRIDE_SHIFT - Words.BYTES_SHIFT));
        origin = words.address();
        for (int node = 0; node < capacity; node++) {
            setNext(node, node + 1 < capacity ? node + 1 : NONE, 0);
        }
        freeCount = capacity;
    }

    int capacity() {
        return capacity;
    }

    int freeCount() {
        return freeCount;
    }

    /** Allocates a node; the caller has made sure that one is free. */
    int allocate(long packet, int ecnCodepoint, long nowNs) {
        int node = freeHead;
        long at = at(node);
        freeHead = Words.high(at + NEXT);
        freeCount--;
        Words.set(at, packet);
        Words.set(at + ARRIVAL, nowNs);
        Words.set(at + ECN, ecnCodepoint);
        return node;
    }

    void free(int node) {
        setNext(node, freeHead, 0);
        freeHead = node;
        freeCount++;
    }

    long packet(int node) {
        return Words.get(at(node));
    }

    long arrivalNs(int node) {
        return Words.get(at(node) + ARRIVAL);
    }

    int ecnCodepoint(int node) {
        return (int) Words.get(at(node) + ECN);
    }

    /** The successor in the high half, its frame's length in the low one. */
    long next(int node) {
        return Words.get(at(node) + NEXT);
    }

    void setNext(int node, int next, int nextBytes) {
        Words.setPair(at(node) + NEXT, next, nextBytes);
    }

    private long at(int node) {
        assert words.holds(node, STRIDE_SHIFT);
        return origin + ((long) node << STRIDE_SHIFT);
    }
}
