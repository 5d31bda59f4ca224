package io.vireo.dataplane.tables;

/**
 * The nodes that lookups walk. After Poptrie (Asai and Ohara, SIGCOMM 2015: direct pointing, strides of 6 bits,
 * population count, leaf compression), with two deviations: a node's leaves and children stand in one run-compressed
 * array behind its bitmap, so a node costs 8 bytes instead of 24, a change touches one node instead of an array of
 * siblings, and bitmap and entry mostly share a cache line; and sparse regions
 * become a short list of routes, which spares the chains of nearly empty nodes that make small tables large.
 *
 * <p>An <b>entry</b> is an int, replaced by a single store:
 * <pre>
 *    31 30 29    25 24                    0
 *   +--+--+--------------------------------+
 *   |0 |0 | value, 0 = no route            |   leaf
 *   +--+--+--------+-----------------------+
 *   |1 |1 | depth  | offset, 8-byte units  |   block: splits the 6 bits from bit {@code depth} on
 *   |1 |0 | depth  | offset, 8-byte units  |   bucket: all routes longer than {@code depth} bits, as a list
 *   +--+--+--------+-----------------------+
 *   |1 |0 | 30     | offset, 8-byte units  |   array of 2^6 entries:  only named by {@link Roots}, never met by a
 *   |1 |0 | 31     | number                |   array of 2^18 entries: lookup on its way
 *   +--+--+--------+-----------------------+
 * </pre>
 * Depth is counted in bits for IPv4 (0 to 30 for a block, 0 to 24 for a bucket), and in units of 6 bits for IPv6. So of many
 * entries or'ed together bit 31 tells whether there is a node among them, and bit 30 whether there is a block.
 *
 * A <b>block</b>: slot s (0 to 63) has entry number popcount(starts, bits 0 to s) - 1. Slots of equal leaves share one.
 * <pre>
 *   +----------------+--------+--------+---
 *   | starts: 64 bit | entry0 | entry1 | …     bit s set: slot s differs from slot s - 1; bit 0 always set
 *   +----------------+--------+--------+---
 * </pre>
 *
 * A <b>bucket</b>: up to {@value #MAX_ROUTES} routes, a longer one behind those that cover it. Route i matches key k when
 * {@code (k ^ key i) >>> shift i} is 0; the last that matches wins, else entry 0 holds. It fills one cache line at most.
 * <pre>
 *   +---+--------+---+--------+-------+------+---+------+--------+--------+---+--------+
 *   | n | shift1 | … | shiftn | 0 - 3 | key1 | … | keyn | entry0 | entry1 | … | entryn |
 *   +---+--------+---+--------+-------+------+---+------+--------+--------+---+--------+
 *     1 B  1 B each            to 4 B   4 B each          4 B each
 * </pre>
 * IPv4: a key is a whole address, and entries are leaves. IPv6: a key is the 30 bits from bit 6 × level on; an entry that
 * is a node goes on at bit 6 × level + 30.
 *
 * <p>Once published, a node changes only by the release store of one entry; what else changes makes a new node.
 */
final class Nodes {
    static final int STRIDE = 6;
    static final int SLOTS = 1 << STRIDE;
    static final int SMALL_ARRAY_BITS = STRIDE;
    static final int LARGE_ARRAY_BITS = 18;
    static final int LARGE_ARRAY_BYTES = (1 << LARGE_ARRAY_BITS) * Integer.BYTES;

    static final int MAX_VALUE = (1 << 30) - 1;
    static final int NODE = 1 << 31;
    /** Beside {@link #NODE}; alone it is a bucket or an array. */
    static final int BLOCK = 1 << 30;

    static final int DEPTH_SHIFT = 25;
    static final int OFFSET_MASK = (1 << DEPTH_SHIFT) - 1;
    static final int POSITION_MASK = BLOCK - 1;
    private static final int DEPTH_MASK = 31;
    /** No entry: the answer of what could not be built. */
    static final int FAILED = -1;

    /** Maximum routes of a bucket: as many as a cache line holds. */
    static final int MAX_ROUTES = 6;

    static final int BLOCK_ENTRIES = Long.BYTES;
    private static final int COUNT_MASK = 0xFF;

    /** The last int of as many bytes as a cache line has: where a small node's second line begins, if it has one. */
    private static final int LINE_END = 64 - Integer.BYTES;

    private static final int UNLIKELY = 0x5EED_CAFE;

    @SuppressWarnings("UnusedVariable")
    private static int touched;
    /** Maximum lookup memory that an entry's offset reaches, bytes. */
    static final long MAX_BYTES = (OFFSET_MASK + 1L) << SlabPool.GRANULE_SHIFT;

    private static final int SMALL_ARRAY = (NODE >>> DEPTH_SHIFT) | 30;
    private static final int LARGE_ARRAY = (NODE >>> DEPTH_SHIFT) | 31;

    private final SlabPool slab;
    private final FixedPool largeArrays;
    private final long base;
    private final int depthUnit;

    /** @param isWide IPv6 */
    Nodes(boolean isWide, SlabPool slab, FixedPool largeArrays) {
        depthUnit = isWide ? STRIDE : 1;
        this.slab = slab;
        this.largeArrays = largeArrays;
        base = slab.base();
    }

    static boolean isNode(int entry) {
        return entry < 0;
    }

    /** What an entry says of its depth: bits for IPv4, units of 6 bits for IPv6. */
    static int depthField(int entry) {
        return (entry >>> DEPTH_SHIFT) & DEPTH_MASK;
    }

    /** The bits of an address that are behind whoever meets a block or bucket. */
    int depth(int entry) {
        return depthField(entry) * depthUnit;
    }

    static boolean isBlock(int entry) {
        return (entry & (NODE | BLOCK)) == (NODE | BLOCK);
    }

    static boolean isBucket(int entry) {
        return (entry & (NODE | BLOCK)) == NODE && entry >>> DEPTH_SHIFT < SMALL_ARRAY;
    }

    private static boolean isArray(int entry) {
        return entry >>> DEPTH_SHIFT == SMALL_ARRAY || isLargeArray(entry);
    }

    /** How many of an address's first bits index an array: 6 or 18. */
    static int arrayBits(int array) {
        return isLargeArray(array) ? LARGE_ARRAY_BITS : SMALL_ARRAY_BITS;
    }

    /** The address of a node. */
    long address(int entry) {
        return isLargeArray(entry)
                ? largeArrays.address(entry & OFFSET_MASK)
                : base + ((long) (entry & OFFSET_MASK) << SlabPool.GRANULE_SHIFT);
    }

    private static boolean isLargeArray(int entry) {
        return entry >>> DEPTH_SHIFT == LARGE_ARRAY;
    }

    int childCount(int entry) {
        if (isArray(entry)) {
            return 1 << arrayBits(entry);
        }
        long head = OffHeap.getLong(address(entry));
        return isBucket(entry) ? ((int) head & COUNT_MASK) + 1 : Long.bitCount(head);
    }

    /** Where the entries of a node stand, {@link #childCount} ints. */
    long children(int entry) {
        long node = address(entry);
        if (isArray(entry)) {
            return node;
        }
        if (!isBucket(entry)) {
            return node + BLOCK_ENTRIES;
        }
        int count = (int) OffHeap.getLong(node) & COUNT_MASK;
        return node + keysOffset(count) + (long) count * Integer.BYTES;
    }

    /** Where the entry of a key stands in a bucket. */
    long bucketEntry(int bucket, int key) {
        return entryOfKey(address(bucket), key);
    }

    /** Where the entry of a slot stands in a block. */
    long blockEntry(int block, int slot) {
        return entryOfSlot(address(block), slot);
    }

    /** For lookups: where the entry of a slot (0 to 63; higher bits are ignored) stands in a block. */
    static long entryOfSlot(long block, int slot) {
        return block + BLOCK_ENTRIES + (rank(block, slot) - 1L) * Integer.BYTES;
    }

    /** For lookups: a slot's entry in a block is the how many-th, from 1 on. */
    static int rank(long block, int slot) {
        return Long.bitCount(OffHeap.getLong(block) << ~slot);
    }

    /** For lookups: a node's place in ints; a block's, with a {@link #rank} added, is its entry's for {@link #entryAt}. */
    static int position(int offset) {
        return offset << (SlabPool.GRANULE_SHIFT - 2);
    }

    /** For lookups: the entry at a block's position and a rank; 0 at position 0. */
    static int entryAt(long nodes, int position) {
        return OffHeap.getInt(nodes + BLOCK_ENTRIES - Integer.BYTES + (long) position * Integer.BYTES);
    }

    /**
     * For lookups: where the entry of a key stands in a bucket. Routes are compared three at a time, whether they exist or
     * not (what is read lies within the bucket), and a match is a bit, not a branch: branches here would be guesses.
     */
    static long entryOfKey(long bucket, int key) {
        long header = OffHeap.getLong(bucket);
        int count = (int) header & COUNT_MASK;
        long keys = bucket + keysOffset(count);
        long matches = 1; // stays on top: no route matches, entry 0
        matches = withMatch(matches, key, keys, header >>> Byte.SIZE);
        matches = withMatch(matches, key, keys + Integer.BYTES, header >>> (2 * Byte.SIZE));
        matches = withMatch(matches, key, keys + 2 * Integer.BYTES, header >>> (3 * Byte.SIZE));
        int compared = MAX_ROUTES / 2;
        if (count > compared) {
            matches = withMatch(matches, key, keys + 3 * Integer.BYTES, header >>> (4 * Byte.SIZE));
            matches = withMatch(matches, key, keys + 4 * Integer.BYTES, header >>> (5 * Byte.SIZE));
            matches = withMatch(matches, key, keys + 5 * Integer.BYTES, header >>> (6 * Byte.SIZE));
            compared = MAX_ROUTES;
        }
        int last = count - Long.numberOfTrailingZeros(matches >>> (compared - count));
        return keys + (long) (count + last) * Integer.BYTES;
    }

    /** Appends a bit: whether a key matches a route, the lowest byte of {@code shift} being the bits it leaves open. */
    private static long withMatch(long matches, int key, long routeKey, long shift) {
        long difference = Integer.toUnsignedLong(key ^ OffHeap.getInt(routeKey)) >>> shift;
        return (matches << 1) + ((difference - 1) >>> (Long.SIZE - 1));
    }

    /**
     * For lookups: has the nodes that a batch comes to next brought into the cache. A loop of plain loads has dozens of
     * cache misses under way at a time; the search itself, with its branches, only a few.
     */
    static void touch(long nodes, int[] entries, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            int entry = entries[i];
            long node = nodes + offsetOrZero(entry);
            sum += OffHeap.getInt(node) + OffHeap.getInt(node + LINE_END);
        }
        keep(sum);
    }

    /** As {@link #touch}, when there are only leaves and buckets: a bucket has but one line. */
    static void touchBuckets(long nodes, int[] entries, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += OffHeap.getInt(nodes + offsetOrZero(entries[i]));
        }
        keep(sum);
    }

    /** A node's offset, bytes; a leaf's is 0, where something always is. */
    private static long offsetOrZero(int entry) {
        int offset = entry & (entry >> (Integer.SIZE - 1)) & OFFSET_MASK;
        return (long) offset << SlabPool.GRANULE_SHIFT;
    }

    /** Uses what was read, so that the compiler keeps the loads. */
    private static void keep(int sum) {
        if (sum == UNLIKELY) {
            touched = sum;
        }
    }

    /** A power of two, so that no bucket lies across two cache lines. */
    private static int bucketBytes(int count) {
        int bytes = keysOffset(count) + (2 * count + 1) * Integer.BYTES;
        return Integer.highestOneBit(bytes - 1) << 1;
    }

    /** Count and shifts, a byte each, fill whole ints. */
    private static int keysOffset(int count) {
        return (count + Integer.BYTES) & -Integer.BYTES;
    }

    /** Writes a block's 64 slots out, an int each. */
    void expand(int block, long slots) {
        long node = address(block);
        long starts = OffHeap.getLong(node);
        long entry = node + BLOCK_ENTRIES - Integer.BYTES;
        for (int slot = 0; slot < SLOTS; slot++) {
            entry += ((starts >>> slot) & 1) * Integer.BYTES;
            OffHeap.putInt(slots + (long) slot * Integer.BYTES, OffHeap.getInt(entry));
        }
    }

    /** The bitmap of 64 slots: where a slot differs from the one before. */
    static long starts(long slots) {
        long starts = 1;
        int previous = OffHeap.getInt(slots);
        for (int slot = 1; slot < SLOTS; slot++) {
            int entry = OffHeap.getInt(slots + (long) slot * Integer.BYTES);
            starts |= (entry != previous ? 1L : 0L) << slot;
            previous = entry;
        }
        return starts;
    }

    long blockStarts(int block) {
        return OffHeap.getLong(address(block));
    }

    /** {@return the block's entry, or {@link #FAILED}} */
    int newBlock(long slots, long starts, int depth) {
        int offset = slab.allocate(granules(BLOCK_ENTRIES + Long.bitCount(starts) * Integer.BYTES));
        if (offset < 0) {
            return FAILED;
        }
        int block = NODE | BLOCK | ((depth / depthUnit) << DEPTH_SHIFT) | offset;
        long node = address(block);
        OffHeap.putLong(node, starts);
        long entry = node + BLOCK_ENTRIES;
        for (long left = starts; left != 0; left &= left - 1) {
            int slot = Long.numberOfTrailingZeros(left);
            OffHeap.putInt(entry, OffHeap.getInt(slots + (long) slot * Integer.BYTES));
            entry += Integer.BYTES;
        }
        return block;
    }

    /** Stores what differs into a block whose bitmap stays: readers see the old or the new entry. */
    void updateBlock(int block, long slots, long starts) {
        long entry = address(block) + BLOCK_ENTRIES;
        for (long left = starts; left != 0; left &= left - 1) {
            int slot = Long.numberOfTrailingZeros(left);
            int value = OffHeap.getInt(slots + (long) slot * Integer.BYTES);
            if (OffHeap.getInt(entry) != value) {
                OffHeap.putIntRelease(entry, value); // partner: the loads of the lookups
            }
            entry += Integer.BYTES;
        }
    }

    /** {@return a bucket with keys but undefined entries, or {@link #FAILED}} */
    int newBucket(RegionRoutes routes, int depth) {
        int count = routes.count();
        int offset = slab.allocate(granules(bucketBytes(count)));
        if (offset < 0) {
            return FAILED;
        }
        int bucket = NODE | ((depth / depthUnit) << DEPTH_SHIFT) | offset;
        long node = address(bucket);
        long header = count;
        for (int i = 0; i < count; i++) {
            header |= (long) routes.shift(i) << ((i + 1) * Byte.SIZE);
        }
        OffHeap.putLong(node, header); // may reach into the first key, which follows
        for (int i = 0; i < count; i++) {
            OffHeap.putInt(node + keysOffset(count) + (long) i * Integer.BYTES, routes.key(i));
        }
        return bucket;
    }

    /** {@return an array with undefined content that 6 or 18 bits index, or FAILED} */
    int newArray(int bits) {
        if (bits == SMALL_ARRAY_BITS) {
            int offset = slab.allocate(granules(SLOTS * Integer.BYTES));
            return offset < 0 ? FAILED : (SMALL_ARRAY << DEPTH_SHIFT) | offset;
        }
        int number = largeArrays.allocate();
        return number == 0 ? FAILED : (LARGE_ARRAY << DEPTH_SHIFT) | number;
    }

    /** Frees the node alone. */
    void free(int entry) {
        if (isLargeArray(entry)) {
            largeArrays.free(entry & OFFSET_MASK);
        } else {
            slab.free(entry & OFFSET_MASK);
        }
    }

    private static int granules(int bytes) {
        return (bytes + (1 << SlabPool.GRANULE_SHIFT) - 1) >> SlabPool.GRANULE_SHIFT;
    }
}
