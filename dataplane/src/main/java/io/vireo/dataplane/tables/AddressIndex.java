package io.vireo.dataplane.tables;

/**
 * From (interface, family, address) to an int: the conductor's way from a neighbour to its adjacency. Off-heap, of fixed
 * capacity, open addressing with linear probing; a removal closes the gap (Knuth, TAOCP 6.4, algorithm R) instead of
 * leaving a tombstone, so it never slows down.
 *
 * <pre>
 *   slot, 32 bytes:  address hi | address lo | interface | family + 1, 0 = empty | value | spare
 * </pre>
 *
 * Single writer and reader: the conductor. Allocates nothing after construction.
 */
public final class AddressIndex implements AutoCloseable {
    /** What {@link #get} and {@link #remove} answer when there is no such key, and {@link #nextUsed} at the end. */
    public static final int ABSENT = -1;

    private static final int HI = 0;
    private static final int LO = HI + Long.BYTES;
    private static final int INTERFACE = LO + Long.BYTES;
    private static final int FAMILY = INTERFACE + Integer.BYTES;
    private static final int VALUE = FAMILY + Integer.BYTES;
    private static final int SLOT_BYTES = 32;
    private static final int MAX_CAPACITY = 1 << 26;

    /** Odd constants with well spread bits (from 2^64 divided by the golden ratio, and MurmurHash3's finaliser). */
    private static final long MIX_1 = 0x9E37_79B9_7F4A_7C15L;

    private static final long MIX_2 = 0xFF51_AFD7_ED55_8CCDL;

    private final Region region;
    private final long base;
    private final int capacity;
    private final int mask;
    private int size;

    /** Takes memory for so many keys, 1 to 2^26; it is filled to two thirds at most, to keep probes short. */
    public AddressIndex(int capacity) {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("capacity must be 1 to " + MAX_CAPACITY + ": " + capacity);
        }
        this.capacity = capacity;
        int slots = Integer.highestOneBit(capacity + (capacity >> 1)) << 1;
        mask = slots - 1;
        region = new Region((long) slots * SLOT_BYTES);
        base = region.address();
    }

    /**
     * Enters a key, or gives it a new value.
     *
     * @param value 0 or more
     * @return false when the index is full: nothing was changed
     */
    public boolean put(int interfaceId, int family, long hi, long lo, int value) {
        if (value < 0) {
            throw new IllegalArgumentException("value must not be negative: " + value);
        }
        int slot = find(interfaceId, family, hi, lo);
        if (!isUsed(slot)) {
            if (size == capacity) {
                return false;
            }
            size++;
            OffHeap.putLong(address(slot) + HI, hi);
            OffHeap.putLong(address(slot) + LO, lo);
            OffHeap.putInt(address(slot) + INTERFACE, interfaceId);
            OffHeap.putInt(address(slot) + FAMILY, family + 1);
        }
        OffHeap.putInt(address(slot) + VALUE, value);
        return true;
    }

    /** {@return the key's value, or ABSENT} */
    public int get(int interfaceId, int family, long hi, long lo) {
        int slot = find(interfaceId, family, hi, lo);
        return isUsed(slot) ? valueAt(slot) : ABSENT;
    }

    /** Takes a key out. {@return its value, or ABSENT} */
    public int remove(int interfaceId, int family, long hi, long lo) {
        int slot = find(interfaceId, family, hi, lo);
        if (!isUsed(slot)) {
            return ABSENT;
        }
        int value = valueAt(slot);
        removeAt(slot);
        return value;
    }

    public int size() {
        return size;
    }

    public int capacity() {
        return capacity;
    }

    /** The first used slot from {@code slot} on, for sweeps; or {@link #ABSENT}. */
    public int nextUsed(int slot) {
        for (int i = slot; i <= mask; i++) {
            if (isUsed(i)) {
                return i;
            }
        }
        return ABSENT;
    }

    public int interfaceIdAt(int slot) {
        return OffHeap.getInt(address(slot) + INTERFACE);
    }

    public int familyAt(int slot) {
        return OffHeap.getInt(address(slot) + FAMILY) - 1;
    }

    public long hiAt(int slot) {
        return OffHeap.getLong(address(slot) + HI);
    }

    public long loAt(int slot) {
        return OffHeap.getLong(address(slot) + LO);
    }

    public int valueAt(int slot) {
        return OffHeap.getInt(address(slot) + VALUE);
    }

    /**
     * Empties a used slot. A later key may move into it, so a sweep looks at the same slot again. A key that moves from
     * the first slots to the last ones (probing wraps around) has been looked at before.
     */
    public void removeAt(int slot) {
        int gap = slot;
        int next = (gap + 1) & mask;
        while (isUsed(next)) {
            int home = hash(interfaceIdAt(next), familyAt(next), hiAt(next), loAt(next)) & mask;
            boolean mayMove = ((next - home) & mask) >= ((next - gap) & mask);
            if (mayMove) {
                OffHeap.copy(address(next), address(gap), SLOT_BYTES);
                gap = next;
            }
            next = (next + 1) & mask;
        }
        OffHeap.putInt(address(gap) + FAMILY, 0);
        size--;
    }

    @Override
    public void close() {
        region.close();
    }

    /** The key's slot, or the empty one where it would go; there is always one. */
    private int find(int interfaceId, int family, long hi, long lo) {
        int slot = hash(interfaceId, family, hi, lo) & mask;
        while (isUsed(slot) && !holds(slot, interfaceId, family, hi, lo)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean holds(int slot, int interfaceId, int family, long hi, long lo) {
        return hiAt(slot) == hi && loAt(slot) == lo && interfaceIdAt(slot) == interfaceId && familyAt(slot) == family;
    }

    private boolean isUsed(int slot) {
        return OffHeap.getInt(address(slot) + FAMILY) != 0;
    }

    private long address(int slot) {
        return base + (long) slot * SLOT_BYTES;
    }

    private static int hash(int interfaceId, int family, long hi, long lo) {
        long mixed = (hi ^ (((long) interfaceId << 8) + family)) * MIX_1;
        mixed = (mixed ^ (mixed >>> 32) ^ lo) * MIX_2;
        return (int) (mixed ^ (mixed >>> 32));
    }
}
