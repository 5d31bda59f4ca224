package io.vireo.dataplane.tables;

/**
 * The nodes below a bucket that its successor takes over, because the change being made does not touch their regions.
 * Without this a route put beside a large subtree would build the subtree anew. Writer only.
 */
final class DeepEntries {
    private final Rib rib;
    private final Nodes nodes;
    private final int[] carried = new int[Nodes.MAX_ROUTES];
    private int count;
    private int bucket;
    private long hi;
    private long lo;
    private int length;

    DeepEntries(Rib rib, Nodes nodes) {
        this.rib = rib;
        this.nodes = nodes;
    }

    /** Begins: the bucket being replaced, or 0 for none, and the changed prefix. */
    void begin(int bucket, long hi, long lo, int length) {
        this.bucket = bucket;
        this.hi = hi;
        this.lo = lo;
        this.length = length;
        count = 0;
    }

    /** Nothing more is taken over; what was stays known to {@link #has}. */
    void end() {
        bucket = 0;
    }

    /** Whether the bucket being replaced is of that depth: deeper ones are built from nothing. */
    boolean isFor(int depth) {
        return bucket != 0 && nodes.depth(bucket) == depth;
    }

    /**
     * Takes over the old bucket's entry for a key.
     *
     * @param deepNode the top node of the key's region, which begins at bit {@code end}
     * @return 0 when there is none, or the change touches it
     */
    int take(int key, long deepNode, int end) {
        int shared = Prefixes.commonLength(rib.hi(deepNode), rib.lo(deepNode), hi, lo);
        int entry = OffHeap.getInt(nodes.bucketEntry(bucket, key));
        if (shared >= Math.min(end, length) || !Nodes.isNode(entry)) {
            return 0;
        }
        carried[count++] = entry;
        return entry;
    }

    boolean has(int entry) {
        for (int i = 0; i < count; i++) {
            if (carried[i] == entry) {
                return true;
            }
        }
        return false;
    }
}
