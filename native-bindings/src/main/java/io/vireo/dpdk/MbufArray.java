package io.vireo.dpdk;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

/**
 * A native array of mbuf addresses: a burst, in the form drivers read and write. Not thread-safe; indices are not checked.
 *
 * <p>The memory lives until the process ends: arrays belong to what is set up once, at start.
 */
public final class MbufArray {
    private static final int CACHE_LINE_BYTES = 64;
    private static final int ENTRY_SHIFT = 3;

    private final long address;
    private final int capacity;

    private MbufArray(long address, int capacity) {
        this.address = address;
        this.capacity = capacity;
    }

    /**
     * Allocates an array of zeroes, aligned to a cache line.
     *
     * @param capacity mbufs, 1 or more.
     */
    public static MbufArray allocate(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be 1 or more, not " + capacity);
        }
        long bytes = capacity * ValueLayout.JAVA_LONG.byteSize();
        return new MbufArray(Arena.global().allocate(bytes, CACHE_LINE_BYTES).address(), capacity);
    }

    /** Returns how many mbufs fit. */
    public int capacity() {
        return capacity;
    }

    /** Returns the address of the first entry. */
    public long address() {
        return address;
    }

    /** Returns the address of entry {@code index}. */
    public long address(int index) {
        return address + ((long) index << ENTRY_SHIFT);
    }

    /** Returns the mbuf address in entry {@code index}. */
    public long get(int index) {
        return Memory.getLong(address(index));
    }

    /** Stores an mbuf address in entry {@code index}. */
    public void set(int index, long mbuf) {
        Memory.putLong(address(index), mbuf);
    }
}
