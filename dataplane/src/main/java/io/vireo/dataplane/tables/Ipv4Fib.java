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

    public Ipv4Fib(TableLimits limits, QuiescentState quiescent) {
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
    public RouteChange put(int table, int prefix, int length, int value, int user) {
        checkPrefix(prefix, length);
        return putPrefix(table, hi(prefix), 0, length, value, user);
    }

    /** {@return REMOVED, ABSENT, BUSY, or FULL, which a removal meets only when a covering route takes a large part of the memory} */
    public RouteChange remove(int table, int prefix, int length) {
        checkPrefix(prefix, length);
        return removePrefix(table, hi(prefix), 0, length);
    }

    /** The value of exactly this prefix's route, or 0. */
    public int get(int table, int prefix, int length) {
        checkPrefix(prefix, length);
        return getValue(table, hi(prefix), 0, length);
    }

    /** The user of exactly this prefix's route, or -1. */
    public int getUser(int table, int prefix, int length) {
        checkPrefix(prefix, length);
        return getUserOf(table, hi(prefix), 0, length);
    }

    /**
     * Marks exactly this prefix's route, 0 to 255.
     *
     * @return false when there is none
     */
    public boolean mark(int table, int prefix, int length, int mark) {
        checkPrefix(prefix, length);
        return markPrefix(table, hi(prefix), 0, length, mark);
    }

    /**
     * The value of the longest prefix that covers an address, or 0. Any reader.
     *
     * @param table from {@link #newTable}; not checked
     */
    public int lookup(int table, int address) {
        int entry = first(root(table), address);
        while (entry < 0) {
            entry = step(entry, address);
        }
        return entry;
    }

    /**
     * Looks {@code count} addresses up, each in its own table. Any reader. Faster than one by one: the lookups go down
     * side by side, in loops that are short, so that their cache misses overlap: what waits for memory fills a processor's
     * queues, so a long loop has few lookups under way. What decides where a lookup goes is computed, not branched on: a
     * branch here would be a guess, and a wrong one costs more than the few instructions.
     */
    public void lookupBatch(int[] tables, int[] addresses, int[] values, int count) {
        for (int from = 0; from < count; from += CHUNK) {
            int to = Math.min(count, from + CHUNK);
            int met = IntArrays.isUniform(tables, from, to)
                    ? passBlocksOfOne(tables[from], addresses, values, from, to)
                    : passBlocksOfMany(tables, addresses, values, from, to);
            if (met < 0) {
                Nodes.touchBuckets(nodes, values, from, to);
                entriesOfBuckets(addresses, values, from, to);
            }
        }
    }

    /** Brings lookups in one table to a leaf or a bucket. {@return all the entries, or'ed together} */
    private int passBlocksOfOne(int table, int[] addresses, int[] values, int from, int to) {
        int met = firstOfOne(table, addresses, values, from, to);
        while ((met & Nodes.BLOCK) != 0) {
            rankInBlocks(addresses, values, from, to);
            met = entriesOfBlocks(values, from, to);
        }
        return met;
    }

    /**
     * The same for lookups each in its table. Those are mostly small and lead to a bucket at once: here it is cheaper to step
     * over what is no block.
     */
    private int passBlocksOfMany(int[] tables, int[] addresses, int[] values, int from, int to) {
        int met = firstOfMany(tables, addresses, values, from, to);
        while ((met & Nodes.BLOCK) != 0) {
            met = stepInBlocks(addresses, values, from, to);
        }
        return met;
    }

    /** Begins some lookups in one table. {@return all the entries, or'ed together} */
    private int firstOfOne(int table, int[] addresses, int[] values, int from, int to) {
        long root = root(table);
        int met = 0;
        for (int i = from; i < to; i++) {
            int entry = first(root, addresses[i]);
            values[i] = entry;
            met |= entry;
        }
        return met;
    }

    /** Begins some lookups, each in its table. {@return all the entries, or'ed together} */
    private int firstOfMany(int[] tables, int[] addresses, int[] values, int from, int to) {
        int met = 0;
        for (int i = from; i < to; i++) {
            int entry = first(root(tables[i]), addresses[i]);
            values[i] = entry;
            met |= entry;
        }
        return met;
    }

    /**
     * Adds to each block's entry where in the nodes the entry stands that follows: see {@link Nodes#entryAt}. The rest stays: what
     * is no block reads zeros, whose rank is 0. So little waits for memory: a shift, a count, a sum and a store.
     */
    private void rankInBlocks(int[] addresses, int[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            int entry = values[i];
            int ifBlock = ifBlock(entry);
            int offset = entry & ifBlock & Nodes.OFFSET_MASK;
            int unranked = (entry & ~(ifBlock & Nodes.POSITION_MASK)) + Nodes.position(offset);
            values[i] = unranked + Nodes.rank(node(offset), slot(entry, addresses[i]));
        }
    }

    /** Puts in the place of what {@link #rankInBlocks} found the entry itself. {@return all entries, or'ed together} */
    private int entriesOfBlocks(int[] values, int from, int to) {
        int met = 0;
        for (int i = from; i < to; i++) {
            int found = values[i];
            int ifBlock = ifBlock(found);
            int below = Nodes.entryAt(nodes, found & ifBlock & Nodes.POSITION_MASK);
            int entry = (found & ~ifBlock) | below; // of no block zeros are below
            values[i] = entry;
            met |= entry;
        }
        return met;
    }

    /** Takes those lookups further that are at a block. {@return all the entries, or'ed together} */
    private int stepInBlocks(int[] addresses, int[] values, int from, int to) {
        int met = 0;
        for (int i = from; i < to; i++) {
            if ((values[i] & Nodes.BLOCK) != 0) {
                values[i] = entryInBlock(values[i], addresses[i]);
            }
            met |= values[i];
        }
        return met;
    }

    /** Ends the lookups that have come to a bucket; there is no block any more. */
    private void entriesOfBuckets(int[] addresses, int[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            if (values[i] < 0) {
                values[i] = entryInBucket(values[i], addresses[i]);
            }
        }
    }

    /** All bits set when an entry is a block's, else none: of a leaf and of a bucket bit 30 is 0. */
    private static int ifBlock(int entry) {
        return (entry << 1) >> (Integer.SIZE - 1);
    }

    private long root(int table) {
        // Plain loads, here and below; partners are the release stores of FibUpdater and Roots, after which a node is
        // complete.
        // Each load's address comes out of the one before, so none can overtake it.
        return OffHeap.getLong(roots + (long) table * Roots.RECORD_BYTES);
    }

    /** The entry of a table's array. */
    private static int first(long root, int address) {
        long index = Integer.toUnsignedLong(address) >>> Roots.shift(root);
        return OffHeap.getInt(Roots.array(root) + index * Integer.BYTES);
    }

    /** The entry that follows a block or bucket. */
    private int step(int entry, int address) {
        return (entry & Nodes.BLOCK) == 0 ? entryInBucket(entry, address) : entryInBlock(entry, address);
    }

    private int entryInBlock(int block, int address) {
        return OffHeap.getInt(Nodes.entryOfSlot(node(block), slot(block, address)));
    }

    private int entryInBucket(int bucket, int address) {
        return OffHeap.getInt(Nodes.entryOfKey(node(bucket), address));
    }

    private long node(int entry) {
        return nodes + ((long) (entry & Nodes.OFFSET_MASK) << SlabPool.GRANULE_SHIFT);
    }

    /** The slot of an address in a block, from the depth in its entry's upper bits: a shift ignores what is above. */
    private static int slot(int block, int address) {
        return (address << (block >>> Nodes.DEPTH_SHIFT)) >>> SLOT_SHIFT;
    }

    private static long hi(int prefix) {
        return (long) prefix << Integer.SIZE;
    }

    private static void checkPrefix(int prefix, int length) {
        if (length < 0 || length > BITS) {
            throw new IllegalArgumentException("IPv4 prefix length must be 0 to 32: " + length);
        }
        if ((hi(prefix) & ~Prefixes.maskHi(length)) != 0) {
            throw new IllegalArgumentException(
                    "prefix 0x" + Integer.toHexString(prefix) + " has bits beyond its length " + length);
        }
    }
}
