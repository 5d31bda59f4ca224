package io.vireo.bench.demo.lab;

import java.util.Locale;

/**
 * What the machine took away during a measurement: by it a missed bound is either the data plane's failure or no measurement.
 *
 * @param thread the thread, of those that the measurement depends on, that waited longest for a CPU
 * @param waitNs how long it was on a run queue, ready to run, ns
 * @param stealNs how long the hypervisor withheld CPUs that had work, all of them together, ns
 */
public record Disturbance(String thread, long waitNs, long stealNs) {
    /** Explains a miss that no lack of processor time explains: no machine takes so much. */
    public static final long NOTHING = Long.MAX_VALUE;

    private static final double NS_PER_MS = 1e6;

    /** All that may have been missing. */
    public long takenNs() {
        return waitNs + stealNs;
    }

    /**
     * Whether a miss may come from the machine.
     *
     * @param requiredNs how much must have been taken for that, ns; {@link #NOTHING} when nothing explains it
     */
    public boolean explains(long requiredNs) {
        return takenNs() >= requiredNs;
    }

    /**
     * What must have been taken to explain that a time is beyond its bound. Undisturbed, a measurement uses less than half of its
     * bound; so at least all beyond that half was taken.
     *
     * @param measuredNs more than the bound, ns
     * @param boundNs the bound, ns
     */
    public static long requiredForDelay(long measuredNs, long boundNs) {
        return measuredNs - boundNs / 2;
    }

    /**
     * What must have been taken to explain that a rate is off: as large a part of the time.
     *
     * @param measured any unit
     * @param guaranteed in the same unit
     * @param intervalNs for how long it was measured, ns
     */
    public static long requiredForRate(double measured, long guaranteed, long intervalNs) {
        double share = Math.abs(measured / guaranteed - 1);
        return Double.isNaN(share) ? NOTHING : (long) Math.ceil(share * intervalNs);
    }

    /**
     * What must have been taken to explain a loss: the time in which the buffer before the thread fills.
     *
     * @param roomPackets of the buffer
     * @param packetsPerSecond that come in
     */
    public static long requiredForLoss(int roomPackets, double packetsPerSecond) {
        return (long) (roomPackets * 1e9 / packetsPerSecond);
    }

    /** For the table. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "the machine took %.1f ms of the time of %s (run queue %.1f, steal %.0f)",
                takenNs() / NS_PER_MS,
                thread,
                waitNs / NS_PER_MS,
                stealNs / NS_PER_MS);
    }
}
