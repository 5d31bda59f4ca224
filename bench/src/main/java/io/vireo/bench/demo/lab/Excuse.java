package io.vireo.bench.demo.lab;

import io.vireo.dataplane.wire.layout.DelayBuckets;
import java.util.ArrayList;
import java.util.List;

/**
 * How much the machine must have taken of a thread's time to explain that a bound was missed.
 *
 * @param requiredNs so much, ns
 * @param withinNs within some interval as long as this, ns; {@link Long#MAX_VALUE} for the whole measurement
 * @param others of other bounds that were missed, each of which must be explained by itself, perhaps by another interval
 */
public record Excuse(long requiredNs, long withinNs, List<Excuse> others) {
    /** Of a miss that no lack of processor time explains: no machine takes so much. */
    public static final Excuse NONE = new Excuse(Long.MAX_VALUE, Long.MAX_VALUE);

    /** Of a bound that was kept. */
    public static final Excuse NOT_NEEDED = new Excuse(0, Long.MAX_VALUE);

    /** Readings come at such a distance: what was taken is known to lie between two of them. */
    private static final long RESOLUTION_NS = 2 * DisturbanceMonitor.PERIOD_NS;

    /** Takes a copy. */
    public Excuse {
        others = List.copyOf(others);
    }

    /** Of one bound. */
    public Excuse(long requiredNs, long withinNs) {
        this(requiredNs, withinNs, List.of());
    }

    /**
     * Of a packet that was late: undisturbed, less than half of a bound is used; so at least all beyond that half was taken, while the
     * packet waited.
     *
     * @param measuredNs more than the bound, ns
     */
    public static Excuse ofDelay(long measuredNs, long boundNs) {
        return new Excuse(measuredNs - boundNs / 2, measuredNs + RESOLUTION_NS);
    }

    /**
     * As {@link #ofDelay}, of a delay out of a class's histogram, which is the end of its bucket: the packet was late by the bucket's
     * beginning at least, up to a fifth less, and no more than that must be explained.
     */
    public static Excuse ofCountedDelay(long bucketEndNs, long boundNs) {
        long beginNs = DelayBuckets.lowestNs(DelayBuckets.of(bucketEndNs - 1));
        return new Excuse(Math.max(boundNs, beginNs) - boundNs / 2, bucketEndNs + RESOLUTION_NS);
    }

    /** Of work that took too long, likewise, at any time of the measurement. */
    public static Excuse ofDuration(long measuredNs, long boundNs) {
        return new Excuse(measuredNs - boundNs / 2, Long.MAX_VALUE);
    }

    /**
     * Of a rate that is off: as large a part of the interval was taken.
     *
     * @param measured bit/s
     * @param guaranteed bit/s
     */
    public static Excuse ofRate(double measured, long guaranteed, long intervalNs) {
        double share = Math.abs(measured / guaranteed - 1);
        return Double.isNaN(share) ? NONE : new Excuse((long) Math.ceil(share * intervalNs), Long.MAX_VALUE);
    }

    /** Of a loss: the time in which the buffer before the thread fills, within twice that time. */
    public static Excuse ofLoss(int bufferPackets, double packetsPerSecond) {
        long fillNs = (long) (bufferPackets * 1e9 / packetsPerSecond);
        return new Excuse(fillNs, 2 * fillNs);
    }

    /** Of both misses. */
    public Excuse and(Excuse other) {
        List<Excuse> all = new ArrayList<>(others);
        all.add(new Excuse(other.requiredNs, other.withinNs));
        all.addAll(other.others);
        return new Excuse(requiredNs, withinNs, all);
    }
}
