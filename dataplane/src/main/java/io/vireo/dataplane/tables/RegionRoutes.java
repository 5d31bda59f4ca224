package io.vireo.dataplane.tables;

/**
 * The routes of a region, when they are few: what a bucket holds. A route that says no more than the one that covers it
 * is left out. Reused; one per level, since building what lies deeper collects again. Writer only.
 */
final class RegionRoutes {
    private static final int IPV4_WINDOW_BITS = 32;
    private static final int IPV6_WINDOW_BITS = 30;

    private final Rib rib;
    private final int[] keys = new int[Nodes.MAX_ROUTES];
    private final int[] lengths = new int[Nodes.MAX_ROUTES];
    private final int[] values = new int[Nodes.MAX_ROUTES];
    private final long[] deepNodes = new long[Nodes.MAX_ROUTES];
    private int limit;
    private int count;
    private int depth;
    private int windowStart;
    private int windowEnd;
    private int inherited;
    private int longest;

    RegionRoutes(Rib rib) {
        this.rib = rib;
    }

    /** The first bit that a bucket's keys hold: all of an IPv4 address, the next 30 bits of an IPv6 one. */
    static int windowStart(boolean isWide, int depth) {
        return isWide ? depth : 0;
    }

    static int windowBits(boolean isWide) {
        return isWide ? IPV6_WINDOW_BITS : IPV4_WINDOW_BITS;
    }

    /** The first bit behind what a bucket of that depth can tell apart. */
    static int windowEnd(boolean isWide, int depth) {
        return windowStart(isWide, depth) + windowBits(isWide);
    }

    /**
     * Collects a region.
     *
     * @param node the region's top node, not 0
     * @param inherited the value where no route of the region matches
     * @param depth the region's length in bits
     * @param max how many routes are not too many
     * @return false when there are more
     */
    boolean collect(long node, int inherited, int depth, int max) {
        this.depth = depth;
        this.inherited = inherited;
        windowStart = windowStart(rib.isWide(), depth);
        windowEnd = windowEnd(rib.isWide(), depth);
        limit = max;
        count = 0;
        longest = 0;
        return collectBelow(node, inherited);
    }

    int count() {
        return count;
    }

    /** The value where none of the routes matches. */
    int inherited() {
        return inherited;
    }

    /** The bits of a route's prefix within the window, right-aligned. */
    int key(int index) {
        return keys[index];
    }

    /** How many of a key's last bits a route leaves open. */
    int shift(int index) {
        return windowEnd - lengths[index];
    }

    /** A route's value; for a deep one, what its region inherits. */
    int value(int index) {
        return values[index];
    }

    /** Where there are routes longer than the window: the top node of those that share this key; else 0. */
    long deepNode(int index) {
        return deepNodes[index];
    }

    boolean hasDeep() {
        return longest > windowEnd;
    }

    /** Whether a single block tells all routes of the region apart. */
    boolean fitBlock() {
        return longest <= depth + Nodes.STRIDE;
    }

    private boolean collectBelow(long node, int covering) {
        int length = rib.length(node);
        if (length > windowEnd || (length == windowEnd && rib.hasChildren(node))) {
            longest = windowEnd + 1;
            return add(node, windowEnd, covering, node);
        }
        int value = rib.valueOr(node, covering);
        if (value != covering && !addRoute(node, length, value)) {
            return false;
        }
        long first = rib.child(node, 0);
        long second = rib.child(node, 1);
        return (first == 0 || collectBelow(first, value)) && (second == 0 || collectBelow(second, value));
    }

    private boolean addRoute(long node, int length, int value) {
        if (length == depth) {
            inherited = value; // it covers the whole region
            return true;
        }
        longest = Math.max(longest, length);
        return add(node, length, value, 0);
    }

    private boolean add(long node, int length, int value, long deepNode) {
        if (count == limit) {
            return false;
        }
        keys[count] = (int) Prefixes.bits(rib.hi(node), rib.lo(node), windowStart, windowEnd - windowStart);
        lengths[count] = length;
        values[count] = value;
        deepNodes[count] = deepNode;
        count++;
        return true;
    }
}
