package io.vireo.dataplane.schedule;

import io.vireo.dataplane.tables.Region;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.UnsafeApi;

/**
 * Longs outside the heap, in huge pages, that begin on a cache line and are reached by address.
 *
 * <p>The state of a class, a parent or a packet is laid out in lines of 64 bytes; a {@code long[]} begins anywhere, and
 * each of them would lie across one line more. An access is one machine instruction and few bytecodes, which leaves the
 * compiler room to put a packet's whole way into one piece of code: with an index, a bounds check and a buffer object
 * behind each access it ran out of room. The price is that nothing is checked but by assertions, that is, in tests: an
 * address is always made by the owner of the memory from an id, and what is added to it is a constant.
 *
 * <p>All zero at first; single writer; the memory is freed with the object, so its owner keeps it.
 */
final class Words {
    static final int BYTES_SHIFT = 3;

    private static final Cleaner CLEANER = Cleaner.create();

    /** Two lines, which the adjacent-line prefetcher fetches together. */
    private static final int ALIGNMENT = 128;

    /** Ways to begin within a page of 4 KB. */
    private static final int COLOURS = 32;

    private static final AtomicInteger NEXT_COLOUR = new AtomicInteger();

    private final long address;
    private final long bytes;

    /** Zeroes; address space only, until they are used. */
    Words(long count) {
        bytes = count << BYTES_SHIFT;
        // Each begins elsewhere in its page: the caches choose their sets by that, and the first elements, the root's,
        // would
        // push one another out.
        int colour = NEXT_COLOUR.getAndIncrement() & (COLOURS - 1);
        Region region = new Region(bytes + COLOURS * ALIGNMENT);
        address = region.address() + (long) colour * ALIGNMENT;
        CLEANER.register(this, region::close);
    }

    /** Where the first one is. */
    long address() {
        return address;
    }

    /** For assertions: whether an element is within, when each has {@code 1 << strideShift} bytes. */
    boolean holds(int element, int strideShift) {
        return element >= 0 && ((long) element + 1) << strideShift <= bytes;
    }

    static long get(long address) {
        return UnsafeApi.getLong(address);
    }

    static void set(long address, long value) {
        UnsafeApi.putLong(address, value);
    }

    static void add(long address, long value) {
        UnsafeApi.putLong(address, UnsafeApi.getLong(address) + value);
    }

    static int high(long address) {
        return (int) (UnsafeApi.getLong(address) >>> Integer.SIZE);
    }

    static int low(long address) {
        return (int) UnsafeApi.getLong(address);
    }

    static void setPair(long address, int high, int low) {
        UnsafeApi.putLong(address, pair(high, low));
    }

    /** Two ints in one word. */
    static long pair(int high, int low) {
        return ((long) high << Integer.SIZE) | (low & 0xFFFF_FFFFL);
    }

    /** Copies, also where the two ranges overlap. */
    static void copy(long from, long to, long bytes) {
        UnsafeApi.copyMemory(from, to, bytes);
    }

    static void clear(long from, long bytes) {
        UnsafeApi.setMemory(from, bytes, (byte) 0);
    }
}
