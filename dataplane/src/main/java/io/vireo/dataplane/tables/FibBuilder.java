package io.vireo.dataplane.tables;

/**
 * Builds the lookup nodes of a region from the routes inside it. The shape depends on the routes alone: one value is a
 * leaf; what a single block tells apart is a block; a few ranges are a bucket; anything else is a block of regions.
 *
 * <p>Nothing is published here. When memory runs out everything built so far is freed and the answer is
 * {@link Nodes#FAILED}. Writer only.
 */
final class FibBuilder {
    private static final int MAX_LEVELS = 22;

    private final Rib rib;
    private final Nodes nodes;
    private final SubtreeFreer freer;
    private final Region scratch = new Region((long) MAX_LEVELS * Nodes.SLOTS * Integer.BYTES);
    private final RegionRoutes[] routes = new RegionRoutes[MAX_LEVELS];
    private final DeepEntries carried;

    FibBuilder(Rib rib, Nodes nodes) {
        this.rib = rib;
        this.nodes = nodes;
        freer = new SubtreeFreer(nodes);
        carried = new DeepEntries(rib, nodes);
        for (int level = 0; level < MAX_LEVELS; level++) {
            routes[level] = new RegionRoutes(rib);
        }
    }

    void close() {
        scratch.close();
    }

    /**
     * Builds a region.
     *
     * @param node the region's top node, or 0
     * @param inherited the value where no route of the region matches
     * @param depth the region's length in bits, a multiple of 6
     */
    int build(long node, int inherited, int depth) {
        if (node == 0) {
            return inherited;
        }
        RegionRoutes found = routes[depth / Nodes.STRIDE];
        if (!found.collect(node, inherited, depth, Nodes.MAX_ROUTES)) {
            return buildBlock(node, inherited, depth);
        }
        if (found.count() == 0) {
            return found.inherited();
        }
        return found.fitBlock() ? buildBlock(node, inherited, depth) : buildBucket(found, depth);
    }

    /** Whether a region has become so small that it should be built anew: leave room, or it would grow at once. */
    boolean isSmall(long node, int inherited, int depth) {
        RegionRoutes found = routes[depth / Nodes.STRIDE];
        return node == 0 || (found.collect(node, inherited, depth, Nodes.MAX_ROUTES / 2) && !found.hasDeep());
    }

    /** Builds a table as an array that its first 6 or 18 bits index. */
    int buildArray(long root, int bits) {
        int array = nodes.newArray(bits);
        if (array == Nodes.FAILED) {
            return Nodes.FAILED;
        }
        long slots = nodes.address(array);
        setSlots(slots, 0, 1L << bits, 0);
        if (fill(slots, 0, bits, root, 0)) {
            return array;
        }
        freer.freeNow(array);
        return Nodes.FAILED;
    }

    private int buildBlock(long node, int inherited, int depth) {
        long slots = slots(depth);
        setSlots(slots, 0, Nodes.SLOTS, inherited);
        int block = Nodes.FAILED;
        if (fill(slots, depth, Nodes.STRIDE, node, inherited)) {
            block = nodes.newBlock(slots, Nodes.starts(slots), depth);
        }
        if (block == Nodes.FAILED) {
            freeSlots(slots, 0, Nodes.SLOTS);
        }
        return block;
    }

    private int buildBucket(RegionRoutes found, int depth) {
        int bucket = nodes.newBucket(found, depth);
        if (bucket == Nodes.FAILED) {
            return Nodes.FAILED;
        }
        long entries = nodes.children(bucket);
        OffHeap.putInt(entries, found.inherited());
        for (int i = 0; i < found.count(); i++) {
            int entry = found.deepNode(i) == 0 ? found.value(i) : deepEntry(found, i, depth);
            if (entry == Nodes.FAILED) {
                freeUnfinished(bucket, entries, i + 1);
                return Nodes.FAILED;
            }
            OffHeap.putInt(entries + (i + 1L) * Integer.BYTES, entry);
        }
        return bucket;
    }

    private int deepEntry(RegionRoutes found, int index, int depth) {
        int end = RegionRoutes.windowEnd(rib.isWide(), depth);
        long deepNode = found.deepNode(index);
        int taken = carried.isFor(depth) ? carried.take(found.key(index), deepNode, end) : 0;
        return taken != 0 ? taken : build(deepNode, found.value(index), end);
    }

    private void freeUnfinished(int bucket, long entries, int built) {
        for (int i = 0; i < built; i++) {
            int entry = OffHeap.getInt(entries + (long) i * Integer.BYTES);
            if (!carried.has(entry)) {
                freer.freeNow(entry);
            }
        }
        nodes.free(bucket);
    }

    /** The next region built may take over what lies below this bucket and outside this prefix. 0: nothing. */
    void carryFrom(int bucket, long hi, long lo, int length) {
        carried.begin(bucket, hi, lo, length);
    }

    /** The region that may take something over is built. */
    void carryNoMore() {
        carried.end();
    }

    /** Whether the region built last took this entry over. */
    boolean hasCarried(int entry) {
        return carried.has(entry);
    }

    /**
     * Writes a subtree's part of a region into its slots; the rest of the slots is left alone.
     *
     * @param slots 2^bits ints, the region's bits from {@code depth} on
     * @return false when memory ran out: then some slots have been built and some not
     */
    boolean fill(long slots, int depth, int bits, long node, int inherited) {
        if (node == 0) {
            return true;
        }
        int end = depth + bits;
        int length = rib.length(node);
        if (length >= end) {
            return fillSlot(slots, depth, bits, node, inherited);
        }
        int value = rib.valueOr(node, inherited);
        if (value != inherited) {
            long slot = Prefixes.bits(rib.hi(node), rib.lo(node), depth, bits);
            setSlots(slots, slot, 1L << (end - length), value);
        }
        return fill(slots, depth, bits, rib.child(node, 0), value)
                && fill(slots, depth, bits, rib.child(node, 1), value);
    }

    /**
     * Fills the slots of an array that a changed prefix covers, the one the RIB has located. What longer routes cover is
     * taken from the array as it is, nodes too.
     *
     * @param slots where the filled array begins
     * @param current where the array in use begins
     * @param bits how many of an address's bits index them, more than {@code length}
     * @param first the prefix's first slot
     * @param length of the prefix
     * @return false when memory ran out: then some slots have been built and some not
     */
    boolean fillChanged(long slots, long current, int bits, long first, int length) {
        long node = rib.locatedNode();
        int inherited = rib.locatedInherited();
        boolean isPrefix = node != 0 && rib.length(node) == length;
        int value = isPrefix ? rib.valueOr(node, inherited) : inherited;
        setSlots(slots, first, 1L << (bits - length), value);
        return isPrefix
                ? fillUncovered(slots, current, bits, rib.child(node, 0), value)
                        && fillUncovered(slots, current, bits, rib.child(node, 1), value)
                : fillUncovered(slots, current, bits, node, value);
    }

    private boolean fillUncovered(long slots, long current, int bits, long node, int inherited) {
        if (node == 0) {
            return true;
        }
        int length = rib.length(node);
        if (length <= bits && rib.value(node) != 0) {
            long bytes = Prefixes.bits(rib.hi(node), rib.lo(node), 0, bits) * Integer.BYTES;
            OffHeap.copy(current + bytes, slots + bytes, (long) Integer.BYTES << (bits - length));
            return true;
        }
        if (length >= bits) {
            return fillSlot(slots, 0, bits, node, inherited);
        }
        return fillUncovered(slots, current, bits, rib.child(node, 0), inherited)
                && fillUncovered(slots, current, bits, rib.child(node, 1), inherited);
    }

    /** Builds the region of one slot. */
    private boolean fillSlot(long slots, int depth, int bits, long node, int inherited) {
        long slot = Prefixes.bits(rib.hi(node), rib.lo(node), depth, bits);
        int entry = build(node, inherited, depth + bits);
        OffHeap.putInt(slots + slot * Integer.BYTES, entry == Nodes.FAILED ? inherited : entry);
        return entry != Nodes.FAILED;
    }

    /** The 64 slots of a level's block in the making. */
    long slots(int depth) {
        return scratch.address() + (long) (depth / Nodes.STRIDE) * Nodes.SLOTS * Integer.BYTES;
    }

    static void setSlots(long slots, long first, long count, int entry) {
        for (long slot = first; slot < first + count; slot++) {
            OffHeap.putInt(slots + slot * Integer.BYTES, entry);
        }
    }

    /** Frees what was built into slots and never published. */
    void freeSlots(long slots, int first, int count) {
        for (int slot = first; slot < first + count; slot++) {
            freer.freeNow(OffHeap.getInt(slots + (long) slot * Integer.BYTES));
        }
    }

    /** Frees what was built into slots and never published: what the slots in use have not. */
    void freeUnlessIn(long current, long slots, int count) {
        for (long at = 0; at < (long) count * Integer.BYTES; at += Integer.BYTES) {
            int entry = OffHeap.getInt(slots + at);
            if (entry != OffHeap.getInt(current + at)) {
                freer.freeNow(entry);
            }
        }
    }
}
