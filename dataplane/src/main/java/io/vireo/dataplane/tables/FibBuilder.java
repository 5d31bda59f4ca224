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

    FibBuilder(final Rib rib, final Nodes nodes) {
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
    int build(final long node, final int inherited, final int depth) {
        if (node == 0) {
            return inherited;
        }
        final RegionRoutes found = routes[depth / Nodes.STRIDE];
        if (!found.collect(node, inherited, depth, Nodes.MAX_ROUTES)) {
            return buildBlock(node, inherited, depth);
        }
        if (found.count() == 0) {
            return found.inherited();
        }
        return found.fitBlock() ? buildBlock(node, inherited, depth) : buildBucket(found, depth);
    }

    /** Whether a region has become so small that it should be built anew: leave room, or it would grow at once. */
    boolean isSmall(final long node, final int inherited, final int depth) {
        final RegionRoutes found = routes[depth / Nodes.STRIDE];
        return node == 0 || (found.collect(node, inherited, depth, Nodes.MAX_ROUTES / 2) && !found.hasDeep());
    }

    /** Builds a table as an array that its first 6 or 18 bits index. */
    int buildArray(final long root, final int bits) {
        final int array = nodes.newArray(bits);
        if (array == Nodes.FAILED) {
            return Nodes.FAILED;
        }
        final long slots = nodes.address(array);
        setSlots(slots, 0, 1L << bits, 0);
        if (fill(slots, 0, bits, root, 0)) {
            return array;
        }
        freer.freeNow(array);
        return Nodes.FAILED;
    }

    private int buildBlock(final long node, final int inherited, final int depth) {
        final long slots = slots(depth);
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

    private int buildBucket(final RegionRoutes found, final int depth) {
        final int bucket = nodes.newBucket(found, depth);
        if (bucket == Nodes.FAILED) {
            return Nodes.FAILED;
        }
        final long entries = nodes.children(bucket);
        OffHeap.putInt(entries, found.inherited());
        for (int i = 0; i < found.count(); i++) {
            final int entry = found.deepNode(i) == 0 ? found.value(i) : deepEntry(found, i, depth);
            if (entry == Nodes.FAILED) {
                freeUnfinished(bucket, entries, i + 1);
                return Nodes.FAILED;
            }
            OffHeap.putInt(entries + (i + 1L) * Integer.BYTES, entry);
        }
        return bucket;
    }

    private int deepEntry(final RegionRoutes found, final int index, final int depth) {
        final int end = RegionRoutes.windowEnd(rib.isWide(), depth);
        final long deepNode = found.deepNode(index);
        final int taken = carried.isFor(depth) ? carried.take(found.key(index), deepNode, end) : 0;
        return taken != 0 ? taken : build(deepNode, found.value(index), end);
    }

    private void freeUnfinished(final int bucket, final long entries, final int built) {
        for (int i = 0; i < built; i++) {
            final int entry = OffHeap.getInt(entries + (long) i * Integer.BYTES);
            if (!carried.has(entry)) {
                freer.freeNow(entry);
            }
        }
        nodes.free(bucket);
    }

    /** The next region built may take over what lies below this bucket and outside this prefix. 0: nothing. */
    void carryFrom(final int bucket, final long hi, final long lo, final int length) {
        carried.begin(bucket, hi, lo, length);
    }

    /** The region that may take something over is built. */
    void carryNoMore() {
        carried.end();
    }

    /** Whether the region built last took this entry over. */
    boolean hasCarried(final int entry) {
        return carried.has(entry);
    }

    /**
     * Writes a subtree's part of a region into its slots; the rest of the slots is left alone.
     *
     * @param slots 2^bits ints, the region's bits from {@code depth} on
     * @return false when memory ran out: then some slots have been built and some not
     */
    boolean fill(final long slots, final int depth, final int bits, final long node, final int inherited) {
        if (node == 0) {
            return true;
        }
        final int end = depth + bits;
        final int length = rib.length(node);
        if (length >= end) {
            return fillSlot(slots, depth, bits, node, inherited);
        }
        final int value = rib.valueOr(node, inherited);
        if (value != inherited) {
            final long slot = Prefixes.bits(rib.hi(node), rib.lo(node), depth, bits);
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
    boolean fillChanged(final long slots, final long current, final int bits, final long first, final int length) {
        final long node = rib.locatedNode();
        final int inherited = rib.locatedInherited();
        final boolean isPrefix = node != 0 && rib.length(node) == length;
        final int value = isPrefix ? rib.valueOr(node, inherited) : inherited;
        setSlots(slots, first, 1L << (bits - length), value);
        return isPrefix
                ? fillUncovered(slots, current, bits, rib.child(node, 0), value)
                        && fillUncovered(slots, current, bits, rib.child(node, 1), value)
                : fillUncovered(slots, current, bits, node, value);
    }

    private boolean fillUncovered(
            final long slots, final long current, final int bits, final long node, final int inherited) {
        if (node == 0) {
            return true;
        }
        final int length = rib.length(node);
        if (length <= bits && rib.value(node) != 0) {
            final long bytes = Prefixes.bits(rib.hi(node), rib.lo(node), 0, bits) * Integer.BYTES;
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
    private boolean fillSlot(final long slots, final int depth, final int bits, final long node, final int inherited) {
        final long slot = Prefixes.bits(rib.hi(node), rib.lo(node), depth, bits);
        final int entry = build(node, inherited, depth + bits);
        OffHeap.putInt(slots + slot * Integer.BYTES, entry == Nodes.FAILED ? inherited : entry);
        return entry != Nodes.FAILED;
    }

    /** The 64 slots of a level's block in the making. */
    long slots(final int depth) {
        return scratch.address() + (long) (depth / Nodes.STRIDE) * Nodes.SLOTS * Integer.BYTES;
    }

    static void setSlots(final long slots, final long first, final long count, final int entry) {
        for (long slot = first; slot < first + count; slot++) {
            OffHeap.putInt(slots + slot * Integer.BYTES, entry);
        }
    }

    /** Frees what was built into slots and never published. */
    void freeSlots(final long slots, final int first, final int count) {
        for (int slot = first; slot < first + count; slot++) {
            freer.freeNow(OffHeap.getInt(slots + (long) slot * Integer.BYTES));
        }
    }

    /** Frees what was built into slots and never published: what the slots in use have not. */
    void freeUnlessIn(final long current, final long slots, final int count) {
        for (long at = 0; at < (long) count * Integer.BYTES; at += Integer.BYTES) {
            final int entry = OffHeap.getInt(slots + at);
            if (entry != OffHeap.getInt(current + at)) {
                freer.freeNow(entry);
            }
        }
    }
}
