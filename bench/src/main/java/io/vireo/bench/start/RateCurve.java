package io.vireo.bench.start;

import io.vireo.bench.report.NotMeasuredException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Readings of a counter of sent packets since a program was started. Between two readings it is taken to have risen evenly.
 * Immutable.
 */
final class RateCurve {
    /** What counts as steady, of the steady rate. */
    private static final double STEADY_SHARE = 0.95;

    /** The rate must be there at once, soon after, and (the third, see {@link #reachedNs}) for the rest of the time. */
    private static final long AT_ONCE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long SOON_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long BUCKET_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MIN_BUCKETS = 8;

    /** Of the median: the range that holds the middle half of the buckets, and the way from one half of the time to the other. */
    private static final double MAX_SPREAD = 0.1;

    private static final double MAX_DRIFT = 0.05;

    private final long[] timesNs;
    private final long[] packets;

    /**
     * @param timesNs of the readings, since exec, ascending; at least two
     * @param packets counted by then, since the program started
     */
    RateCurve(long[] timesNs, long[] packets) {
        if (timesNs.length < 2 || timesNs.length != packets.length) {
            throw new IllegalArgumentException("readings: " + timesNs.length + " times, " + packets.length + " counts");
        }
        this.timesNs = timesNs.clone();
        this.packets = packets.clone();
    }

    /** Time of the last reading. */
    long endNs() {
        return timesNs[timesNs.length - 1];
    }

    /** The longest time without a reading: nothing is known better than that. */
    long maxGapNs() {
        long max = 0;
        for (int i = 1; i < timesNs.length; i++) {
            max = Math.max(max, timesNs[i] - timesNs[i - 1]);
        }
        return max;
    }

    /**
     * When the first reading was made that was not zero.
     *
     * @throws NotMeasuredException when there is none, or no zero before it: then the first packet was before
     */
    long firstPacketNs() {
        int first = firstReadingAboveZero();
        if (first == 0) {
            throw new NotMeasuredException("packets were sent before the counters were read");
        }
        return timesNs[first];
    }

    /** When a program that sent its first readings' packets at this rate began: for one that was not watched from its start. */
    long estimatedStartNs(double packetsPerSecond) {
        int first = firstReadingAboveZero();
        return timesNs[first] - Math.round(packets[first] * 1e9 / packetsPerSecond);
    }

    private int firstReadingAboveZero() {
        for (int i = 0; i < packets.length; i++) {
            if (packets[i] > 0) {
                return i;
            }
        }
        throw new NotMeasuredException("no packet was forwarded");
    }

    /** Mean rate between two moments, which are moved to where readings are; 0 when nothing is left between them. */
    double packetsPerSecond(long fromNs, long toNs) {
        long from = Math.max(fromNs, timesNs[0]);
        long to = Math.min(toNs, endNs());
        return to <= from ? 0 : (packetsBy(to) - packetsBy(from)) * 1e9 / (to - from);
    }

    private double packetsBy(long timeNs) {
        int found = Arrays.binarySearch(timesNs, timeNs);
        if (found >= 0) {
            return packets[found];
        }
        int after = -found - 1;
        double share = (double) (timeNs - timesNs[after - 1]) / (timesNs[after] - timesNs[after - 1]);
        return packets[after - 1] + share * (packets[after] - packets[after - 1]);
    }

    /**
     * The rate at the end: the median of tenths of seconds.
     *
     * @param windowNs how much of the end is looked at
     * @throws UnsteadyException when it is not steady there: the tenths differ too much, or still rise or fall
     */
    double steadyPacketsPerSecond(long windowNs) {
        long startNs = endNs() - windowNs;
        int count = (int) (windowNs / BUCKET_NS);
        if (count < MIN_BUCKETS || startNs < timesNs[0]) {
            throw new IllegalArgumentException("windowNs: " + windowNs + " of " + (endNs() - timesNs[0]));
        }
        double[] buckets = new double[count];
        for (int i = 0; i < count; i++) {
            buckets[i] = packetsPerSecond(startNs + i * BUCKET_NS, startNs + (i + 1) * BUCKET_NS);
        }
        double median = quantile(buckets, 0.5);
        double spread = (quantile(buckets, 0.75) - quantile(buckets, 0.25)) / median;
        double drift = Math.abs(quantile(Arrays.copyOfRange(buckets, count / 2, count), 0.5)
                        - quantile(Arrays.copyOfRange(buckets, 0, count / 2), 0.5))
                / median;
        if (!(spread <= MAX_SPREAD && drift <= MAX_DRIFT)) {
            throw new UnsteadyException(
                    "the rate is not steady: %.2f Mpps in the middle, half of the tenths of a second within %.0f %% of it, %.0f %% drift"
                            .formatted(median / 1e6, 100 * spread, 100 * drift));
        }
        return median;
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) (share * (sorted.length - 1))];
    }

    /**
     * From when on it forwards at 95 % of a rate: in the 20 ms and in the 500 ms that follow, and in all the time that is left.
     * So neither a spurt before a pause counts, nor does a single lost moment later count against it.
     *
     * @throws UnsteadyException when it never does for half a second
     */
    long reachedNs(double packetsPerSecond) {
        double enough = STEADY_SHARE * packetsPerSecond;
        for (int i = firstReadingAboveZero(); i < timesNs.length && timesNs[i] <= endNs() - SOON_NS; i++) {
            long fromNs = timesNs[i];
            if (packetsPerSecond(fromNs, fromNs + AT_ONCE_NS) >= enough
                    && packetsPerSecond(fromNs, fromNs + SOON_NS) >= enough
                    && packetsPerSecond(fromNs, endNs()) >= enough) {
                return fromNs;
            }
        }
        throw new UnsteadyException(
                "95 %% of %.2f Mpps were not reached for half a second".formatted(packetsPerSecond / 1e6));
    }
}
