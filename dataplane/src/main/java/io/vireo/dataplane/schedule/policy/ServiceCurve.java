package io.vireo.dataplane.schedule.policy;

/**
 * A two-piece linear service curve: m1 for d, m2 ever after.
 *
 * <p>Immutable, any thread. The curve is <i>concave</i> when it starts fast (low delay for a low rate), <i>convex</i>
 * when it starts slow, and linear when both rates are equal. See Stoica, Zhang, Ng (ToN 2000), section V.
 *
 * @param firstRateBitsPerSecond m1, 0 (only with a span, and only for a convex curve) or {@value #MIN_RATE} to
 *     {@value #MAX_RATE}
 * @param firstSpanNs d, 0 to {@value #MAX_SPAN_NS}; 0 only if both rates are equal
 * @param secondRateBitsPerSecond m2, {@value #MIN_RATE} to {@value #MAX_RATE}
 */
public record ServiceCurve(long firstRateBitsPerSecond, long firstSpanNs, long secondRateBitsPerSecond) {
    /** The slowest rate a curve may have: one byte per millisecond, the "8 kb/s" of a slow modem. */
    public static final long MIN_RATE = 8_000;

    /** The fastest rate a curve may have, 1.6 Tb/s: four times the fastest port of today. */
    public static final long MAX_RATE = 1_600_000_000_000L;

    /** The longest first piece, one minute. */
    public static final long MAX_SPAN_NS = 60_000_000_000L;

    /** The longest credit a concave curve may give, in time at its second rate: 12 days. */
    public static final long MAX_BURST_NS = 1L << 50;

    private static final long MAX_PACKET_BYTES = 1L << 30;

    private static final long BIT_NS_PER_BYTE_SECOND = 8_000_000_000L;

    /** Refuses a curve that is not one, naming the field. */
    public ServiceCurve {
        CurveDefect defect = CurveDefect.of(firstRateBitsPerSecond, firstSpanNs, secondRateBitsPerSecond);
        if (defect != CurveDefect.NONE) {
            throw new IllegalArgumentException(defect.sentence() + " (m1 " + firstRateBitsPerSecond + " b/s, d "
                    + firstSpanNs + " ns, m2 " + secondRateBitsPerSecond + " b/s)");
        }
    }

    /** The straight curve of a rate. */
    public static ServiceCurve linear(long rateBitsPerSecond) {
        return new ServiceCurve(rateBitsPerSecond, 0, rateBitsPerSecond);
    }

    /**
     * The curve that sends a packet of {@code largestPacketBytes} within {@code longestDelayNs} and gives
     * {@code rateBitsPerSecond} in the long run ({@code umax}, {@code dmax}, {@code rate} of tc-hfsc(8)).
     *
     * <p>Concave if the packet needs more than the rate to keep the delay, otherwise convex: nothing at first, then the
     * rate, so that the packet is through exactly at the delay.
     *
     * @throws IllegalArgumentException if an argument is not positive, or the curve would not be one
     */
    public static ServiceCurve ofPacket(long largestPacketBytes, long longestDelayNs, long rateBitsPerSecond) {
        if (largestPacketBytes <= 0 || longestDelayNs <= 0 || largestPacketBytes > MAX_PACKET_BYTES) {
            throw new IllegalArgumentException("largest packet and longest delay must be positive, not "
                    + largestPacketBytes + " B and " + longestDelayNs + " ns");
        }
        long workBitNs = largestPacketBytes * BIT_NS_PER_BYTE_SECOND;
        long firstRateBitsPerSecond = workBitNs / longestDelayNs;
        if (firstRateBitsPerSecond > rateBitsPerSecond) {
            return new ServiceCurve(firstRateBitsPerSecond, longestDelayNs, rateBitsPerSecond);
        }
        long packetNs = rateBitsPerSecond > 0 ? workBitNs / rateBitsPerSecond : 0;
        long idleNs = longestDelayNs - packetNs;
        return idleNs == 0 ? linear(rateBitsPerSecond) : new ServiceCurve(0, idleNs, rateBitsPerSecond);
    }

    /** Whether the second piece is not steeper than the first. */
    public boolean isConcave() {
        return firstRateBitsPerSecond >= secondRateBitsPerSecond;
    }
}
