package io.vireo.dataplane.wire.layout;

/**
 * How queueing delays are counted: log-linear buckets, four to each doubling, from 1.024 µs to 8.6 s; what is shorter
 * falls into the first, what is longer into the last. A delay is known to a quarter of the power of two below it: 25 %
 * at worst, 11 % on average. Pure.
 */
public final class DelayBuckets {
    /** Buckets of a histogram. */
    public static final int COUNT = 96;

    private static final int FIRST_EXPONENT = 10;
    private static final int STEP_BITS = 2;
    private static final int STEPS = 1 << STEP_BITS;

    private DelayBuckets() {}

    /** Returns the bucket of a delay. */
    public static int of(long delayNs) {
        if (delayNs < 1L << FIRST_EXPONENT) {
            return 0;
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(delayNs);
        int step = (int) (delayNs >>> (exponent - STEP_BITS)) & (STEPS - 1);
        return Math.min(COUNT - 1, 1 + (exponent - FIRST_EXPONENT) * STEPS + step);
    }

    /** Returns the shortest delay of a bucket, ns; bucket {@link #COUNT} begins where the last would end. */
    public static long lowestNs(int bucket) {
        if (bucket == 0) {
            return 0;
        }
        int exponent = FIRST_EXPONENT + (bucket - 1) / STEPS;
        int step = (bucket - 1) % STEPS;
        return (long) (STEPS + step) << (exponent - STEP_BITS);
    }

    /**
     * Returns a delay that at least {@code percent} of the packets did not exceed, ns: the end of the bucket in which
     * that packet falls. 0 when there is none.
     *
     * @param counts by bucket, as unsigned numbers
     * @param percent more than 0, at most 100
     */
    public static long percentileNs(int[] counts, double percent) {
        long total = 0;
        for (int count : counts) {
            total += Integer.toUnsignedLong(count);
        }
        if (total == 0) {
            return 0;
        }
        long rank = Math.max(1, (long) Math.ceil(total * percent / 100));
        int bucket = 0;
        long seen = Integer.toUnsignedLong(counts[0]);
        while (seen < rank && bucket < COUNT - 1) {
            bucket++;
            seen += Integer.toUnsignedLong(counts[bucket]);
        }
        return lowestNs(bucket + 1);
    }
}
