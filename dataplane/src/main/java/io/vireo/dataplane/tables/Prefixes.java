package io.vireo.dataplane.tables;

/**
 * Arithmetic on addresses of 128 bits as two longs, bit 0 the most significant of {@code hi}. An IPv4 address stands in
 * the upper half of {@code hi}, with zeros below, so that one writer serves both families.
 */
final class Prefixes {
    private Prefixes() {}

    static int bit(long hi, long lo, int index) {
        return (int) ((index < 64 ? hi >>> (63 - index) : lo >>> (127 - index)) & 1);
    }

    /** {@code count} bits from bit {@code start} on, right-aligned; what lies beyond bit 127 reads as zeros. */
    static long bits(long hi, long lo, int start, int count) {
        long aligned;
        if (start == 0) {
            aligned = hi;
        } else if (start < 64) {
            aligned = (hi << start) | (lo >>> (64 - start));
        } else {
            aligned = lo << (start - 64);
        }
        return aligned >>> (64 - count);
    }

    static long maskHi(int length) {
        return length == 0 ? 0 : length >= 64 ? -1L : -1L << (64 - length);
    }

    static long maskLo(int length) {
        return length <= 64 ? 0 : -1L << (128 - length);
    }

    /** How many leading bits two addresses share, 0 to 128. */
    static int commonLength(long hi, long lo, long otherHi, long otherLo) {
        long difference = hi ^ otherHi;
        return difference != 0
                ? Long.numberOfLeadingZeros(difference)
                : Long.SIZE + Long.numberOfLeadingZeros(lo ^ otherLo);
    }
}
