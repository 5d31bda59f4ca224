package io.vireo.dataplane.schedule;

/**
 * From bytes to time without division and without overflow.
 *
 * <p><b>The choice.</b> The inverse of a rate, in time units per byte, is kept as {@code mantissa / 2^shift}, with the
 * mantissa as long as a positive {@code long} allows (62 or 63 significant bits) and the shift from 1 to {@value
 * #MAX_SHIFT}. Time is in nanoseconds for real time and in 1/256 ns for virtual time: at 400 Gb/s a byte lasts 5.12
 * such units, so that virtual time is finer than a byte at every rate up to 2 Tb/s.
 *
 * <p><b>Bounds.</b> For a work of w bytes, 0 ≤ w &lt; 2^63, the product with the mantissa is below 2^126: it is taken in
 * full (low half by {@code *}, high half by {@link Math#multiplyHigh}) and shifted, so nothing overflows. The mantissa
 * is rounded up by less than 1, hence the time is high by less than w / 2^shift before it is rounded down:
 *
 * <ul>
 *   <li>at 8 kb/s, in 1/256 ns: shift 35, an error below one unit for w &lt; 2^35, 32 GB or 397 days at that rate;
 *   <li>at 400 Gb/s, in 1/256 ns: shift 60, below one unit for w &lt; 2^60, 266 days at that rate;
 *   <li>at 400 Gb/s, in ns: shift 63, below one unit for w &lt; 2^63, nearly six years at that rate.
 * </ul>
 *
 * <p>Past those bounds the error is a relative one, below 2^-57: no clock is that good. Where the exact time is a whole
 * number of units, the result is that number. Virtual time is circular: the result is the true one modulo 2^64, since
 * the bits above are just not kept.
 *
 * <p>Static, pure, allocation-free; the rounding is proved against {@code BigInteger} by its test.
 */
final class FixedPoint {
    /** Fraction bits of virtual time: units of 1/256 ns. */
    static final int VIRTUAL_BITS = 8;

    /** Fraction bits of real time: plain nanoseconds, good for 292 years. */
    static final int REAL_BITS = 0;

    static final int MAX_SHIFT = 63;

    private static final long BIT_NS_PER_BYTE_SECOND = 8_000_000_000L;

    private FixedPoint() {}

    /** The time that {@code work} bytes last, rounded down. */
    static long time(long work, long mantissa, int shift) {
        long low = work * mantissa;
        long high = Math.multiplyHigh(work, mantissa);
        return (high << -shift) | (low >>> shift); // a shift by -s is one by 64 - s, JLS 15.19
    }

    /** The shift for a rate: the largest that keeps the mantissa below 2^63. */
    static int shift(long rateBitsPerSecond, int fractionBits) {
        long whole = Long.divideUnsigned(BIT_NS_PER_BYTE_SECOND << fractionBits, rateBitsPerSecond);
        return Math.min(MAX_SHIFT, Long.numberOfLeadingZeros(whole) - 1);
    }

    /** The mantissa that goes with {@link #shift}, rounded up. */
    static long mantissa(long rateBitsPerSecond, int fractionBits) {
        long numerator = BIT_NS_PER_BYTE_SECOND << fractionBits;
        long quotient = numerator / rateBitsPerSecond;
        long remainder = numerator % rateBitsPerSecond;
        for (int bit = shift(rateBitsPerSecond, fractionBits); bit > 0; bit--) {
            remainder <<= 1;
            quotient <<= 1;
            if (remainder >= rateBitsPerSecond) {
                remainder -= rateBitsPerSecond;
                quotient++;
            }
        }
        return remainder == 0 ? quotient : quotient + 1;
    }

    /**
     * {@code a * b / c} through 128 bits, rounded down; the quotient must fit. All three not negative, c below 2^62.
     */
    static long multiplyDivide(long a, long b, long c) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        long remainder = high % c;
        long quotient = 0;
        for (int bit = 63; bit >= 0; bit--) {
            remainder = (remainder << 1) | ((low >>> bit) & 1);
            quotient <<= 1;
            if (remainder >= c) {
                remainder -= c;
                quotient |= 1;
            }
        }
        return quotient;
    }
}
