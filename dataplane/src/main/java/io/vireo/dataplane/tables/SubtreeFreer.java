package io.vireo.dataplane.tables;

/**
 * Frees a node and everything below it, depth first, up to a work limit at a time: a full Internet table is 100,000 nodes, and the
 * conductor has other things to do. Writer only; only for nodes that no reader can see.
 */
final class SubtreeFreer {
    /** Deepest chain: an array, then a level for each 6 of 128 bits. */
    private static final int MAX_DEPTH = 24;

    private final Nodes nodes;
    private final int[] entries = new int[MAX_DEPTH];
    private final int[] nextChild = new int[MAX_DEPTH];
    private int depth;

    SubtreeFreer(Nodes nodes) {
        this.nodes = nodes;
    }

    boolean isIdle() {
        return depth == 0;
    }

    /** Begins with a subtree; only while idle. A leaf has nothing to free. */
    void begin(int entry) {
        if (Nodes.isNode(entry)) {
            entries[0] = entry;
            nextChild[0] = 0;
            depth = 1;
        }
    }

    /** Frees a whole subtree at once. */
    void freeNow(int entry) {
        begin(entry);
        work(Integer.MAX_VALUE);
    }

    /**
     * Goes on for about {@code limit} entries.
     *
     * @return how many entries it looked at
     */
    int work(int limit) {
        int looked = 0;
        while (depth > 0 && looked < limit) {
            int top = depth - 1;
            int entry = entries[top];
            int child = nextNodeBelow(entry, top);
            looked++;
            if (child != 0) {
                entries[depth] = child;
                nextChild[depth] = 0;
                depth++;
            } else if (nextChild[top] == nodes.childCount(entry)) {
                nodes.free(entry);
                depth--;
            }
        }
        return looked;
    }

    /** The next child that is a node; 0 after a run of leaves, to keep steps short. */
    private int nextNodeBelow(int entry, int top) {
        long children = nodes.children(entry);
        int end = Math.min(nodes.childCount(entry), nextChild[top] + Nodes.SLOTS);
        while (nextChild[top] < end) {
            int child = OffHeap.getInt(children + (long) nextChild[top]++ * Integer.BYTES);
            if (Nodes.isNode(child)) {
                return child;
            }
        }
        return 0;
    }
}
