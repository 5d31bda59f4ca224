package io.vireo.dataplane.schedule;

/**
 * The state of every class of a port in one array, {@value #STRIDE} words a class: four cache lines, of which a class
 * with straight curves and no limit touches the first two.
 *
 * <pre>
 *  line 0, queue and real time      line 1, place and link share     line 2, second pieces   line 3, upper limit
 *  0 ENDS        head | tail         8 LINKS   parent | flags        16 RT x2                24 UL x1
 *  1 COUNT       packets | head B    9 META    slopes and shapes     17 RT y2                25 UL y1
 *  2 QUEUE_BYTES                    10 TOTAL   w, bytes served       18 RT mantissa 2        26 UL mantissa 1
 *  3 RT_WORK     c                  11 VIRTUAL v                     19 RT burst             27 UL x2
 *  4 RT x1                          12 LS x1                         20 LS x2                28 UL y2
 *  5 RT y1                          13 LS y1                         21 LS y2                29 UL mantissa 2
 *  6 RT mantissa 1                  14 LS mantissa 1                 22 LS mantissa 2        30 UL burst
 *  7 LIMITS      packets | quota    15 BYTES   byte limit | turns    23 LS burst             31 spare
 * </pre>
 *
 * <p>What a class is to its children stands in {@link Parents}. Packed words hold two ints, the first one high. Single
 * writer: the worker that owns the port.
 */
final class ClassTable {
    static final int STRIDE = 32;
    private static final int STRIDE_SHIFT = 5;

    /** The top of the tree, the port itself. */
    static final int ROOT = 0;

    /** No class. */
    static final int NONE = -1;

    static final int ENDS = 0;
    static final int COUNT = 1;
    static final int QUEUE_BYTES = 2;
    static final int RT_WORK = 3;
    static final int LIMITS = 7;
    static final int LINKS = 8;
    static final int META = 9;
    static final int TOTAL = 10;
    static final int VIRTUAL = 11;
    static final int BYTES = 15;

    static final Curve REAL_TIME = new Curve(4, 5, 6, 16, 17, 18, 19, 0, FixedPoint.REAL_BITS);
    static final Curve LINK_SHARE = new Curve(12, 13, 14, 20, 21, 22, 23, 16, FixedPoint.VIRTUAL_BITS);
    static final Curve UPPER_LIMIT = new Curve(24, 25, 26, 27, 28, 29, 30, 32, FixedPoint.REAL_BITS);

    /** The class exists. */
    static final int IN_USE = 1;
    /** It has children, and so no queue. */
    static final int INTERIOR = 1 << 1;
    /** It leaves when its queue is empty, and takes no more packets. */
    static final int DRAINING = 1 << 2;
    /** It stands in its parent's heap of children that may be served by link share. */
    static final int FIT = 1 << 3;
    /** It stands in its parent's heap of children that wait for their upper limit. */
    static final int PARKED = 1 << 4;
    /** It stands in the heap of classes that are not yet eligible. */
    static final int INELIGIBLE = 1 << 5;
    /** It stands in the heap of classes with a deadline to meet. */
    static final int ELIGIBLE = 1 << 6;
    /** Its queue is governed by CoDel. */
    static final int CODEL = 1 << 7;
    /** Its link-share curve was made from its real-time curve when it got children. */
    static final int LENT_SHARE = 1 << 8;

    final Words words;
    final int capacity;

    ClassTable(int capacity) {
        this.capacity = capacity;
        this.words = new Words((long) capacity * STRIDE);
    }

    static int at(int classId) {
        return classId << STRIDE_SHIFT;
    }

    long word(int classId, int word) {
        return words.get(at(classId) + word);
    }

    void setWord(int classId, int word, long value) {
        words.set(at(classId) + word, value);
    }

    int high(int classId, int word) {
        return (int) (words.get(at(classId) + word) >>> 32);
    }

    int low(int classId, int word) {
        return (int) words.get(at(classId) + word);
    }

    void setPair(int classId, int word, int high, int low) {
        words.set(at(classId) + word, pair(high, low));
    }

    static long pair(int high, int low) {
        return ((long) high << 32) | (low & 0xFFFF_FFFFL);
    }

    int parent(int classId) {
        return high(classId, LINKS);
    }

    boolean has(int classId, int flag) {
        return (words.get(at(classId) + LINKS) & flag) != 0;
    }

    void raise(int classId, int flag) {
        words.set(at(classId) + LINKS, words.get(at(classId) + LINKS) | flag);
    }

    void lower(int classId, int flag) {
        words.set(at(classId) + LINKS, words.get(at(classId) + LINKS) & ~(long) flag);
    }

    boolean hasCurve(int classId, Curve curve) {
        return curve.isPresent(words, at(classId));
    }

    /** Whether the id is in range and names a class. */
    boolean exists(int classId) {
        return classId >= 0 && classId < capacity && has(classId, IN_USE);
    }

    /** Whether link share knows the class to be backlogged. */
    boolean isActive(int classId) {
        return has(classId, FIT | PARKED);
    }
}
