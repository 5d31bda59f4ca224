package io.vireo.dataplane.tables;

/**
 * IPv6 forwarding tables. An address is two host-order longs: 2001:db8::1 is {@code 0x2001_0db8_0000_0000L, 1}. See
 * {@link Fib} for the threading contract and {@link Nodes} for the structure.
 */
public final class Ipv6Fib extends Fib {
    private static final int BITS = 128;
    private static final int DIRECT_SHIFT = Long.SIZE - Nodes.DIRECT_BITS;
    private static final int SLOT_SHIFT = Long.SIZE - Nodes.STRIDE;
    private static final int KEY_SHIFT = Long.SIZE - Ranges.windowBits(true);

    private final long roots;
    private final long nodes;
    private final long directs;

    public Ipv6Fib(final TableLimits limits, final QuiescentState quiescent) {
        super(true, limits, quiescent);
        roots = roots();
        nodes = nodesBase();
        directs = directsBase();
    }

    /**
     * Puts a route, in place of the one its prefix may have.
     *
     * @param length of the prefix in bits, 0 to 128; the address's bits beyond it must be 0
     * @param value 1 to 2^30 - 1
     * @param user 0 to 65535
     * @return ADDED, REPLACED, FULL or BUSY
     */
    public Change put(
            final int table, final long hi, final long lo, final int length, final int value, final int user) {
        checkPrefix(hi, lo, length);
        return putPrefix(table, hi, lo, length, value, user);
    }

    /** {@return REMOVED, ABSENT, BUSY, or FULL, which a removal meets only when a covering route takes a large part of the memory} */
    public Change remove(final int table, final long hi, final long lo, final int length) {
        checkPrefix(hi, lo, length);
        return removePrefix(table, hi, lo, length);
    }

    /** The value of exactly this prefix's route, or 0. */
    public int get(final int table, final long hi, final long lo, final int length) {
        checkPrefix(hi, lo, length);
        return getValue(table, hi, lo, length);
    }

    /** The user of exactly this prefix's route, or -1. */
    public int getUser(final int table, final long hi, final long lo, final int length) {
        checkPrefix(hi, lo, length);
        return getUserOf(table, hi, lo, length);
    }

    /**
     * Marks exactly this prefix's route, 0 to 255.
     *
     * @return false when there is none
     */
    public boolean mark(final int table, final long hi, final long lo, final int length, final int mark) {
        checkPrefix(hi, lo, length);
        return markPrefix(table, hi, lo, length, mark);
    }

    /**
     * The value of the longest prefix that covers an address, or 0. Any reader.
     *
     * @param table from {@link #newTable}; not checked
     */
    public int lookup(final int table, final long hi, final long lo) {
        int entry = first(table, hi);
        while (entry < 0) {
            entry = step(entry, hi, lo);
        }
        return entry;
    }

    /** Looks {@code count} addresses up, each in its own table, side by side. Any reader. */
    public void lookupBatch(
            final int[] tables, final long[] his, final long[] los, final int[] values, final int count) {
        int deeper = 0;
        for (int i = 0; i < count; i++) {
            final int entry = first(tables[i], his[i]);
            values[i] = entry;
            deeper |= entry;
        }
        while (deeper < 0) {
            deeper = 0;
            for (int i = 0; i < count; i++) {
                int entry = values[i];
                if (entry < 0) {
                    entry = step(entry, his[i], los[i]);
                    values[i] = entry;
                    deeper |= entry;
                }
            }
        }
    }

    /** The root's entry, or its direct array's. */
    private int first(final int table, final long hi) {
        // Acquire: partners are the release stores of FibUpdater, after which a node is complete.
        final int root = OffHeap.getIntAcquire(roots + (long) table * Integer.BYTES);
        if (root >>> Nodes.LEVEL_SHIFT != Nodes.DIRECT_TAG) {
            return root;
        }
        final long direct = directs + (long) (root & Nodes.OFFSET_MASK) * Nodes.DIRECT_BYTES;
        return OffHeap.getIntAcquire(direct + (hi >>> DIRECT_SHIFT) * Integer.BYTES);
    }

    private int step(final int entry, final long hi, final long lo) {
        final long node = nodes + ((long) (entry & Nodes.OFFSET_MASK) << SlabPool.GRANULE_SHIFT);
        final int depth = ((entry >>> Nodes.LEVEL_SHIFT) & Nodes.LEVEL_MASK) * Nodes.STRIDE;
        final long aligned = depth < 64 ? (hi << depth) | ((lo >>> 1) >>> (63 - depth)) : lo << (depth - 64);
        if ((entry & Nodes.BUCKET) != 0) {
            return searchBucket(node, aligned >>> KEY_SHIFT);
        }
        final int slot = (int) (aligned >>> SLOT_SHIFT);
        final int rank = Long.bitCount(OffHeap.getLong(node) << ~slot);
        return OffHeap.getIntAcquire(node + Nodes.BLOCK_ENTRIES - Integer.BYTES + (long) rank * Integer.BYTES);
    }

    /** Binary search without branches on data: how many keys are not above this one. */
    private static int searchBucket(final long node, final long key) {
        final int keys = OffHeap.getInt(node);
        int index = 0;
        int left = keys;
        while (left > 0) {
            final int half = (left + 1) >>> 1;
            final long probe = OffHeap.getInt(node + (long) (index + half) * Integer.BYTES);
            index += half & (int) ~((key - probe) >> 63);
            left -= half;
        }
        return OffHeap.getIntAcquire(Nodes.bucketEntries(node, keys) + (long) index * Integer.BYTES);
    }

    private static void checkPrefix(final long hi, final long lo, final int length) {
        if (length < 0 || length > BITS) {
            throw new IllegalArgumentException("IPv6 prefix length must be 0 to 128: " + length);
        }
        if ((hi & ~Prefixes.maskHi(length)) != 0 || (lo & ~Prefixes.maskLo(length)) != 0) {
            throw new IllegalArgumentException("prefix 0x" + Long.toHexString(hi) + " 0x" + Long.toHexString(lo)
                    + " has bits beyond its length " + length);
        }
    }
}
