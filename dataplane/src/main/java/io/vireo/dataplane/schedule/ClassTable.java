package io.vireo.dataplane.schedule;

/**
 * The state of every class of a port in one array, 32 words a class: four cache lines, of which a class
 * with straight curves and no limit touches the first two.
 *
 * <pre>
 *  line 0, queue and real time      line 1, place and link share     line 2, second pieces   line 3, upper limit
 *  0 ENDS        head | tail         8 LINKS   parent | flags        16 RT x2                24 UL x1
 *  1 COUNT       packets | head B    9 META    slopes and shapes     17 RT y2                25 UL y1
 *  2 QUEUE_BYTES                    10 TOTAL   w, bytes served       18 RT mantissa 2        26 UL mantissa 1
 *  3 RT_WORK     c                  11 SEAT    seat | wraps          19 RT burst             27 UL x2
 *  4 RT x1                          12 LS x1                         20 LS x2                28 UL y2
 *  5 RT y1                          13 LS y1                         21 LS y2                29 UL mantissa 2
 *  6 RT mantissa 1                  14 LS mantissa 1                 22 LS mantissa 2        30 UL burst
 *  7 LIMITS      packets | quota    15 BYTES   byte limit | spare    23 LS burst             31 spare
 * </pre>
 *
 * <p>What a class is to its children stands in {@link Parents}. Packed words hold two ints, the first one high. Single
 * writer: the worker that owns the port.
 */
final class ClassTable {
    private static final int BYTES_OF_CLASS = 256;
    private static final int STRIDE_SHIFT = 8;

    /** The top of the tree, the port itself. */
    static final int ROOT = 0;

    /** No class. */
    static final int NONE = -1;

    static final int ENDS = 0 << Words.BYTES_SHIFT;
    static final int COUNT = 1 << Words.BYTES_SHIFT;
    static final int QUEUE_BYTES = 2 << Words.BYTES_SHIFT;
    static final int RT_WORK = 3 << Words.BYTES_SHIFT;
    static final int LIMITS = 7 << Words.BYTES_SHIFT;
    static final int LINKS = 8 << Words.BYTES_SHIFT;
    static final int META = 9 << Words.BYTES_SHIFT;
    static final int TOTAL = 10 << Words.BYTES_SHIFT;
    static final int SEAT = 11 << Words.BYTES_SHIFT;
    static final int BYTES = 15 << Words.BYTES_SHIFT;

    static final RuntimeCurve REAL_TIME = curve(4, 16, 0, FixedPoint.REAL_BITS);
    static final RuntimeCurve LINK_SHARE = curve(12, 20, 16, FixedPoint.VIRTUAL_BITS);
    static final RuntimeCurve UPPER_LIMIT = curve(24, 27, 32, FixedPoint.REAL_BITS);

    /** The class exists. */
    static final int IN_USE = 1;
    /** It has children, and so no queue. */
    static final int INTERIOR = 1 << 1;
    /** It leaves when its queue is empty, and takes no more packets. */
    static final int DRAINING = 1 << 2;
    /** It plays in its parent's tournament of children that may be served by link share. */
    static final int FIT = 1 << 3;
    /** It stands in its parent's heap of children that wait for their upper limit. */
    static final int PARKED = 1 << 4;
    /** It stands in the timing wheel of classes that are not yet eligible. */
    static final int INELIGIBLE = 1 << 5;
    /** It stands in the heap of classes with a deadline to meet. */
    static final int ELIGIBLE = 1 << 6;
    /** Its queue is governed by CoDel. */
    static final int CODEL = 1 << 7;
    /** Its link-share curve was made from its real-time curve when it got children. */
    static final int LENT_SHARE = 1 << 8;

    final int capacity;
    private int count;
    private final Words words;
    private final long origin;

    /** A curve whose first three words and last four begin here. */
    private static RuntimeCurve curve(int first, int second, int metaBit, int fractionBits) {
        int at1 = first << Words.BYTES_SHIFT;
        int at2 = second << Words.BYTES_SHIFT;
        return new RuntimeCurve(at1, at1 + 8, at1 + 16, at2, at2 + 8, at2 + 16, at2 + 24, metaBit, fractionBits);
    }

    ClassTable(int capacity) {
        this.capacity = capacity;
        this.words = new Words((long) capacity << (STRIDE_SHIFT - Words.BYTES_SHIFT));
        origin = words.address();
    }

    /** How many classes there are, without the root. */
    int count() {
        return count;
    }

    void onAdded() {
        count++;
    }

    /** Forgets all of a class. */
    void erase(int classId) {
        count--;
        Words.clear(at(classId), BYTES_OF_CLASS);
    }

    /** Where the class's state begins; the constants above are offsets from there. */
    long at(int classId) {
        assert words.holds(classId, STRIDE_SHIFT);
        return origin + ((long) classId << STRIDE_SHIFT);
    }

    int high(int classId, int word) {
        return Words.high(at(classId) + word);
    }

    int low(int classId, int word) {
        return Words.low(at(classId) + word);
    }

    void setPair(int classId, int word, int high, int low) {
        Words.setPair(at(classId) + word, high, low);
    }

    int parent(int classId) {
        return high(classId, LINKS);
    }

    boolean has(int classId, int flag) {
        return has(at(classId), flag);
    }

    static boolean has(long at, int flag) {
        return (Words.get(at + LINKS) & flag) != 0;
    }

    void raise(int classId, int flag) {
        raise(at(classId), flag);
    }

    static void raise(long at, int flag) {
        Words.set(at + LINKS, Words.get(at + LINKS) | flag);
    }

    void lower(int classId, int flag) {
        lower(at(classId), flag);
    }

    static void lower(long at, int flag) {
        Words.set(at + LINKS, Words.get(at + LINKS) & ~(long) flag);
    }

    boolean hasCurve(int classId, RuntimeCurve curve) {
        return curve.isPresent(at(classId));
    }

    /** Whether the id is in range and names a class. */
    boolean exists(int classId) {
        return classId >= 0 && classId < capacity && has(classId, IN_USE);
    }

    /** Whether packets may be put into it; false too for an id out of range. */
    boolean isOpenLeaf(int classId) {
        return classId >= 0
                && classId < capacity
                && (Words.get(at(classId) + LINKS) & (IN_USE | INTERIOR | DRAINING)) == IN_USE;
    }

    /** Whether link share knows the class to be backlogged. */
    boolean isActive(int classId) {
        return has(classId, FIT | PARKED);
    }
}
