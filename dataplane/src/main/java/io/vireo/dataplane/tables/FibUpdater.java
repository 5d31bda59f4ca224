package io.vireo.dataplane.tables;

/**
 * Brings a table's lookup nodes in line with its routes after one of them has changed. It goes down to the smallest node
 * whose region holds the changed prefix, builds the part of it that the prefix covers anew, and publishes the result by
 * the release store of one entry: in place where the node's shape stays, else as a copy of the node, entered in its
 * parent. Readers see the old or the new value of the covering route, nothing else.
 *
 * <p>Memory is taken before anything is published: the new part by {@link FibBuilder}, which may fail; the copies of the
 * nodes above it, a page for each level at most, from {@link #RESERVED_PAGES} that every change finds free.
 *
 * <p>Writer only. Not re-entrant: the change being made stands in the fields.
 */
final class FibUpdater {
    /** Pages that copies of nodes on the way down may need: one for each level of IPv6, and some. */
    static final int RESERVED_PAGES = 32;
    /** Maximum that one change retires. */
    static final int MAX_RETIRED = 4096;

    /** A prefix that covers more nodes of an array than this has the whole array built anew: one item to retire. */
    private static final int MAX_REPLACED = MAX_RETIRED / 2;
    /** A block with no more entries than this may be better off as a bucket. */
    private static final int FEW_ENTRIES = 6;

    private final Roots roots;
    private final Rib rib;
    private final SlabPool slab;
    private final Nodes nodes;
    private final FibBuilder builder;
    private final RetireQueue retired;
    private final QuiescentState quiescent;
    private final Region staging = new Region(Nodes.LARGE_ARRAY_BYTES);

    private int table;
    private long hi;
    private long lo;
    private int length;
    private boolean isRemoval;

    FibUpdater(Roots roots, Rib rib, SlabPool slab, Nodes nodes, RetireQueue retired, QuiescentState quiescent) {
        this.roots = roots;
        this.rib = rib;
        this.slab = slab;
        this.nodes = nodes;
        this.retired = retired;
        this.quiescent = quiescent;
        builder = new FibBuilder(rib, nodes);
    }

    void close() {
        builder.close();
        staging.close();
    }

    /**
     * A route was put; the RIB has it already.
     *
     * @return false when memory ran out: then nothing was changed
     */
    boolean onPut(int table, long hi, long lo, int length) {
        isRemoval = false;
        return apply(table, hi, lo, length);
    }

    /**
     * A route was removed; the RIB has it no more.
     *
     * @return false when memory ran out: then nothing was changed
     */
    boolean onRemove(int table, long hi, long lo, int length) {
        isRemoval = true;
        return apply(table, hi, lo, length);
    }

    /**
     * Gives a table a new array that so many bits index, 6 or 18, or none.
     *
     * @return false when memory ran out: then nothing was changed
     */
    boolean rebuildTable(int table, int bits) {
        int old = roots.topOf(table);
        long root = rib.root(table);
        int built = bits == 0 ? builder.build(root, 0, 0) : builder.buildArray(root, bits);
        if (built == Nodes.FAILED) {
            return false;
        }
        if (bits == 0) {
            roots.useOwnEntry(table, built);
        } else {
            roots.useArray(table, built, nodes.address(built), bits);
        }
        retireSubtree(old);
        return true;
    }

    /** Retires a subtree that was unlinked. */
    void retireSubtree(int entry) {
        if (Nodes.isNode(entry)) {
            retired.add(RetireQueue.SUBTREE, entry, quiescent.retireEpoch());
        }
    }

    private void retireNode(int entry) {
        retired.add(RetireQueue.NODE, entry, quiescent.retireEpoch());
    }

    private boolean apply(int table, long hi, long lo, int length) {
        this.table = table;
        this.hi = hi;
        this.lo = lo;
        this.length = length;
        int array = roots.arrayOf(table);
        if (array != 0) {
            return changeArray(nodes.address(array), Nodes.arrayBits(array));
        }
        long position = roots.ownEntry(table);
        int entry = OffHeap.getInt(position);
        return publish(position, entry, change(entry, 0));
    }

    /** Stores an entry unless it failed or is the one that stands there. */
    private static boolean publish(long address, int old, int entry) {
        if (entry == Nodes.FAILED) {
            return false;
        }
        if (entry != old) {
            OffHeap.putIntRelease(address, entry); // partner: the loads of the lookups
        }
        return true;
    }

    // --- arrays

    private boolean changeArray(long slots, int bits) {
        long first = Prefixes.bits(hi, lo, 0, bits);
        long position = slots + first * Integer.BYTES;
        if (length < bits) {
            int count = 1 << (bits - length);
            return hasManyNodes(position, count)
                    ? rebuildTable(table, bits)
                    : changeArraySlots(position, bits, first, count);
        }
        int old = OffHeap.getInt(position);
        return publish(position, old, change(old, bits));
    }

    private static boolean hasManyNodes(long slots, int count) {
        int found = 0;
        for (int i = 0; i < count && found <= MAX_REPLACED; i++) {
            found += Nodes.isNode(OffHeap.getInt(slots + (long) i * Integer.BYTES)) ? 1 : 0;
        }
        return found > MAX_REPLACED;
    }

    private boolean changeArraySlots(long slots, int bits, long first, int count) {
        long staged = staging.address();
        long origin = staged - first * Integer.BYTES;
        rib.locate(hi, lo, length);
        if (!builder.fillChanged(origin, slots - first * Integer.BYTES, bits, first, length)) {
            builder.freeUnlessIn(slots, staged, count);
            return false;
        }
        for (int i = 0; i < count; i++) {
            long position = slots + (long) i * Integer.BYTES;
            int old = OffHeap.getInt(position);
            int entry = OffHeap.getInt(staged + (long) i * Integer.BYTES);
            if (entry != old) {
                publish(position, old, entry);
                retireSubtree(old);
            }
        }
        return true;
    }

    // --- blocks, buckets and leaves

    /** The entry that takes the place of a region's; {@code depth} is the region's length, no longer than the prefix. */
    private int change(int entry, int depth) {
        if (length > depth && Nodes.isBlock(entry) && !isDwindled(entry, depth)) {
            return changeBlock(entry, depth);
        }
        if (length > depth && Nodes.isBucket(entry)) {
            return changeBucket(entry, depth);
        }
        int built = rebuild(depth, 0);
        if (built != Nodes.FAILED) {
            retireSubtree(entry);
        }
        return built;
    }

    private int rebuild(int depth, int oldBucket) {
        rib.locate(hi, lo, depth);
        builder.carryFrom(oldBucket, hi, lo, length);
        int built = builder.build(rib.locatedNode(), rib.locatedInherited(), depth);
        builder.carryNoMore();
        return built;
    }

    /** Whether removals have left so little in a block's region that it should be built anew. */
    private boolean isDwindled(int block, int depth) {
        if (!isRemoval || Long.bitCount(nodes.blockStarts(block)) > FEW_ENTRIES || !hasNodeBelow(block)) {
            return false;
        }
        rib.locate(hi, lo, depth);
        return builder.isSmall(rib.locatedNode(), rib.locatedInherited(), depth);
    }

    private boolean hasNodeBelow(int entry) {
        long children = nodes.children(entry);
        for (int i = nodes.childCount(entry) - 1; i >= 0; i--) {
            if (Nodes.isNode(OffHeap.getInt(children + (long) i * Integer.BYTES))) {
                return true;
            }
        }
        return false;
    }

    private int changeBlock(int block, int depth) {
        int end = depth + Nodes.STRIDE;
        long first = Prefixes.bits(hi, lo, depth, Nodes.STRIDE);
        long slots = builder.slots(depth);
        if (length < end) {
            return changeSlots(block, depth, (int) first, 1 << (end - length));
        }
        long position = nodes.blockEntry(block, (int) first);
        int old = OffHeap.getInt(position);
        int entry = change(old, end);
        if (entry == Nodes.FAILED) {
            return Nodes.FAILED;
        }
        if (entry == old) {
            return block;
        }
        if (Nodes.isNode(old) && Nodes.isNode(entry)) {
            publish(position, old, entry); // a node is alone in its slot, so the shape stays
            return block;
        }
        nodes.expand(block, slots);
        OffHeap.putInt(slots + first * Integer.BYTES, entry);
        return store(block, depth, slots);
    }

    private int changeSlots(int block, int depth, int first, int count) {
        long slots = builder.slots(depth);
        rib.locate(hi, lo, length);
        nodes.expand(block, slots);
        FibBuilder.setSlots(slots, first, count, rib.locatedInherited());
        if (!builder.fill(slots, depth, Nodes.STRIDE, rib.locatedNode(), rib.locatedInherited())) {
            builder.freeSlots(slots, first, count);
            return Nodes.FAILED;
        }
        for (int slot = first; slot < first + count; slot++) {
            retireSubtree(OffHeap.getInt(nodes.blockEntry(block, slot)));
        }
        return store(block, depth, slots);
    }

    /** The block, changed in place, or what takes its place: a copy, or a leaf when all its slots are equal. */
    private int store(int block, int depth, long slots) {
        long starts = Nodes.starts(slots);
        if (starts == nodes.blockStarts(block)) {
            nodes.updateBlock(block, slots, starts);
            return block;
        }
        retireNode(block);
        if (starts == 1) {
            return OffHeap.getInt(slots);
        }
        slab.keepFree(0); // draws on RESERVED_PAGES: what is built below must not be lost
        return nodes.newBlock(slots, starts, depth);
    }

    private int changeBucket(int bucket, int depth) {
        boolean isWide = rib.isWide();
        int end = RegionRoutes.windowEnd(isWide, depth);
        if (length > end) {
            long key = Prefixes.bits(hi, lo, RegionRoutes.windowStart(isWide, depth), RegionRoutes.windowBits(isWide));
            long position = nodes.bucketEntry(bucket, (int) key);
            int old = OffHeap.getInt(position);
            if (Nodes.isNode(old)) {
                return changeBelowBucket(bucket, depth, position, change(old, end));
            }
        }
        return rebuildBucket(bucket, depth);
    }

    private int changeBelowBucket(int bucket, int depth, long position, int entry) {
        if (!publish(position, OffHeap.getInt(position), entry)) {
            return Nodes.FAILED;
        }
        if (Nodes.isNode(entry)) {
            return bucket;
        }
        // A leaf may be merged with its neighbours. When there is no memory for that, the bucket is right as it is.
        int merged = rebuildBucket(bucket, depth);
        return merged == Nodes.FAILED ? bucket : merged;
    }

    private int rebuildBucket(int bucket, int depth) {
        int built = rebuild(depth, bucket);
        if (built == Nodes.FAILED) {
            return Nodes.FAILED;
        }
        long children = nodes.children(bucket);
        for (int i = nodes.childCount(bucket) - 1; i >= 0; i--) {
            int entry = OffHeap.getInt(children + (long) i * Integer.BYTES);
            if (!builder.hasCarried(entry)) {
                retireSubtree(entry);
            }
        }
        retireNode(bucket);
        return built;
    }
}
