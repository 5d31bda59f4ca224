package io.vireo.dataplane.schedule;

import java.util.Arrays;

/**
 * A buddy allocator of segments of an array, for the heaps of parents whose number of children changes under load.
 *
 * <p>Sizes are powers of two from {@value #MIN_ENTRIES}. Free segments of a size are a doubly linked list through two int
 * arrays, one entry per smallest segment; a freed segment joins its buddy when that is free. O(log n), allocation-free,
 * single writer.
 */
final class SegmentPool {
    static final int MIN_SHIFT = 2;
    static final int MIN_ENTRIES = 1 << MIN_SHIFT;
    static final int NONE = -1;

    private static final byte ALLOCATED = -1;

    private final int[] heads;
    private final int[] next;
    private final int[] previous;
    /** The order of the free segment that begins here, or ALLOCATED. */
    private final byte[] freeOrders;

    /** A pool of {@code MIN_ENTRIES << orders} entries, all free. */
    SegmentPool(int orders) {
        int blocks = 1 << orders;
        heads = new int[orders + 1];
        next = new int[blocks];
        previous = new int[blocks];
        freeOrders = new byte[blocks];
        Arrays.fill(heads, NONE);
        Arrays.fill(freeOrders, ALLOCATED);
        link(0, orders);
    }

    /** The number of entries of the whole pool. */
    int capacity() {
        return next.length << MIN_SHIFT;
    }

    /** Allocates a segment of {@code MIN_ENTRIES << order} entries: its first index, or {@link #NONE}. */
    int allocate(int order) {
        int found = order;
        while (found < heads.length && heads[found] == NONE) {
            found++;
        }
        if (found == heads.length) {
            return NONE;
        }
        int block = heads[found];
        unlink(block, found);
        while (found > order) {
            found--;
            link(block + (1 << found), found);
        }
        return block << MIN_SHIFT;
    }

    /** Frees what {@link #allocate} returned for the same order. */
    void free(int index, int order) {
        int block = index >> MIN_SHIFT;
        int joined = order;
        while (joined < heads.length - 1 && freeOrders[block ^ (1 << joined)] == joined) {
            unlink(block ^ (1 << joined), joined);
            block &= -(2 << joined);
            joined++;
        }
        link(block, joined);
    }

    private void link(int block, int order) {
        int head = heads[order];
        next[block] = head;
        previous[block] = NONE;
        if (head != NONE) {
            previous[head] = block;
        }
        heads[order] = block;
        freeOrders[block] = (byte) order;
    }

    private void unlink(int block, int order) {
        int before = previous[block];
        int after = next[block];
        if (before == NONE) {
            heads[order] = after;
        } else {
            next[before] = after;
        }
        if (after != NONE) {
            previous[after] = before;
        }
        freeOrders[block] = ALLOCATED;
    }
}
