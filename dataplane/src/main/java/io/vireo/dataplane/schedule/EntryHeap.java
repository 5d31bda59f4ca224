package io.vireo.dataplane.schedule;

/**
 * Four-ary heaps of (key, class) pairs, least key first, many in one array.
 *
 * <p>A heap is a stretch of the array that its owner names by {@code base} and {@code size}; the owner counts. A key
 * stands beside its class, so that the four children of an entry are one cache line and a comparison never visits a
 * class. Where each class stands is kept, so that any entry can be changed or removed in O(log n). Keys are compared as
 * {@link Time}s. Single writer.
 */
final class EntryHeap {
    private static final int FANOUT_SHIFT = 2;
    private static final int FANOUT = 1 << FANOUT_SHIFT;

    private final long[] entries;
    private final int[] positions;

    /**
     * @param positions where each class stands, to be shared among heaps of which a class is in at most one
     */
    EntryHeap(int capacity, int[] positions) {
        this.entries = new long[capacity << 1];
        this.positions = positions;
    }

    long leastKey(int base) {
        return entries[base << 1];
    }

    int leastId(int base) {
        return (int) entries[(base << 1) + 1];
    }

    /** The class at a place of the heap; the first places hold keys that are likely to come up soon. */
    int idAt(int base, int position) {
        return id(base, position);
    }

    long keyOf(int base, int id) {
        return key(base, positions[id]);
    }

    /** The owner counts one more after. */
    void push(int base, int size, long key, int id) {
        up(base, size, key, id);
    }

    /** The owner counts one less after. */
    void remove(int base, int size, int id) {
        int position = positions[id];
        int last = size - 1;
        if (position != last) {
            place(base, last, position, key(base, last), id(base, last));
        }
    }

    void update(int base, int size, long key, int id) {
        place(base, size, positions[id], key, id);
    }

    /** Copies a heap to another place. */
    void move(int from, int to, int size) {
        System.arraycopy(entries, from << 1, entries, to << 1, size << 1);
    }

    private void place(int base, int size, int position, long key, int id) {
        if (position > 0 && Time.isBefore(key, key(base, (position - 1) >> FANOUT_SHIFT))) {
            up(base, position, key, id);
        } else {
            down(base, size, position, key, id);
        }
    }

    private void up(int base, int start, long key, int id) {
        int position = start;
        while (position > 0) {
            int above = (position - 1) >> FANOUT_SHIFT;
            long aboveKey = key(base, above);
            if (!Time.isBefore(key, aboveKey)) {
                break;
            }
            set(base, position, aboveKey, id(base, above));
            position = above;
        }
        set(base, position, key, id);
    }

    private void down(int base, int size, int start, long key, int id) {
        int position = start;
        for (int below = (position << FANOUT_SHIFT) + 1; below < size; below = (position << FANOUT_SHIFT) + 1) {
            int least = least(base, below, size);
            long leastKey = key(base, least);
            if (!Time.isBefore(leastKey, key)) {
                break;
            }
            set(base, position, leastKey, id(base, least));
            position = least;
        }
        set(base, position, key, id);
    }

    private int least(int base, int from, int size) {
        return from + FANOUT <= size ? leastOfFour(base, from) : leastOfFew(base, from, size);
    }

    /** Without a branch: which of four is least cannot be predicted. */
    private int leastOfFour(int base, int from) {
        int slot = (base + from) << 1;
        long key0 = entries[slot];
        long key1 = entries[slot + 2];
        long key2 = entries[slot + 4];
        long key3 = entries[slot + 6];
        long left = key1 - key0;
        long right = key3 - key2;
        long leftKey = key0 + (left & (left >> 63));
        long rightKey = key2 + (right & (right >> 63));
        int isRight = (int) ((rightKey - leftKey) >>> 63);
        int inLeft = (int) (left >>> 63);
        int inRight = 2 + (int) (right >>> 63);
        return from + inLeft + (inRight - inLeft) * isRight;
    }

    private int leastOfFew(int base, int from, int end) {
        int least = from;
        for (int i = from + 1; i < end; i++) {
            least = Time.isBefore(key(base, i), key(base, least)) ? i : least;
        }
        return least;
    }

    private long key(int base, int position) {
        return entries[(base + position) << 1];
    }

    private int id(int base, int position) {
        return (int) entries[((base + position) << 1) + 1];
    }

    private void set(int base, int position, long key, int id) {
        int slot = (base + position) << 1;
        entries[slot] = key;
        entries[slot + 1] = id;
        positions[id] = position;
    }
}
