package io.vireo.dataplane.tables;

/**
 * IPv6 forwarding tables. An address is two host-order longs: 2001:db8::1 is {@code 0x2001_0db8_0000_0000L, 1}. See
 * {@link Fib} for the threading contract and {@link Nodes} for the structure.
 */
public final class Ipv6Fib extends Fib {
    private static final int BITS = 128;
    private static final int SLOT_SHIFT = Long.SIZE - Nodes.STRIDE;
    private static final int KEY_SHIFT = Long.SIZE - RegionRoutes.windowBits(true);

    /** Lookups that go side by side: enough for as many cache misses as a core can wait for, few enough for its L1. */
    private static final int CHUNK = 64;

    /** A batch in which no more than this go on ends them one by one. */
    private static final int FEW = 8;

    private final long roots;
    private final long nodes;

    public Ipv6Fib(TableLimits limits, QuiescentState quiescent) {
        super(true, limits, quiescent);
        roots = rootsBase();
        nodes = nodesBase();
    }

    /**
     * Puts a route, in place of the one its prefix may have.
     *
     * @param length of the prefix in bits, 0 to 128; the address's bits beyond it must be 0
     * @param value 1 to 2^30 - 1
     * @param user 0 to 65535
     * @return ADDED, REPLACED, FULL or BUSY
     */
    public RouteChange put(int table, long hi, long lo, int length, int value, int user) {
        checkPrefix(hi, lo, length);
        return putPrefix(table, hi, lo, length, value, user);
    }

    /** {@return REMOVED, ABSENT, BUSY, or FULL, which a removal meets only when a covering route takes a large part of the memory} */
    public RouteChange remove(int table, long hi, long lo, int length) {
        checkPrefix(hi, lo, length);
        return removePrefix(table, hi, lo, length);
    }

    /** The value of exactly this prefix's route, or 0. */
    public int get(int table, long hi, long lo, int length) {
        checkPrefix(hi, lo, length);
        return getValue(table, hi, lo, length);
    }

    /** The user of exactly this prefix's route, or -1. */
    public int getUser(int table, long hi, long lo, int length) {
        checkPrefix(hi, lo, length);
        return getUserOf(table, hi, lo, length);
    }

    /**
     * Marks exactly this prefix's route, 0 to 255.
     *
     * @return false when there is none
     */
    public boolean mark(int table, long hi, long lo, int length, int mark) {
        checkPrefix(hi, lo, length);
        return markPrefix(table, hi, lo, length, mark);
    }

    /**
     * The value of the longest prefix that covers an address, or 0. Any reader.
     *
     * @param table from {@link #newTable}; not checked
     */
    public int lookup(int table, long hi, long lo) {
        int entry = first(table, hi);
        while (entry < 0) {
            entry = step(entry, hi, lo);
        }
        return entry;
    }

    /** Looks {@code count} addresses up, each in its own table, side by side. Any reader. */
    public void lookupBatch(int[] tables, long[] his, long[] los, int[] values, int count) {
        for (int from = 0; from < count; from += CHUNK) {
            int to = Math.min(count, from + CHUNK);
            int descending = first(tables, his, values, from, to);
            while (descending > FEW) {
                Nodes.touch(nodes, values, from, to);
                descending = step(his, los, values, from, to);
            }
            if (descending > 0) {
                Nodes.touch(nodes, values, from, to);
                finish(his, los, values, from, to);
            }
        }
    }

    /** Begins some lookups. {@return how many go on} */
    private int first(int[] tables, long[] his, int[] values, int from, int to) {
        int descending = 0;
        for (int i = from; i < to; i++) {
            int entry = first(tables[i], his[i]);
            values[i] = entry;
            descending += entry >>> (Integer.SIZE - 1);
        }
        return descending;
    }

    /** Takes those lookups a node further that are not at a leaf. {@return how many go on} */
    private int step(long[] his, long[] los, int[] values, int from, int to) {
        int descending = 0;
        for (int i = from; i < to; i++) {
            if (values[i] < 0) {
                int entry = step(values[i], his[i], los[i]);
                values[i] = entry;
                descending += entry >>> (Integer.SIZE - 1);
            }
        }
        return descending;
    }

    /** Ends lookups one by one. */
    private void finish(long[] his, long[] los, int[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            int entry = values[i];
            while (entry < 0) {
                entry = step(entry, his[i], los[i]);
            }
            values[i] = entry;
        }
    }

    /** The entry of a table's array. */
    private int first(int table, long hi) {
        // Plain loads, here and below, as in Ipv4Fib.
        long root = OffHeap.getLong(roots + (long) table * Roots.RECORD_BYTES);
        long index = (hi >>> 1) >>> Roots.shift(root);
        return OffHeap.getInt(Roots.array(root) + index * Integer.BYTES);
    }

    /** The entry that follows a block or bucket. */
    private int step(int entry, long hi, long lo) {
        long node = nodes + ((long) (entry & Nodes.OFFSET_MASK) << SlabPool.GRANULE_SHIFT);
        int depth = Nodes.depthField(entry) * Nodes.STRIDE;
        long aligned = depth < 64 ? (hi << depth) | ((lo >>> 1) >>> (63 - depth)) : lo << (depth - 64);
        if ((entry & Nodes.BLOCK) == 0) {
            return OffHeap.getInt(Nodes.entryOfKey(node, (int) (aligned >>> KEY_SHIFT)));
        }
        return OffHeap.getInt(Nodes.entryOfSlot(node, (int) (aligned >>> SLOT_SHIFT)));
    }

    private static void checkPrefix(long hi, long lo, int length) {
        if (length < 0 || length > BITS) {
            throw new IllegalArgumentException("IPv6 prefix length must be 0 to 128: " + length);
        }
        if ((hi & ~Prefixes.maskHi(length)) != 0 || (lo & ~Prefixes.maskLo(length)) != 0) {
            throw new IllegalArgumentException("prefix 0x" + Long.toHexString(hi) + " 0x" + Long.toHexString(lo)
                    + " has bits beyond its length " + length);
        }
    }
}
