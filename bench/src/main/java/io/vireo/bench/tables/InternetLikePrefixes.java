package io.vireo.bench.tables;

import java.util.Random;

/** Made-up prefixes whose lengths are spread much as in the Internet's table of 2026, from a fixed seed. */
final class InternetLikePrefixes {
    /** Per mille of the table's prefixes that are of length /16, /17, … /24. */
    private static final int[] PER_MILLE = {20, 10, 15, 28, 47, 56, 121, 107, 596};

    private static final int MIN_LENGTH = 16;
    private static final int MILLE = 1000;
    /** 1.0.0.0 to 223.255.255.255, halved to fit an int bound. */
    private static final int UNICAST_HALF = 0xDF00_0000 >>> 1;

    private static final int FIRST_UNICAST = 0x0100_0000;
    private static final int LOOPBACK_NET = 127;
    private static final int LINK_LOCAL_NET = 0xa9fe;

    /** The most frequent lengths of IPv6 prefixes, as often as they come. */
    private static final int[] IPV6_LENGTHS = {48, 48, 48, 48, 48, 48, 48, 32, 32, 36, 40, 44, 46, 29, 33, 47};

    /** 2000::/3 is unicast; its registries' blocks all begin with 2 and then 0, 4, 6, 8, a or c. */
    private static final int[] IPV6_BLOCKS = {0x2001, 0x2804, 0x2409, 0x2a02, 0x2402, 0x2600, 0x240a, 0x2a00, 0x2c0f};

    private final Random random;

    InternetLikePrefixes(long seed) {
        random = new Random(seed);
    }

    int nextLength() {
        int left = random.nextInt(MILLE);
        int length = MIN_LENGTH;
        while (left >= PER_MILLE[length - MIN_LENGTH]) {
            left -= PER_MILLE[length - MIN_LENGTH];
            length++;
        }
        return length;
    }

    /** A prefix that routers may forward to: outside 127/8 and 169.254/16 (RFC 1812 §5.3.7, RFC 3927 §7). */
    int nextPrefix(int length) {
        int prefix;
        do {
            prefix = (FIRST_UNICAST + 2 * random.nextInt(UNICAST_HALF)) & (-1 << (Integer.SIZE - length));
        } while (prefix >>> 24 == LOOPBACK_NET || prefix >>> 16 == LINK_LOCAL_NET);
        return prefix;
    }

    /** An address inside a prefix. */
    int nextAddress(int prefix, int length) {
        return prefix | (random.nextInt() >>> length);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    Prefix nextIpv4() {
        int length = nextLength();
        return new Prefix(false, 0, nextPrefix(length), length);
    }

    Prefix nextIpv6() {
        int length = IPV6_LENGTHS[random.nextInt(IPV6_LENGTHS.length)];
        long address = (long) IPV6_BLOCKS[random.nextInt(IPV6_BLOCKS.length)] << 48 | random.nextLong() >>> 16;
        return new Prefix(true, address & -1L << (Long.SIZE - length), 0, length);
    }
}
