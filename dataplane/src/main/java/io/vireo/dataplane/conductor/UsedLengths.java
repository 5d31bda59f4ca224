package io.vireo.dataplane.conductor;

/**
 * Which prefix lengths a router's routes have had, so that a search by length tries only these. Never forgets one until the
 * router goes. Single user: the conductor.
 */
final class UsedLengths {
    private static final int WORDS = 3; // lengths 0..128 need 129 bits
    private static final int WORD_SHIFT = 6;

    private final long[] bits;

    UsedLengths(int maxRouters) {
        bits = new long[maxRouters * WORDS];
    }

    void add(int router, int length) {
        bits[word(router, length)] |= 1L << length;
    }

    void clear(int router) {
        for (int w = 0; w < WORDS; w++) {
            bits[router * WORDS + w] = 0;
        }
    }

    /** The longest used length below {@code length}, or -1. */
    int below(int router, int length) {
        for (int candidate = length - 1; candidate >= 0; candidate--) {
            long word = bits[word(router, candidate)];
            long upTo = word << (Long.SIZE - 1 - candidate % Long.SIZE);
            if (upTo == 0) {
                candidate -= candidate % Long.SIZE; // none in the rest of this word
            } else {
                return candidate - Long.numberOfLeadingZeros(upTo);
            }
        }
        return -1;
    }

    private static int word(int router, int length) {
        return router * WORDS + (length >>> WORD_SHIFT);
    }
}
