package io.vireo.control.view;

import io.vireo.dataplane.wire.layout.DelayBuckets;
import java.util.ArrayList;
import java.util.List;

/**
 * How long packets were queued. The percentiles are ends of buckets, up to 25 % more than the true ones, never less;
 * all are 0 when there was no packet.
 *
 * @param p50Ns   half of the packets were queued no longer, in nanoseconds.
 * @param p99Ns   99 % likewise.
 * @param p999Ns  99.9 % likewise.
 * @param maxNs   all of them.
 * @param buckets the histogram, shortest delay first; empty buckets are left out.
 */
public record DelayStatus(long p50Ns, long p99Ns, long p999Ns, long maxNs, List<DelayCount> buckets) {
    /** No packet at all. */
    public static final DelayStatus NONE = of(new int[DelayBuckets.COUNT]);

    public DelayStatus {
        buckets = List.copyOf(buckets);
    }

    /**
     * Reads a histogram.
     *
     * @param counts by bucket of {@link DelayBuckets}, as unsigned numbers.
     */
    public static DelayStatus of(int[] counts) {
        List<DelayCount> buckets = new ArrayList<>();
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] != 0) {
                buckets.add(new DelayCount(DelayBuckets.lowestNs(bucket + 1), Integer.toUnsignedLong(counts[bucket])));
            }
        }
        return new DelayStatus(
                DelayBuckets.percentileNs(counts, 50),
                DelayBuckets.percentileNs(counts, 99),
                DelayBuckets.percentileNs(counts, 99.9),
                DelayBuckets.percentileNs(counts, 100),
                buckets);
    }

    /** What was counted since an earlier sample of the same counters; they may have wrapped once meanwhile. */
    public DelayStatus since(DelayStatus earlier) {
        int[] counts = counts();
        int[] before = earlier.counts();
        for (int bucket = 0; bucket < counts.length; bucket++) {
            counts[bucket] -= before[bucket];
        }
        return of(counts);
    }

    /** The delays of both together. */
    public DelayStatus plus(DelayStatus other) {
        int[] counts = counts();
        int[] more = other.counts();
        for (int bucket = 0; bucket < counts.length; bucket++) {
            counts[bucket] += more[bucket];
        }
        return of(counts);
    }

    private int[] counts() {
        int[] counts = new int[DelayBuckets.COUNT];
        for (DelayCount bucket : buckets) {
            counts[DelayBuckets.of(bucket.belowNs() - 1)] = (int) bucket.packets();
        }
        return counts;
    }
}
