package io.vireo.dataplane.schedule.order;

import java.util.Arrays;

/**
 * Where compiled class filters stand, or lists of members: one array, taken at start, allocated in blocks of powers of two.
 *
 * <p>Single writer: the conductor. A block is written before workers know of it (by an order, or by publication), and freed after all
 * know its successor; so workers read it plainly.
 */
public final class FilterMemory {
    /** No room. */
    public static final int NONE = -1;

    private static final int MIN_ORDER = 6;
    private static final int FILTER_ORDER = 16;

    private final long[] words;
    private final byte[] orders;
    private final int[] firstFree;
    private int untouched;

    /** Takes the memory for class filters; {@code capacity} is in longs. */
    public FilterMemory(int capacity) {
        this(capacity, FILTER_ORDER);
    }

    /** @param maxOrder logarithm of the longs of the largest block. */
    public FilterMemory(int capacity, int maxOrder) {
        words = new long[capacity];
        firstFree = new int[maxOrder + 1];
        orders = new byte[(capacity >>> MIN_ORDER) + 1];
        Arrays.fill(firstFree, NONE);
    }

    /** The array; workers read in it what orders name. */
    public long[] words() {
        return words;
    }

    /** Allocates a block of at least so many longs; returns its place, or {@link #NONE}. */
    public int allocate(int longs) {
        int order = Math.max(MIN_ORDER, Integer.SIZE - Integer.numberOfLeadingZeros(longs - 1));
        int at = firstFree[order];
        if (at != NONE) {
            firstFree[order] = (int) words[at];
        } else {
            at = takeLarger(order);
        }
        if (at != NONE) {
            orders[at >>> MIN_ORDER] = (byte) order;
        }
        return at;
    }

    private int takeLarger(int order) {
        if (words.length - untouched >= 1 << order) {
            int at = untouched;
            untouched += 1 << order;
            return at;
        }
        for (int larger = order + 1; larger < firstFree.length; larger++) {
            if (firstFree[larger] != NONE) {
                return split(larger, order);
            }
        }
        return NONE;
    }

    private int split(int larger, int order) {
        int at = firstFree[larger];
        firstFree[larger] = (int) words[at];
        for (int half = larger - 1; half >= order; half--) {
            free(at + (1 << half), half);
        }
        return at;
    }

    /** Frees a block. */
    public void free(int at) {
        free(at, orders[at >>> MIN_ORDER]);
    }

    private void free(int at, int order) {
        words[at] = firstFree[order];
        firstFree[order] = at;
    }
}
