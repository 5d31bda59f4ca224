package io.vireo.dataplane.schedule;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An array of longs outside the heap that begins on a cache line.
 *
 * <p>The state of a class, a parent or a packet is laid out in lines of 64 bytes; a {@code long[]} begins anywhere, and
 * each of them would lie across one line more. Bounds are checked unless Agrona is told otherwise. All zero at first;
 * single writer; the memory is freed with the object.
 */
final class Words {
    /** Two lines, which the adjacent-line prefetcher fetches together. */
    private static final int ALIGNMENT = 128;

    private static final int BYTES_SHIFT = 3;
    private static final int MOST = Integer.MAX_VALUE >> BYTES_SHIFT;

    private final UnsafeBuffer buffer;

    /**
     * Zeroes.
     *
     * @throws IllegalArgumentException if they would take 2 GB or more
     */
    Words(long count) {
        if (count > MOST) {
            throw new IllegalArgumentException(count + " words are more than " + MOST);
        }
        ByteBuffer memory = BufferUtil.allocateDirectAligned((int) (count << BYTES_SHIFT), ALIGNMENT);
        buffer = new UnsafeBuffer(memory);
    }

    long get(int index) {
        return buffer.getLong(index << BYTES_SHIFT);
    }

    void set(int index, long value) {
        buffer.putLong(index << BYTES_SHIFT, value);
    }

    void add(int index, long value) {
        set(index, get(index) + value);
    }

    /** Copies within, also where the two stretches overlap. */
    void copy(int from, int to, int count) {
        buffer.putBytes(to << BYTES_SHIFT, buffer, from << BYTES_SHIFT, count << BYTES_SHIFT);
    }

    void clear(int from, int count) {
        buffer.setMemory(from << BYTES_SHIFT, count << BYTES_SHIFT, (byte) 0);
    }
}
