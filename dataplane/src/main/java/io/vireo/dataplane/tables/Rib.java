package io.vireo.dataplane.tables;

/**
 * The routes as they were asked for, one path-compressed binary trie (Morrison's PATRICIA, JACM 1968) per table. It
 * answers what the lookup nodes cannot: which prefix covers another, which are below it, and what a route carries.
 *
 * <p>Children come in pairs, so a route costs one pair at most: 32 bytes for IPv4, 64 for IPv6.
 * <pre>
 *   root (one per table, prefix /0)        IPv4 node, 16 B:  pair | value | meta | key
 *     │ pair                               IPv6 node, 32 B:  pair | value | meta | spare | key hi | key lo
 *   +─▼──────────+────────────+            value 0: no route here, the node only branches
 *   | child 0    | child 1    |            meta:    length 8 bits | mark 8 bits | user 16 bits; all ones: absent
 *   +────────────+────────────+
 * </pre>
 * A node other than a root is absent, is a route, or has two children. Prefixes are given as (hi, lo, length), IPv4 in
 * the upper half of hi. Nodes are known by address until the next change. Writer only.
 */
final class Rib {
    private static final int PAIR = 0;
    private static final int VALUE = PAIR + Integer.BYTES;
    private static final int META = VALUE + Integer.BYTES;
    private static final int NARROW_KEY = META + Integer.BYTES;
    private static final int WIDE_KEY = NARROW_KEY + Integer.BYTES;
    private static final int NARROW_NODE_BYTES = 16;
    private static final int WIDE_NODE_BYTES = 32;

    private static final int LENGTH_SHIFT = 24;
    private static final int MARK_SHIFT = 16;
    private static final int BYTE_MASK = 0xFF;
    private static final int USER_MASK = 0xFFFF;
    private static final int ABSENT = -1;

    private final boolean isWide;
    private final int nodeBytes;
    private final Region rootRegion;
    private final Region pairRegion;
    private final FixedPool pairs;
    private final RibTrail trail = new RibTrail();
    private int pendingPair;

    // Results of locate().
    private long locatedNode;
    private int locatedInherited;

    /** @param isWide IPv6 */
    Rib(boolean isWide, int maxTables, int maxRoutes) {
        this.isWide = isWide;
        nodeBytes = isWide ? WIDE_NODE_BYTES : NARROW_NODE_BYTES;
        rootRegion = new Region((long) maxTables * nodeBytes);
        pairRegion = new Region(FixedPool.regionBytes(maxRoutes, 2 * nodeBytes));
        pairs = new FixedPool(pairRegion, 2 * nodeBytes);
    }

    boolean isWide() {
        return isWide;
    }

    int nodeBytes() {
        return nodeBytes;
    }

    FixedPool pairs() {
        return pairs;
    }

    long reservedBytes() {
        return rootRegion.bytes() + pairRegion.bytes();
    }

    void close() {
        rootRegion.close();
        pairRegion.close();
    }

    // --- nodes

    long root(int table) {
        return rootRegion.address() + (long) table * nodeBytes;
    }

    /** {@return the child on that side (0 or 1), or 0} */
    long child(long node, int side) {
        int pair = OffHeap.getInt(node + PAIR);
        if (pair == 0) {
            return 0;
        }
        long child = pairs.address(pair) + (long) side * nodeBytes;
        return OffHeap.getInt(child + META) == ABSENT ? 0 : child;
    }

    boolean hasChildren(long node) {
        return OffHeap.getInt(node + PAIR) != 0;
    }

    int length(long node) {
        return OffHeap.getInt(node + META) >>> LENGTH_SHIFT;
    }

    /** The route's value, or 0 where there is none. */
    int value(long node) {
        return OffHeap.getInt(node + VALUE);
    }

    int user(long node) {
        return OffHeap.getInt(node + META) & USER_MASK;
    }

    int mark(long node) {
        return (OffHeap.getInt(node + META) >>> MARK_SHIFT) & BYTE_MASK;
    }

    long hi(long node) {
        return isWide ? OffHeap.getLong(node + WIDE_KEY) : (long) OffHeap.getInt(node + NARROW_KEY) << Integer.SIZE;
    }

    long lo(long node) {
        return isWide ? OffHeap.getLong(node + WIDE_KEY + Long.BYTES) : 0;
    }

    void setMark(long node, int mark) {
        int meta = OffHeap.getInt(node + META);
        OffHeap.putInt(node + META, (meta & ~(BYTE_MASK << MARK_SHIFT)) | (mark << MARK_SHIFT));
    }

    void setRoute(long node, int value, int user, int mark) {
        OffHeap.putInt(node + VALUE, value);
        OffHeap.putInt(node + META, (length(node) << LENGTH_SHIFT) | (mark << MARK_SHIFT) | user);
    }

    // --- searching

    /** {@return the node of exactly this prefix, a route or not, or 0} Its {@link #trail} is known from now on. */
    long find(int table, long hi, long lo, int length) {
        long node = root(table);
        trail.begin(node);
        while (node != 0 && length(node) < length) {
            node = childCovering(node, hi, lo, length);
            trail.add(node);
        }
        return node;
    }

    /** The child of a node on the way to a prefix, if it is that prefix or covers it; else 0. */
    private long childCovering(long node, long hi, long lo, int length) {
        long child = child(node, Prefixes.bit(hi, lo, length(node)));
        return child != 0 && length(child) <= length && commonLength(child, hi, lo) >= length(child) ? child : 0;
    }

    private int commonLength(long node, long hi, long lo) {
        return Prefixes.commonLength(hi(node), lo(node), hi, lo);
    }

    /**
     * Finds the routes inside a region that holds the prefix found, inserted or removed last: see {@link #locatedNode()},
     * {@link #locatedInherited()}.
     */
    void locate(long hi, long lo, int length) {
        long node = trail.lastShorterThan(length, this);
        int inherited = trail.valueUpTo(node, this);
        if (node == 0) {
            node = trail.first();
        }
        while (node != 0 && length(node) < length) {
            inherited = valueOr(node, inherited);
            node = child(node, Prefixes.bit(hi, lo, length(node)));
            if (node != 0 && commonLength(node, hi, lo) < Math.min(length(node), length)) {
                node = 0;
            }
        }
        locatedNode = node;
        locatedInherited = inherited;
    }

    /** The top node of the located region: its prefix is the region or inside it. 0: there is none. */
    long locatedNode() {
        return locatedNode;
    }

    /** The value of the longest route that is shorter than the located region and covers it, or 0. */
    int locatedInherited() {
        return locatedInherited;
    }

    int valueOr(long node, int inherited) {
        int value = value(node);
        return value != 0 ? value : inherited;
    }

    // --- changing

    /** Makes a table empty; what it held must have been given to {@link #freeLater}. */
    void clearRoot(int table) {
        OffHeap.clear(root(table), nodeBytes);
    }

    /**
     * The node of exactly this prefix, made if need be (then its value is 0, and it must be given one or removed).
     *
     * @return 0 when there is no memory; then nothing was changed
     */
    long insert(int table, long hi, long lo, int length) {
        long node = root(table);
        trail.begin(node);
        while (length(node) < length) {
            int side = Prefixes.bit(hi, lo, length(node));
            if (!hasChildren(node) && !addEmptyPair(node)) {
                return 0;
            }
            long child = pairs.address(OffHeap.getInt(node + PAIR)) + (long) side * nodeBytes;
            if (OffHeap.getInt(child + META) == ABSENT) {
                setNode(child, hi, lo, length, 0);
            } else {
                int common = Math.min(commonLength(child, hi, lo), Math.min(length(child), length));
                if (common < length(child) && !split(child, common)) {
                    return 0;
                }
            }
            node = child;
            trail.add(node);
        }
        return node;
    }

    /** Puts a branching node in the place of a node, which becomes its only child. */
    private boolean split(long node, int length) {
        int pair = pairs.allocate();
        if (pair == 0) {
            return false;
        }
        long hi = hi(node);
        long lo = lo(node);
        int side = Prefixes.bit(hi, lo, length);
        long lower = pairs.address(pair);
        OffHeap.copy(node, lower + (long) side * nodeBytes, nodeBytes);
        setAbsent(lower + (long) (1 - side) * nodeBytes);
        setNode(node, hi & Prefixes.maskHi(length), lo & Prefixes.maskLo(length), length, pair);
        return true;
    }

    private boolean addEmptyPair(long node) {
        int pair = pairs.allocate();
        if (pair == 0) {
            return false;
        }
        setAbsent(pairs.address(pair));
        setAbsent(pairs.address(pair) + nodeBytes);
        OffHeap.putInt(node + PAIR, pair);
        return true;
    }

    /** Removes the route at the end of the trail: the prefix found or inserted last. Nodes may move. */
    void remove() {
        long node = trail.last();
        OffHeap.putInt(node + VALUE, 0);
        OffHeap.putInt(node + META, length(node) << LENGTH_SHIFT);
        if (node == trail.first()) {
            return; // a root stays
        }
        trail.dropLast();
        if (hasChildren(node)) {
            pullUpOnlyChild(node);
            return;
        }
        setAbsent(node);
        long parent = trail.last();
        dropEmptyPair(parent);
        if (parent != trail.first() && value(parent) == 0) {
            trail.dropLast();
            pullUpOnlyChild(parent);
        }
    }

    /** A node that is no route and has one child gives its place to that child. */
    private void pullUpOnlyChild(long node) {
        long first = child(node, 0);
        long second = child(node, 1);
        if (first == 0 || second == 0) {
            int pair = OffHeap.getInt(node + PAIR);
            OffHeap.copy(first != 0 ? first : second, node, nodeBytes);
            pairs.free(pair);
        }
    }

    private void dropEmptyPair(long node) {
        if (child(node, 0) == 0 && child(node, 1) == 0) {
            pairs.free(OffHeap.getInt(node + PAIR));
            OffHeap.putInt(node + PAIR, 0);
        }
    }

    private void setNode(long node, long hi, long lo, int length, int pair) {
        OffHeap.putInt(node + PAIR, pair);
        OffHeap.putInt(node + VALUE, 0);
        OffHeap.putInt(node + META, length << LENGTH_SHIFT);
        if (isWide) {
            OffHeap.putLong(node + WIDE_KEY, hi);
            OffHeap.putLong(node + WIDE_KEY + Long.BYTES, lo);
        } else {
            OffHeap.putInt(node + NARROW_KEY, (int) (hi >>> Integer.SIZE));
        }
    }

    private static void setAbsent(long node) {
        OffHeap.putInt(node + PAIR, 0);
        OffHeap.putInt(node + META, ABSENT);
    }

    // --- freeing a whole table, up to a work limit at a time

    /** Takes everything below a table's root away, to be freed by {@link #freePending}. */
    void freeLater(int table) {
        pend(OffHeap.getInt(root(table) + PAIR));
        clearRoot(table);
    }

    /**
     * Frees at most {@code limit} pairs. What waits is chained through the first node's value, which nobody reads any more.
     *
     * @return how many it freed
     */
    int freePending(int limit) {
        int freed = 0;
        while (pendingPair != 0 && freed < limit) {
            int pair = pendingPair;
            long first = pairs.address(pair);
            pendingPair = OffHeap.getInt(first + VALUE);
            pend(OffHeap.getInt(first + PAIR));
            pend(OffHeap.getInt(first + nodeBytes + PAIR));
            pairs.free(pair);
            freed++;
        }
        return freed;
    }

    boolean isFreeing() {
        return pendingPair != 0;
    }

    private void pend(int pair) {
        if (pair != 0) {
            OffHeap.putInt(pairs.address(pair) + VALUE, pendingPair);
            pendingPair = pair;
        }
    }

    // --- walking in order

    /** {@return the node of the first route of a table, or 0} */
    long first(int table) {
        return firstRoute(root(table));
    }

    /** {@return the node of the first route after a prefix in (address, length) order, or 0} */
    long next(int table, long hi, long lo, int length) {
        long later = 0;
        long node = root(table);
        while (length(node) < length) {
            int side = Prefixes.bit(hi, lo, length(node));
            long right = side == 0 ? child(node, 1) : 0;
            later = right != 0 ? right : later;
            node = child(node, side);
            if (node == 0) {
                return firstRoute(later);
            }
            int common = commonLength(node, hi, lo);
            if (common < Math.min(length(node), length)) {
                boolean isAfter = Prefixes.bit(hi, lo, common) == 0;
                return firstRoute(isAfter ? node : later);
            }
        }
        return length(node) > length ? firstRoute(node) : firstBelow(node, later);
    }

    private long firstBelow(long node, long later) {
        long left = child(node, 0);
        long child = left != 0 ? left : child(node, 1);
        return firstRoute(child != 0 ? child : later);
    }

    private long firstRoute(long top) {
        long node = top;
        while (node != 0 && value(node) == 0) {
            long left = child(node, 0);
            node = left != 0 ? left : child(node, 1);
        }
        return node;
    }
}
