package io.vireo.dataplane.tables;

/**
 * The nodes that lookups walk. After Poptrie (Asai and Ohara, SIGCOMM 2015: direct pointing, strides of 6 bits,
 * population count, leaf compression), with two deviations: a node's leaves and children stand in one run-compressed
 * array behind its bitmap, so a node costs 8 bytes instead of 24, a change touches one node instead of an array of
 * siblings, and bitmap and entry mostly share a cache line; and sparse regions become a sorted array of ranges (as in
 * DXR, Zec, Rizzo and Mikuc, CCR 2012), which spares the chains of nearly empty nodes that make small tables large.
 *
 * <p>An <b>entry</b> is an int, replaced by a single store:
 * <pre>
 *    31 30 29    25 24                    0
 *   +--+--------------------------------- +
 *   |0 | value, 0 = no route              |   leaf
 *   +--+--+--------+----------------------+
 *   |1 |0 | level  | offset, 8-byte units |   block: splits the 6 bits from bit 6 × level on
 *   |1 |1 | level  | offset, 8-byte units |   bucket: everything below bit 6 × level, in sorted ranges
 *   |1 |0 | 31     | number               |   direct: the first 18 bits index 2^18 entries; only as a root
 *   +--+--+--------+----------------------+
 * </pre>
 *
 * A <b>block</b>: slot s (0 to 63) has entry number popcount(starts, bits 0 to s) - 1. Slots of equal leaves share one.
 * <pre>
 *   +----------------+--------+--------+---
 *   | starts: 64 bit | entry0 | entry1 | …     bit s set: slot s differs from slot s - 1; bit 0 always set
 *   +----------------+--------+--------+---
 * </pre>
 *
 * A <b>bucket</b>: key k has entry number (how many keys are ≤ k, unsigned).
 * <pre>
 *   +---+------+---+------+--------+---+--------+
 *   | n | key1 | … | keyn | entry0 | … | entryn |
 *   +---+------+---+------+--------+---+--------+
 * </pre>
 * IPv4: a key is a whole address, and entries are leaves. IPv6: a key is the 30 bits from bit 6 × level on; an entry that
 * is a node goes on at bit 6 × level + 30.
 *
 * <p>Once published, a node changes only by the release store of one entry; what else changes makes a new node.
 */
final class Nodes {
    static final int STRIDE = 6;
    static final int SLOTS = 1 << STRIDE;
    static final int DIRECT_BITS = 18;
    static final int DIRECT_SLOTS = 1 << DIRECT_BITS;
    static final int DIRECT_BYTES = DIRECT_SLOTS * Integer.BYTES;

    static final int MAX_VALUE = (1 << 30) - 1;
    static final int NODE = 1 << 31;
    static final int BUCKET = 1 << 30;
    static final int LEVEL_SHIFT = 25;
    static final int LEVEL_MASK = 31;
    static final int OFFSET_MASK = (1 << LEVEL_SHIFT) - 1;
    static final int DIRECT = NODE | (LEVEL_MASK << LEVEL_SHIFT);
    /** The bits above the offset, shifted down: what says "direct". */
    static final int DIRECT_TAG = DIRECT >>> LEVEL_SHIFT;
    /** No entry: the answer of what could not be built. */
    static final int FAILED = DIRECT | BUCKET;

    static final int BLOCK_ENTRIES = Long.BYTES;
    static final int BUCKET_KEYS = Integer.BYTES;
    /** The most lookup memory that an entry's offset reaches, bytes. */
    static final long MAX_BYTES = (OFFSET_MASK + 1L) << SlabPool.GRANULE_SHIFT;

    private final SlabPool slab;
    private final FixedPool directs;
    private final long base;

    Nodes(final SlabPool slab, final FixedPool directs) {
        this.slab = slab;
        this.directs = directs;
        base = slab.base();
    }

    static boolean isNode(final int entry) {
        return entry < 0;
    }

    static boolean isDirect(final int entry) {
        return entry >>> LEVEL_SHIFT == DIRECT_TAG;
    }

    static boolean isBlock(final int entry) {
        return (entry & (NODE | BUCKET)) == NODE && !isDirect(entry);
    }

    static boolean isBucket(final int entry) {
        return (entry & (NODE | BUCKET)) == (NODE | BUCKET);
    }

    /** The address of a block or bucket. */
    long address(final int entry) {
        return base + ((long) (entry & OFFSET_MASK) << SlabPool.GRANULE_SHIFT);
    }

    long directAddress(final int entry) {
        return directs.address(entry & OFFSET_MASK);
    }

    int childCount(final int entry) {
        if (isDirect(entry)) {
            return DIRECT_SLOTS;
        }
        final long node = address(entry);
        return isBucket(entry) ? OffHeap.getInt(node) + 1 : Long.bitCount(OffHeap.getLong(node));
    }

    /** Where the entries of a node stand, {@link #childCount} ints. */
    long children(final int entry) {
        if (isDirect(entry)) {
            return directAddress(entry);
        }
        final long node = address(entry);
        return isBucket(entry) ? bucketEntries(node, OffHeap.getInt(node)) : node + BLOCK_ENTRIES;
    }

    static long bucketEntries(final long bucket, final int keys) {
        return bucket + BUCKET_KEYS + (long) keys * Integer.BYTES;
    }

    /** Where the entry of a key stands in a bucket. */
    long bucketEntry(final int bucket, final long key) {
        final long node = address(bucket);
        final int keys = OffHeap.getInt(node);
        int index = 0;
        while (index < keys && bucketKey(bucket, index + 1) <= key) {
            index++;
        }
        return bucketEntries(node, keys) + (long) index * Integer.BYTES;
    }

    /** A bucket's key, 1 to the number of keys. */
    long bucketKey(final int bucket, final int index) {
        return Integer.toUnsignedLong(OffHeap.getInt(address(bucket) + (long) index * Integer.BYTES));
    }

    /** Where the entry of a slot stands in a block. */
    long blockEntry(final int block, final int slot) {
        final long node = address(block);
        return node
                + BLOCK_ENTRIES
                - Integer.BYTES
                + (long) Long.bitCount(OffHeap.getLong(node) << ~slot) * Integer.BYTES;
    }

    /** Writes a block's 64 slots out, an int each. */
    void expand(final int block, final long slots) {
        final long node = address(block);
        final long starts = OffHeap.getLong(node);
        long entry = node + BLOCK_ENTRIES - Integer.BYTES;
        for (int slot = 0; slot < SLOTS; slot++) {
            entry += ((starts >>> slot) & 1) * Integer.BYTES;
            OffHeap.putInt(slots + (long) slot * Integer.BYTES, OffHeap.getInt(entry));
        }
    }

    /** The bitmap of 64 slots: where a slot differs from the one before. */
    static long starts(final long slots) {
        long starts = 1;
        int previous = OffHeap.getInt(slots);
        for (int slot = 1; slot < SLOTS; slot++) {
            final int entry = OffHeap.getInt(slots + (long) slot * Integer.BYTES);
            starts |= (entry != previous ? 1L : 0L) << slot;
            previous = entry;
        }
        return starts;
    }

    long blockStarts(final int block) {
        return OffHeap.getLong(address(block));
    }

    /** {@return the block's entry, or {@link #FAILED}} */
    int newBlock(final long slots, final long starts, final int level) {
        final int offset = slab.allocate(granules(BLOCK_ENTRIES + Long.bitCount(starts) * Integer.BYTES));
        if (offset < 0) {
            return FAILED;
        }
        final int block = NODE | (level << LEVEL_SHIFT) | offset;
        final long node = address(block);
        OffHeap.putLong(node, starts);
        long entry = node + BLOCK_ENTRIES;
        for (long left = starts; left != 0; left &= left - 1) {
            final int slot = Long.numberOfTrailingZeros(left);
            OffHeap.putInt(entry, OffHeap.getInt(slots + (long) slot * Integer.BYTES));
            entry += Integer.BYTES;
        }
        return block;
    }

    /** Stores what differs into a block whose bitmap stays: readers see the old or the new entry. */
    void updateBlock(final int block, final long slots, final long starts) {
        long entry = address(block) + BLOCK_ENTRIES;
        for (long left = starts; left != 0; left &= left - 1) {
            final int slot = Long.numberOfTrailingZeros(left);
            final int value = OffHeap.getInt(slots + (long) slot * Integer.BYTES);
            if (OffHeap.getInt(entry) != value) {
                OffHeap.putIntRelease(entry, value); // partner: the acquire loads of the lookups
            }
            entry += Integer.BYTES;
        }
    }

    /** {@return an empty bucket for so many keys, or {@link #FAILED}} */
    int newBucket(final int keys, final int level) {
        final int offset = slab.allocate(granules((2 * keys + 2) * Integer.BYTES));
        if (offset < 0) {
            return FAILED;
        }
        final int bucket = NODE | BUCKET | (level << LEVEL_SHIFT) | offset;
        OffHeap.putInt(address(bucket), keys);
        return bucket;
    }

    /** {@return a direct array with undefined content, or {@link #FAILED}} */
    int newDirect() {
        final int number = directs.allocate();
        return number == 0 ? FAILED : DIRECT | number;
    }

    /** Frees the node alone. */
    void free(final int entry) {
        if (isDirect(entry)) {
            directs.free(entry & OFFSET_MASK);
        } else {
            slab.free(entry & OFFSET_MASK);
        }
    }

    private static int granules(final int bytes) {
        return (bytes + (1 << SlabPool.GRANULE_SHIFT) - 1) >> SlabPool.GRANULE_SHIFT;
    }
}
