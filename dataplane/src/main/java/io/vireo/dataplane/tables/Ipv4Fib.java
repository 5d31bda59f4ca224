package io.vireo.dataplane.tables;

/**
 * IPv4 forwarding tables. Addresses are host-order ints: 10.0.0.1 is {@code 0x0A000001}. See {@link Fib} for the threading
 * contract and {@link Nodes} for the structure.
 */
public final class Ipv4Fib extends Fib {
    private static final int BITS = Integer.SIZE;
    private static final int DIRECT_SHIFT = BITS - Nodes.DIRECT_BITS;
    private static final int SLOT_SHIFT = BITS - Nodes.STRIDE;

    private final long roots;
    private final long nodes;
    private final long directs;

    public Ipv4Fib(final TableLimits limits, final QuiescentState quiescent) {
        super(false, limits, quiescent);
        roots = roots();
        nodes = nodesBase();
        directs = directsBase();
    }

    /**
     * Puts a route, in place of the one its prefix may have.
     *
     * @param length of the prefix in bits, 0 to 32; the address's bits beyond it must be 0
     * @param value 1 to 2^30 - 1
     * @param user 0 to 65535
     * @return ADDED, REPLACED, FULL or BUSY
     */
    public Change put(final int table, final int prefix, final int length, final int value, final int user) {
        checkPrefix(prefix, length);
        return putPrefix(table, hi(prefix), 0, length, value, user);
    }

    /** {@return REMOVED, ABSENT, BUSY, or FULL, which a removal meets only when a covering route takes a large part of the memory} */
    public Change remove(final int table, final int prefix, final int length) {
        checkPrefix(prefix, length);
        return removePrefix(table, hi(prefix), 0, length);
    }

    /** The value of exactly this prefix's route, or 0. */
    public int get(final int table, final int prefix, final int length) {
        checkPrefix(prefix, length);
        return getValue(table, hi(prefix), 0, length);
    }

    /** The user of exactly this prefix's route, or -1. */
    public int getUser(final int table, final int prefix, final int length) {
        checkPrefix(prefix, length);
        return getUserOf(table, hi(prefix), 0, length);
    }

    /**
     * Marks exactly this prefix's route, 0 to 255.
     *
     * @return false when there is none
     */
    public boolean mark(final int table, final int prefix, final int length, final int mark) {
        checkPrefix(prefix, length);
        return markPrefix(table, hi(prefix), 0, length, mark);
    }

    /**
     * The value of the longest prefix that covers an address, or 0. Any reader.
     *
     * @param table from {@link #newTable}; not checked
     */
    public int lookup(final int table, final int address) {
        int entry = first(table, address);
        while (entry < 0) {
            entry = step(entry, address);
        }
        return entry;
    }

    /**
     * Looks {@code count} addresses up, each in its own table. Any reader. Faster than one by one: the lookups go down
     * side by side, so that their cache misses overlap.
     */
    public void lookupBatch(final int[] tables, final int[] addresses, final int[] values, final int count) {
        int deeper = 0;
        for (int i = 0; i < count; i++) {
            final int entry = first(tables[i], addresses[i]);
            values[i] = entry;
            deeper |= entry;
        }
        while (deeper < 0) {
            deeper = 0;
            for (int i = 0; i < count; i++) {
                int entry = values[i];
                if (entry < 0) {
                    entry = step(entry, addresses[i]);
                    values[i] = entry;
                    deeper |= entry;
                }
            }
        }
    }

    /** The root's entry, or its direct array's. */
    private int first(final int table, final int address) {
        // Acquire: partners are the release stores of FibUpdater, after which a node is complete.
        final int root = OffHeap.getIntAcquire(roots + (long) table * Integer.BYTES);
        if (root >>> Nodes.LEVEL_SHIFT != Nodes.DIRECT_TAG) {
            return root;
        }
        final long direct = directs + (long) (root & Nodes.OFFSET_MASK) * Nodes.DIRECT_BYTES;
        return OffHeap.getIntAcquire(direct + (long) (address >>> DIRECT_SHIFT) * Integer.BYTES);
    }

    private int step(final int entry, final int address) {
        final long node = nodes + ((long) (entry & Nodes.OFFSET_MASK) << SlabPool.GRANULE_SHIFT);
        if ((entry & Nodes.BUCKET) != 0) {
            return searchBucket(node, address);
        }
        final int depth = ((entry >>> Nodes.LEVEL_SHIFT) & Nodes.LEVEL_MASK) * Nodes.STRIDE;
        final int slot = (address << depth) >>> SLOT_SHIFT;
        final int rank = Long.bitCount(OffHeap.getLong(node) << ~slot);
        return OffHeap.getIntAcquire(node + Nodes.BLOCK_ENTRIES - Integer.BYTES + (long) rank * Integer.BYTES);
    }

    /** Binary search without branches on data: how many keys are not above the address. */
    private static int searchBucket(final long node, final int address) {
        final int keys = OffHeap.getInt(node);
        final long key = Integer.toUnsignedLong(address);
        int index = 0;
        int left = keys;
        while (left > 0) {
            final int half = (left + 1) >>> 1;
            final long probe = Integer.toUnsignedLong(OffHeap.getInt(node + (long) (index + half) * Integer.BYTES));
            index += half & (int) ~((key - probe) >> 63);
            left -= half;
        }
        return OffHeap.getIntAcquire(Nodes.bucketEntries(node, keys) + (long) index * Integer.BYTES);
    }

    private static long hi(final int prefix) {
        return (long) prefix << Integer.SIZE;
    }

    private static void checkPrefix(final int prefix, final int length) {
        if (length < 0 || length > BITS) {
            throw new IllegalArgumentException("IPv4 prefix length must be 0 to 32: " + length);
        }
        if ((hi(prefix) & ~Prefixes.maskHi(length)) != 0) {
            throw new IllegalArgumentException(
                    "prefix 0x" + Integer.toHexString(prefix) + " has bits beyond its length " + length);
        }
    }
}
