package io.vireo.dataplane.schedule;

/**
 * Four-ary heaps of (key, class) pairs, smallest key first, many in one array.
 *
 * <p>A heap is a segment of the array that its owner names by {@code base}, a multiple of four, and {@code size}; the
 * owner counts. The top stands in the fourth entry, so that the four children of any entry fill one cache line: those
 * of place p are at 4 (p - 2) to 4 (p - 2) + 3. A key stands beside its class, so a comparison never visits a class.
 * Where each class stands is kept, so that any entry can be changed or removed in O(log n). Keys are compared as {@link
 * Time}s. Single writer.
 */
final class EntryHeap {
    /** Entries of a segment that stay unused. */
    static final int SKIPPED = 3;

    private static final int TOP = SKIPPED;
    private static final int FANOUT_SHIFT = 2;
    private static final int FANOUT = 1 << FANOUT_SHIFT;

    private static final int STRIDE_SHIFT = 4;
    private static final int ID = 8;

    private final Words entries;
    private final long origin;
    private final int[] places;

    /**
     * @param places where each class stands, to be shared among heaps of which a class is in at most one
     */
    EntryHeap(int capacity, int[] places) {
        this.entries = new Words((long) capacity << 1);
        origin = entries.address();
        this.places = places;
    }

    long minKey(int base) {
        return key(base, TOP);
    }

    int minId(int base) {
        return id(base, TOP);
    }

    /** The owner counts one more after. */
    void push(int base, int size, long key, int id) {
        up(base, TOP + size, key, id);
    }

    /** The owner counts one less after. */
    void remove(int base, int size, int id) {
        int place = places[id];
        int last = TOP + size - 1;
        if (place != last) {
            put(base, last, place, key(base, last), id(base, last));
        }
    }

    void update(int base, int size, long key, int id) {
        put(base, TOP + size, places[id], key, id);
    }

    /** Copies a heap to another segment. */
    void move(int from, int to, int size) {
        Words.copy(at(from, TOP), at(to, TOP), (long) size << STRIDE_SHIFT);
    }

    /** Puts an entry at a place or where it belongs from there, in a heap that ends before {@code end}. */
    private void put(int base, int end, int place, long key, int id) {
        if (place > TOP && Time.isBefore(key, key(base, above(place)))) {
            up(base, place, key, id);
        } else {
            down(base, end, place, key, id);
        }
    }

    private void up(int base, int from, long key, int id) {
        int place = from;
        while (place > TOP) {
            int above = above(place);
            long aboveKey = key(base, above);
            if (!Time.isBefore(key, aboveKey)) {
                break;
            }
            set(base, place, aboveKey, id(base, above));
            place = above;
        }
        set(base, place, key, id);
    }

    private void down(int base, int end, int from, long key, int id) {
        int place = from;
        for (int below = below(place); below < end; below = below(place)) {
            int min = below + FANOUT <= end ? minOfFour(base, below) : minOfFew(base, below, end);
            long minKey = key(base, min);
            if (!Time.isBefore(minKey, key)) {
                break;
            }
            set(base, place, minKey, id(base, min));
            place = min;
        }
        set(base, place, key, id);
    }

    /** Without a branch: which of four is smallest cannot be predicted. */
    private int minOfFour(int base, int from) {
        long key0 = key(base, from);
        long key1 = key(base, from + 1);
        long key2 = key(base, from + 2);
        long key3 = key(base, from + 3);
        long left = key1 - key0;
        long right = key3 - key2;
        long leftKey = key0 + (left & (left >> 63));
        long rightKey = key2 + (right & (right >> 63));
        int isRight = (int) ((rightKey - leftKey) >>> 63);
        int inLeft = (int) (left >>> 63);
        int inRight = 2 + (int) (right >>> 63);
        return from + inLeft + (inRight - inLeft) * isRight;
    }

    private int minOfFew(int base, int from, int end) {
        int min = from;
        for (int place = from + 1; place < end; place++) {
            min = Time.isBefore(key(base, place), key(base, min)) ? place : min;
        }
        return min;
    }

    private static int above(int place) {
        return (place >> FANOUT_SHIFT) + 2;
    }

    private static int below(int place) {
        return (place - 2) << FANOUT_SHIFT;
    }

    private long key(int base, int place) {
        return Words.get(at(base, place));
    }

    private int id(int base, int place) {
        return (int) Words.get(at(base, place) + ID);
    }

    private void set(int base, int place, long key, int id) {
        long at = at(base, place);
        Words.set(at, key);
        Words.set(at + ID, id);
        places[id] = place;
    }

    private long at(int base, int place) {
        assert entries.holds(base + place, STRIDE_SHIFT);
        return origin + ((long) (base + place) << STRIDE_SHIFT);
    }
}
