package io.vireo.dataplane.tables;

import io.vireo.dataplane.tables.FibOracle.Prefix;
import java.math.BigInteger;
import java.util.Random;

/** Seeded prefixes and addresses, crowded into a few places so that they overlap, nest and share boundaries. */
final class PrefixGenerator {
    private final Random random;
    private final int bits;
    private final int crowding;

    /** @param crowding how many of an address's bits are random; the fewer, the more prefixes collide */
    PrefixGenerator(long seed, int bits, int crowding) {
        random = new Random(seed);
        this.bits = bits;
        this.crowding = crowding;
    }

    Prefix prefix() {
        int length = random.nextInt(4) == 0 ? random.nextInt(bits + 1) : favouriteLength();
        return address().shortenedTo(length);
    }

    /** Lengths at and beside the boundaries of strides, windows and the direct array. */
    private int favouriteLength() {
        int[] around =
                bits == 32 ? new int[] {0, 8, 16, 18, 24, 30, 32} : new int[] {0, 18, 30, 32, 48, 60, 64, 90, 126, 128};
        return Math.clamp(around[random.nextInt(around.length)] + (long) random.nextInt(3) - 1, 0, bits);
    }

    /** An address of the same crowd. */
    Prefix address() {
        long hi = 0x0A00_0000_0000_0000L;
        long lo = 0;
        for (int i = 0; i < crowding; i++) {
            int bit = random.nextInt(bits);
            hi ^= bit < 64 ? 1L << (63 - bit) : 0;
            lo ^= bit >= 64 ? 1L << (127 - bit) : 0;
        }
        return Prefix.of(hi, lo, 128);
    }

    /** The first or last address of a prefix, or the one before or behind it. */
    Prefix edgeOf(Prefix prefix) {
        BigInteger size = BigInteger.ONE.shiftLeft(128 - prefix.length());
        BigInteger step = BigInteger.ONE.shiftLeft(128 - bits);
        BigInteger edge = switch (random.nextInt(4)) {
            case 0 -> prefix.address();
            case 1 -> prefix.address().subtract(step);
            case 2 -> prefix.address().add(size);
            default -> prefix.address().add(size).subtract(step);
        };
        return new Prefix(edge.mod(BigInteger.ONE.shiftLeft(128)), 128);
    }

    int value() {
        return 1 + random.nextInt(random.nextInt(5) == 0 ? Nodes.MAX_VALUE : 3);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }
}
