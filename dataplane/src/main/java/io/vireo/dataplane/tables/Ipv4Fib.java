package io.vireo.dataplane.tables;

/**
 * IPv4 forwarding tables. Addresses are host-order ints: 10.0.0.1 is {@code 0x0A000001}. See {@link Fib} for the threading
 * contract and {@link Nodes} for the structure.
 */
public final class Ipv4Fib extends Fib {
    private static final int BITS = Integer.SIZE;
    private static final int SLOT_SHIFT = BITS - Nodes.STRIDE;

    /** Lookups that go side by side: enough for as many cache misses as a core can wait for, few enough for its L1. */
    private static final int CHUNK = 64;

    private final long roots;
    private final long nodes;

    public Ipv4Fib(final TableLimits limits, final QuiescentState quiescent) {
        super(false, limits, quiescent);
        roots = rootsBase();
        nodes = nodesBase();
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
        for (int from = 0; from < count; from += CHUNK) {
            final int to = Math.min(count, from + CHUNK);
            if (first(tables, addresses, values, from, to)) {
                Nodes.touch(nodes, values, from, to);
                if (step(addresses, values, from, to)) {
                    Nodes.touch(nodes, values, from, to);
                    finish(addresses, values, from, to);
                }
            }
        }
    }

    /** Begins some lookups. {@return whether any goes on} */
    private boolean first(final int[] tables, final int[] addresses, final int[] values, final int from, final int to) {
        int any = 0;
        for (int i = from; i < to; i++) {
            final int entry = first(tables[i], addresses[i]);
            values[i] = entry;
            any |= entry;
        }
        return any < 0;
    }

    /** Takes those lookups a node further that are not at a leaf. {@return whether any goes on} */
    private boolean step(final int[] addresses, final int[] values, final int from, final int to) {
        int any = 0;
        for (int i = from; i < to; i++) {
            if (values[i] < 0) {
                final int entry = step(values[i], addresses[i]);
                values[i] = entry;
                any |= entry;
            }
        }
        return any < 0;
    }

    /** Ends lookups one by one: few go on after two nodes. */
    private void finish(final int[] addresses, final int[] values, final int from, final int to) {
        for (int i = from; i < to; i++) {
            int entry = values[i];
            while (entry < 0) {
                entry = step(entry, addresses[i]);
            }
            values[i] = entry;
        }
    }

    /** The entry of a table's array. */
    private int first(final int table, final int address) {
        // Plain loads, here and below; partners are the release stores of FibUpdater and Roots, after which a node is
        // complete.
        // Each load's address comes out of the one before, so none can overtake it.
        final long root = OffHeap.getLong(roots + (long) table * Roots.RECORD_BYTES);
        final long index = Integer.toUnsignedLong(address) >>> Roots.shift(root);
        return OffHeap.getInt(Roots.array(root) + index * Integer.BYTES);
    }

    /** The entry that follows a block or bucket. */
    private int step(final int entry, final int address) {
        final long node = nodes + ((long) (entry & Nodes.OFFSET_MASK) << SlabPool.GRANULE_SHIFT);
        if ((entry & Nodes.BUCKET) != 0) {
            return OffHeap.getInt(Nodes.entryOfKey(node, address));
        }
        final int slot = (address << (Nodes.level(entry) * Nodes.STRIDE)) >>> SLOT_SHIFT;
        return OffHeap.getInt(Nodes.entryOfSlot(node, slot));
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
