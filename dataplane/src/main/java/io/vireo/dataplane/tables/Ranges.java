package io.vireo.dataplane.tables;

/**
 * A region of addresses as sorted ranges, each with the value of its longest match: what a bucket holds. Neighbours with
 * equal values are one range. Reused; one per level, since building what lies deeper collects again.
 */
final class Ranges {
    /** The most keys of a bucket: 2 n + 2 ints fill no more than a slab object. */
    static final int MAX_KEYS = 16;

    private static final int IPV4_WINDOW_BITS = 32;
    private static final int IPV6_WINDOW_BITS = 30;

    private final Rib rib;
    private final long[] keys = new long[MAX_KEYS + 2];
    private final int[] values = new int[MAX_KEYS + 2];
    private final long[] deepNodes = new long[MAX_KEYS + 2];
    private int limit;
    private int count;
    private boolean hasDeep;
    private int windowStart;
    private int windowBits;
    private long regionEnd;

    Ranges(final Rib rib) {
        this.rib = rib;
    }

    /** The first bit that a bucket's keys hold: all of an IPv4 address, the next 30 bits of an IPv6 one. */
    static int windowStart(final boolean isWide, final int depth) {
        return isWide ? depth : 0;
    }

    static int windowBits(final boolean isWide) {
        return isWide ? IPV6_WINDOW_BITS : IPV4_WINDOW_BITS;
    }

    /** The first bit behind what a bucket of that depth can tell apart. */
    static int windowEnd(final boolean isWide, final int depth) {
        return windowStart(isWide, depth) + windowBits(isWide);
    }

    /**
     * Collects a region.
     *
     * @param node the region's top node, not 0
     * @param inherited the value where no route of the region matches
     * @param depth the region's length in bits
     * @param maxKeys how many boundaries are too many, at most {@link #MAX_KEYS}
     * @return false when there are more
     */
    boolean collect(final long node, final int inherited, final int depth, final int maxKeys) {
        windowStart = windowStart(rib.isWide(), depth);
        windowBits = windowBits(rib.isWide());
        limit = maxKeys + 1;
        count = 0;
        hasDeep = false;
        final int freeBits = windowStart + windowBits - depth;
        final long first = (key(node) >>> freeBits) << freeBits;
        regionEnd = first + (1L << freeBits);
        add(first, inherited, 0);
        addSubtree(node, inherited);
        return count <= limit;
    }

    int count() {
        return count;
    }

    /** Where a range begins, unsigned, right-aligned in the window. */
    long key(final int index) {
        return keys[index];
    }

    /** A range's value; for a deep one, what its region inherits. */
    int value(final int index) {
        return values[index];
    }

    /** The top node of a range that is a single key with routes longer than the window; else 0. */
    long deepNode(final int index) {
        return deepNodes[index];
    }

    boolean hasDeep() {
        return hasDeep;
    }

    /** Whether a single block tells all ranges of the region apart. */
    boolean fitBlock(final int depth) {
        final int bitsBelow = windowStart + windowBits - depth - Nodes.STRIDE;
        long bits = 0;
        for (int i = 0; i < count; i++) {
            bits |= keys[i];
        }
        return !hasDeep && (bitsBelow <= 0 || (bits & ((1L << bitsBelow) - 1)) == 0);
    }

    private void addSubtree(final long node, final int inherited) {
        if (count > limit) {
            return;
        }
        final int length = rib.length(node);
        final int windowEnd = windowStart + windowBits;
        final long key = key(node);
        if (length > windowEnd || (length == windowEnd && rib.hasChildren(node))) {
            add(key, inherited, node);
            hasDeep = true;
        } else {
            final int value = rib.valueOr(node, inherited);
            add(key, value, 0);
            addChild(rib.child(node, 0), value);
            addChild(rib.child(node, 1), value);
        }
        add(key + (1L << Math.max(0, windowEnd - length)), inherited, 0);
    }

    private void addChild(final long child, final int inherited) {
        if (child != 0) {
            addSubtree(child, inherited);
        }
    }

    private long key(final long node) {
        return Prefixes.bits(rib.hi(node), rib.lo(node), windowStart, windowBits);
    }

    private void add(final long key, final int value, final long deepNode) {
        if (key >= regionEnd || count > limit) {
            return;
        }
        if (count > 0 && keys[count - 1] == key) {
            count--; // the longer prefix that begins here wins
        }
        final boolean isSame = count > 0 && deepNode == 0 && deepNodes[count - 1] == 0 && values[count - 1] == value;
        if (!isSame) {
            keys[count] = key;
            values[count] = value;
            deepNodes[count] = deepNode;
            count++;
        }
    }
}
