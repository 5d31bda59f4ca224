package io.vireo.bench.tables;

import java.util.Random;

/** Made-up IPv4 prefixes whose lengths are spread as in the Internet's table of 2026, from a fixed seed. */
final class InternetLikePrefixes {
    /** Per mille of the table's prefixes that are of length /16, /17, … /24. */
    private static final int[] PER_MILLE = {20, 10, 15, 28, 47, 56, 121, 107, 596};

    private static final int SHORTEST = 16;
    private static final int MILLE = 1000;
    /** 1.0.0.0 to 223.255.255.255, halved to fit an int bound. */
    private static final int UNICAST_HALF = 0xDF00_0000 >>> 1;

    private static final int FIRST_UNICAST = 0x0100_0000;

    private final Random random;

    InternetLikePrefixes(final long seed) {
        random = new Random(seed);
    }

    int nextLength() {
        int left = random.nextInt(MILLE);
        int length = SHORTEST;
        while (left >= PER_MILLE[length - SHORTEST]) {
            left -= PER_MILLE[length - SHORTEST];
            length++;
        }
        return length;
    }

    int nextPrefix(final int length) {
        final int address = FIRST_UNICAST + 2 * random.nextInt(UNICAST_HALF);
        return address & (-1 << (Integer.SIZE - length));
    }

    /** An address inside a prefix. */
    int nextAddress(final int prefix, final int length) {
        return prefix | (random.nextInt() >>> length);
    }

    int below(final int bound) {
        return random.nextInt(bound);
    }
}
