package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.ClassTable.FIT;
import static io.vireo.dataplane.schedule.ClassTable.NONE;
import static io.vireo.dataplane.schedule.ClassTable.SEAT;

/**
 * What a class is to its children: their system virtual time, who of them is next, and where the others stand. One cache
 * line per class id, apart from {@link ClassTable} because few classes have children.
 *
 * <pre>
 *  0 SEGMENT         first seat | order   the segment of the tournament and of the heap
 *  1 SIZES           fit | parked         children that play for the smallest virtual time | that wait for a fit time
 *  2 SYSTEM          the children's system virtual time, the paper's v^s
 *  3 LEAD            how far ahead of it the furthest child left, in this busy period of the parent
 *  4 FAMILY          children | wraps     wraps: how often v^s went through an eighth of the circle
 *  5 MIN_VIRTUAL     the smallest virtual time of a fit child
 *  6 MIN_VIRTUAL_ID  that child
 * </pre>
 *
 * <p>Children sit in seats 0 to children - 1; the last one takes the seat of one that goes. Single writer.
 */
final class Parents {
    private static final int STRIDE_SHIFT = 6;
    private static final int SEGMENT = 0 << Words.BYTES_SHIFT;
    private static final int SIZES = 1 << Words.BYTES_SHIFT;
    private static final int SYSTEM = 2 << Words.BYTES_SHIFT;
    private static final int LEAD = 3 << Words.BYTES_SHIFT;
    private static final int FAMILY = 4 << Words.BYTES_SHIFT;
    private static final int MIN_VIRTUAL = 5 << Words.BYTES_SHIFT;
    private static final int MIN_VIRTUAL_ID = 6 << Words.BYTES_SHIFT;

    private static final int WRAP_SHIFT = 61;
    private static final long WRAP_MASK = 7;
    private static final long ONE_FIT = 1L << 32;
    private static final long ONE_CHILD = 1L << 32;

    private final ClassTable table;
    private final Words words;
    private final long origin;
    private final SegmentPool segments;
    private final Tournament virtualTimes;
    private final EntryHeap fitTimes;

    Parents(ClassTable table) {
        this.table = table;
        words = new Words((long) table.capacity << (STRIDE_SHIFT - Words.BYTES_SHIFT));
        origin = words.address();
        // Four entries per class: a segment is at most four times its parent's children, see resize.
        segments = new SegmentPool(Math.max(1, 32 - Integer.numberOfLeadingZeros(table.capacity - 1)));
        virtualTimes = new Tournament(segments.capacity());
        fitTimes = new EntryHeap(segments.capacity(), new int[table.capacity]);
    }

    // ---- children that may be served ----

    int fitCount(int parent) {
        return (int) (word(parent, SIZES) >>> 32);
    }

    /** The smallest virtual time of the fit children, of which there must be one. */
    long minVirtual(int parent) {
        return word(parent, MIN_VIRTUAL);
    }

    int minVirtualId(int parent) {
        return (int) word(parent, MIN_VIRTUAL_ID);
    }

    /** Fit children whose virtual time is within {@code reach} of the smallest, see {@link Tournament#findUntil}. */
    int fitUntil(int parent, long reach, int max, int[] ids) {
        int seat = table.high(minVirtualId(parent), SEAT);
        return virtualTimes.findUntil(base(parent), order(parent), seat, minVirtual(parent) + reach, max, ids);
    }

    void addFit(int parent, long virtual, int child) {
        setWord(parent, SIZES, word(parent, SIZES) + ONE_FIT);
        updateFit(parent, virtual, child);
    }

    void updateFit(int parent, long virtual, int child) {
        play(parent, table.high(child, SEAT), virtual, child);
    }

    void removeFit(int parent, int child) {
        setWord(parent, SIZES, word(parent, SIZES) - ONE_FIT);
        play(parent, table.high(child, SEAT), system(parent) + Tournament.OUT_LEAD, child);
    }

    private void play(int parent, int seat, long key, int child) {
        virtualTimes.play(base(parent), order(parent), seat, key, child, at(parent) + MIN_VIRTUAL);
    }

    // ---- children that wait for their upper limit ----

    int parkedCount(int parent) {
        return (int) word(parent, SIZES);
    }

    long minFitNs(int parent) {
        return fitTimes.minKey(base(parent));
    }

    int minFitId(int parent) {
        return fitTimes.minId(base(parent));
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
            if (virtual >>> WRAP_SHIFT != system >>> WRAP_SHIFT) {
                wrap(parent, (int) (((virtual >>> WRAP_SHIFT) - (system >>> WRAP_SHIFT)) & WRAP_MASK));
            }
        }
    }

    /** Counts wraps, and puts children that are out ahead of the present again. */
    private void wrap(int parent, int wraps) {
        setWord(parent, FAMILY, Words.pair(children(parent), wraps(parent) + wraps));
        virtualTimes.clearWinners(base(parent), order(parent), system(parent));
        replay(parent, base(parent), order(parent));
    }

    /** A child leaves at {@code virtual}; the next busy period of the parent will begin no earlier. */
    void updateLead(int parent, long virtual) {
        long lead = virtual - word(parent, SYSTEM);
        if (lead > word(parent, LEAD)) {
            setWord(parent, LEAD, lead);
        }
    }

    /** The parent's busy period is over: all history among its children is forgotten. */
    void endBusyPeriod(int parent) {
        advance(parent, word(parent, SYSTEM) + word(parent, LEAD));
    }

    int wraps(int parent) {
        return (int) word(parent, FAMILY);
    }

    // ---- the family ----

    int children(int parent) {
        return (int) (word(parent, FAMILY) >>> 32);
    }

    /** Makes room for one more child; false, and nothing changed, if the pool has no segment that long. */
    boolean makeRoom(int parent) {
        int children = children(parent) + 1;
        if (children > 1) {
            return children <= room(order(parent)) || resize(parent, order(parent) + 1);
        }
        int base = segments.allocate(0);
        if (base == SegmentPool.NONE) {
            return false;
        }
        begin(parent, base);
        return true;
    }

    /** Seats a child, after {@link #makeRoom}. */
    void addChild(int parent, int child) {
        int seat = children(parent);
        setWord(parent, FAMILY, word(parent, FAMILY) + ONE_CHILD);
        seat(parent, seat, system(parent) + Tournament.OUT_LEAD, child);
    }

    /** A child that neither plays nor waits any more is gone. */
    void removeChild(int parent, int child) {
        setWord(parent, FAMILY, word(parent, FAMILY) - ONE_CHILD);
        int last = children(parent);
        int base = base(parent);
        int freed = table.high(child, SEAT);
        long out = system(parent) + Tournament.OUT_LEAD;
        if (freed != last) {
            seat(parent, freed, virtualTimes.keyAt(base, last), virtualTimes.idAt(base, last));
        }
        play(parent, last, out, NONE);
        if (last == 0) {
            segments.free(base, order(parent));
        } else if (order(parent) > 0 && last << 1 <= room(order(parent) - 1)) {
            resize(parent, order(parent) - 1);
        }
    }

    private void seat(int parent, int seat, long key, int child) {
        table.setPair(child, SEAT, seat, table.low(child, SEAT));
        play(parent, seat, key, child);
    }

    /** How many children a segment of this order has room for. */
    private static int room(int order) {
        return (SegmentPool.MIN_ENTRIES << order) - EntryHeap.SKIPPED;
    }

    private void begin(int parent, int base) {
        setWord(parent, SEGMENT, Words.pair(base, 0));
        setWord(parent, SIZES, 0);
        setWord(parent, SYSTEM, 0);
        setWord(parent, LEAD, 0);
        setWord(parent, FAMILY, 0);
        virtualTimes.clear(base, 0, 0);
    }

    private boolean resize(int parent, int order) {
        int to = segments.allocate(order);
        if (to == SegmentPool.NONE) {
            return false;
        }
        int from = base(parent);
        int oldOrder = order(parent);
        fitTimes.move(from, to, parkedCount(parent));
        virtualTimes.clear(to, order, system(parent));
        setWord(parent, SEGMENT, Words.pair(to, order));
        replay(parent, from, order);
        segments.free(from, oldOrder);
        return true;
    }

    /** Seats all children anew, as they sit at {@code from}. */
    private void replay(int parent, int from, int order) {
        long out = system(parent) + Tournament.OUT_LEAD;
        for (int seat = 0; seat < SegmentPool.MIN_ENTRIES << order; seat++) {
            int child = seat < children(parent) ? virtualTimes.idAt(from, seat) : NONE;
            boolean plays = child != NONE && table.has(child, FIT);
            play(parent, seat, plays ? virtualTimes.keyAt(from, seat) : out, child);
        }
    }

    /** A word of the parent's line, for {@link Prefetch}. */
    long touch(int parent) {
        return word(parent, SYSTEM);
    }

    /** A word of the line of a child's seat, for {@link Prefetch}. */
    long touchSeat(int parent, int child) {
        return virtualTimes.keyAt(base(parent), table.high(child, SEAT));
    }

    private int base(int parent) {
        return (int) (word(parent, SEGMENT) >>> 32);
    }

    private int order(int parent) {
        return (int) word(parent, SEGMENT);
    }

    private long word(int parent, int word) {
        return Words.get(at(parent) + word);
    }

    private void setWord(int parent, int word, long value) {
        Words.set(at(parent) + word, value);
    }

    private long at(int parent) {
        assert words.holds(parent, STRIDE_SHIFT);
        return origin + ((long) parent << STRIDE_SHIFT);
    }
}
