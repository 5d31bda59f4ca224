package io.vireo.dataplane.schedule;

/**
 * What a class is to its children: their system virtual time and the heaps they stand in. One cache line per class id,
 * apart from {@link ClassTable} because few classes have children.
 *
 * <pre>
 *  0 SEGMENT   first entry | order     the stretch both heaps may use
 *  1 SIZES     fit | parked            children in the heap of virtual times | of fit times
 *  2 SYSTEM    the children's system virtual time, the paper's v^s
 *  3 LEAD      how far ahead of it the furthest child left, in this busy period of the parent
 *  4 FAMILY    children | turns        turns: how often v^s went through a 2^61th of the circle
 * </pre>
 *
 * <p>Single writer.
 */
final class Parents {
    private static final int STRIDE_SHIFT = 3;
    private static final int SEGMENT = 0;
    private static final int SIZES = 1;
    private static final int SYSTEM = 2;
    private static final int LEAD = 3;
    private static final int FAMILY = 4;

    private static final int TURN_SHIFT = 61;
    private static final long TURN_MASK = 7;

    private final Words words;
    private final SegmentPool segments;
    private final EntryHeap virtualTimes;
    private final EntryHeap fitTimes;

    Parents(int maxClasses) {
        words = new Words((long) maxClasses << STRIDE_SHIFT);
        // Four entries per class: a segment is at most four times its parent's children, see resize.
        segments = new SegmentPool(Math.max(1, 32 - Integer.numberOfLeadingZeros(maxClasses - 1)));
        int[] places = new int[maxClasses];
        virtualTimes = new EntryHeap(segments.capacity(), places);
        fitTimes = new EntryHeap(segments.capacity(), places);
    }

    // ---- children that may be served ----

    int fitCount(int parent) {
        return (int) (word(parent, SIZES) >>> 32);
    }

    long leastVirtual(int parent) {
        return virtualTimes.leastKey(base(parent));
    }

    int leastVirtualId(int parent) {
        return virtualTimes.leastId(base(parent));
    }

    int fitIdAt(int parent, int rank) {
        return virtualTimes.idAt(base(parent), rank);
    }

    void addFit(int parent, long virtual, int child) {
        virtualTimes.push(base(parent), fitCount(parent), virtual, child);
        setWord(parent, SIZES, word(parent, SIZES) + (1L << 32));
    }

    void updateFit(int parent, long virtual, int child) {
        virtualTimes.update(base(parent), fitCount(parent), virtual, child);
    }

    void removeFit(int parent, int child) {
        virtualTimes.remove(base(parent), fitCount(parent), child);
        setWord(parent, SIZES, word(parent, SIZES) - (1L << 32));
    }

    // ---- children that wait for their upper limit ----

    int parkedCount(int parent) {
        return (int) word(parent, SIZES);
    }

    long leastFitNs(int parent) {
        return fitTimes.leastKey(base(parent));
    }

    int leastFitId(int parent) {
        return fitTimes.leastId(base(parent));
    }

    void addParked(int parent, long fitNs, int child) {
        fitTimes.push(base(parent), parkedCount(parent), fitNs, child);
        setWord(parent, SIZES, word(parent, SIZES) + 1);
    }

    void updateParked(int parent, long fitNs, int child) {
        fitTimes.update(base(parent), parkedCount(parent), fitNs, child);
    }

    void removeParked(int parent, int child) {
        fitTimes.remove(base(parent), parkedCount(parent), child);
        setWord(parent, SIZES, word(parent, SIZES) - 1);
    }

    boolean hasActive(int parent) {
        return word(parent, SIZES) != 0;
    }

    // ---- system virtual time ----

    long system(int parent) {
        return word(parent, SYSTEM);
    }

    /** Lets the system virtual time go on to {@code virtual}, never back. */
    void advance(int parent, long virtual) {
        long system = word(parent, SYSTEM);
        long step = virtual - system;
        if (step > 0) {
            setWord(parent, SYSTEM, virtual);
            setWord(parent, LEAD, Math.max(0, word(parent, LEAD) - step));
            long turns = ((virtual >>> TURN_SHIFT) - (system >>> TURN_SHIFT)) & TURN_MASK;
            setWord(parent, FAMILY, ClassTable.pair(children(parent), turns(parent) + (int) turns));
        }
    }

    /** A child leaves at {@code virtual}; the next busy period of the parent will begin no earlier. */
    void noteLeaving(int parent, long virtual) {
        long lead = virtual - word(parent, SYSTEM);
        if (lead > word(parent, LEAD)) {
            setWord(parent, LEAD, lead);
        }
    }

    /** The parent's busy period is over: all history among its children is forgotten. */
    void endBusyPeriod(int parent) {
        advance(parent, word(parent, SYSTEM) + word(parent, LEAD));
    }

    int turns(int parent) {
        return (int) word(parent, FAMILY);
    }

    // ---- the family ----

    int children(int parent) {
        return (int) (word(parent, FAMILY) >>> 32);
    }

    /** Makes room for one more child; false, and nothing changed, if the pool has no stretch that long. */
    boolean addChild(int parent) {
        int children = children(parent) + 1;
        if (children == 1) {
            int base = segments.take(0);
            if (base == SegmentPool.NONE) {
                return false;
            }
            begin(parent, base);
        } else if (children > room(order(parent)) && !resize(parent, order(parent) + 1)) {
            return false;
        }
        setWord(parent, FAMILY, word(parent, FAMILY) + (1L << 32));
        return true;
    }

    /** A child that is in no heap any more is gone. */
    void removeChild(int parent) {
        setWord(parent, FAMILY, word(parent, FAMILY) - (1L << 32));
        int children = children(parent);
        if (children == 0) {
            segments.give(base(parent), order(parent));
        } else if (order(parent) > 0 && children << 1 <= room(order(parent) - 1)) {
            resize(parent, order(parent) - 1);
        }
    }

    /** How many children a segment of this order has room for. */
    private static int room(int order) {
        return (SegmentPool.LEAST << order) - EntryHeap.SKIPPED;
    }

    private void begin(int parent, int base) {
        setWord(parent, SEGMENT, ClassTable.pair(base, 0));
        setWord(parent, SIZES, 0);
        setWord(parent, SYSTEM, 0);
        setWord(parent, LEAD, 0);
        setWord(parent, FAMILY, 0);
    }

    private boolean resize(int parent, int order) {
        int to = segments.take(order);
        if (to == SegmentPool.NONE) {
            return false;
        }
        int from = base(parent);
        virtualTimes.move(from, to, fitCount(parent));
        fitTimes.move(from, to, parkedCount(parent));
        segments.give(from, order(parent));
        setWord(parent, SEGMENT, ClassTable.pair(to, order));
        return true;
    }

    /** A word of the parent's line and one of its heap's, for {@link Prefetch}. */
    long touch(int parent) {
        return word(parent, SYSTEM) + virtualTimes.leastKey(base(parent));
    }

    private int base(int parent) {
        return (int) (word(parent, SEGMENT) >>> 32);
    }

    private int order(int parent) {
        return (int) word(parent, SEGMENT);
    }

    private long word(int parent, int word) {
        return words.get((parent << STRIDE_SHIFT) + word);
    }

    private void setWord(int parent, int word, long value) {
        words.set((parent << STRIDE_SHIFT) + word, value);
    }
}
