package io.vireo.bench.demo.lab;

/**
 * How much the machine must have taken of a thread's time to explain that a bound was missed.
 *
 * @param totalNs over the whole measurement, ns
 * @param atOnceNs in one piece, ns
 */
public record Excuse(long totalNs, long atOnceNs) {
    /** Of a miss that no lack of processor time explains: no machine takes so much. */
    public static final Excuse NONE = new Excuse(Long.MAX_VALUE, Long.MAX_VALUE);

    /** Of a bound that was kept. */
    public static final Excuse NOT_NEEDED = new Excuse(0, 0);

    /**
     * Of a packet that was late: undisturbed, less than half of a bound is used; so at least all beyond that half was taken, at once.
     *
     * @param measuredNs more than the bound, ns
     */
    public static Excuse ofDelay(long measuredNs, long boundNs) {
        return new Excuse(0, measuredNs - boundNs / 2);
    }

    /** Of work that took too long, likewise, whether in one piece or in many. */
    public static Excuse ofDuration(long measuredNs, long boundNs) {
        return new Excuse(measuredNs - boundNs / 2, 0);
    }

    /**
     * Of a rate that is off: as large a part of the interval was taken.
     *
     * @param measured bit/s
     * @param guaranteed bit/s
     */
    public static Excuse ofRate(double measured, long guaranteed, long intervalNs) {
        double share = Math.abs(measured / guaranteed - 1);
        return Double.isNaN(share) ? NONE : new Excuse((long) Math.ceil(share * intervalNs), 0);
    }

    /** Of a loss: so long at once that the buffer before the thread fills. */
    public static Excuse ofLoss(int bufferPackets, double packetsPerSecond) {
        return new Excuse(0, (long) (bufferPackets * 1e9 / packetsPerSecond));
    }

    /** Of both misses. */
    public Excuse and(Excuse other) {
        return new Excuse(Math.max(totalNs, other.totalNs), Math.max(atOnceNs, other.atOnceNs));
    }
}
