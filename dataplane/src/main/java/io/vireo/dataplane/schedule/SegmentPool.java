package io.vireo.dataplane.schedule;

import java.util.Arrays;

/**
 * A buddy allocator of stretches of an array, for the heaps of parents whose number of children changes under load.
 *
 * <p>Sizes are powers of two from {@value #LEAST}. Free stretches of a size are a doubly linked list through two int
 * arrays, one entry per least stretch; a freed stretch joins its buddy when that is free. O(log n), allocation-free,
 * single writer.
 */
final class SegmentPool {
    static final int LEAST_SHIFT = 2;
    static final int LEAST = 1 << LEAST_SHIFT;
    static final int NONE = -1;

    private static final byte TAKEN = -1;

    private final int[] heads;
    private final int[] next;
    private final int[] previous;
    /** The order of the free stretch that begins here, or TAKEN. */
    private final byte[] freeOrders;

    /** A pool of {@code LEAST << orders} entries, all free. */
    SegmentPool(int orders) {
        int blocks = 1 << orders;
        heads = new int[orders + 1];
        next = new int[blocks];
        previous = new int[blocks];
        freeOrders = new byte[blocks];
        Arrays.fill(heads, NONE);
        Arrays.fill(freeOrders, TAKEN);
        link(0, orders);
    }

    /** The number of entries of the whole pool. */
    int capacity() {
        return next.length << LEAST_SHIFT;
    }

    /** Takes a stretch of {@code LEAST << order} entries: its first index, or {@link #NONE}. */
    int take(int order) {
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
        return block << LEAST_SHIFT;
    }

    /** Gives back what {@link #take} gave for the same order. */
    void give(int index, int order) {
        int block = index >> LEAST_SHIFT;
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
        freeOrders[block] = TAKEN;
    }
}
