package io.vireo.dataplane.wire.value;

import java.util.Arrays;

/**
 * A part of a compiled class filter or list of members, as it comes in one message. Mutable and reusable: nothing is allocated after
 * construction. Not thread-safe. A handler gets one that is valid during the call only.
 */
public final class FilterChunk {
    /** Maximum longs of a part: a message must fit in an eighth of the smallest ring. */
    public static final int MAX = 1024;

    private final long[] words = new long[MAX];
    private int size;

    /** Sends a part; false when it could not be sent. */
    public interface Sender {
        boolean send(int firstLong, FilterChunk part);
    }

    /** Sends an image in parts, at least one; false when one could not be sent. */
    public static boolean sendInParts(long[] image, Sender sender) {
        var chunk = new FilterChunk();
        int first = 0;
        do {
            int count = Math.min(MAX, image.length - first);
            chunk.set(image, first, count);
            if (!sender.send(first, chunk)) {
                return false;
            }
            first += count;
        } while (first < image.length);
        return true;
    }

    /** Begins empty. */
    public FilterChunk() {}

    /** Becomes a part of an image. */
    public FilterChunk set(long[] image, int first, int count) {
        System.arraycopy(image, first, words, 0, count);
        size = count;
        return this;
    }

    public void clear() {
        size = 0;
    }

    public void add(long word) {
        words[size++] = word;
    }

    /** Becomes equal to another. */
    public FilterChunk copyFrom(FilterChunk other) {
        return set(other.words, 0, other.size);
    }

    /** Returns how many longs it has, 0..{@link #MAX}. */
    public int size() {
        return size;
    }

    /** Returns one of them. */
    public long word(int index) {
        return words[index];
    }

    /** Copies all of them. */
    public void copyTo(long[] target, int position) {
        System.arraycopy(words, 0, target, position, size);
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof FilterChunk other && Arrays.equals(words, 0, size, other.words, 0, other.size);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < size; i++) {
            hash = 31 * hash + Long.hashCode(words[i]);
        }
        return hash;
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOf(words, size));
    }
}
