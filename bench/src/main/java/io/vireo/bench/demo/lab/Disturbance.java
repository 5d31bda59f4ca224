package io.vireo.bench.demo.lab;

import java.util.Locale;

/**
 * What the machine took away during a measurement: by it a missed bound is either the data plane's failure or no measurement.
 *
 * @param thread the thread, of those that the measurement depends on, that waited longest for a CPU
 * @param waitNs how long it was on a run queue, ready to run, ns
 * @param stealNs how long the hypervisor withheld CPUs that had work, all of them together, ns
 * @param atOnceNs the most that was taken from any of the threads in one piece, steal included, ns
 */
public record Disturbance(String thread, long waitNs, long stealNs, long atOnceNs) {
    private static final double NS_PER_MS = 1e6;

    /** All that was taken. */
    long takenNs() {
        return waitNs + stealNs;
    }

    /** Whether a miss may come from the machine. */
    public boolean explains(Excuse excuse) {
        return takenNs() >= excuse.totalNs() && atOnceNs >= excuse.atOnceNs();
    }

    /** For the table. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "the machine took %.1f ms of the time of %s (run queue %.1f, steal %.0f; %.1f at once)",
                takenNs() / NS_PER_MS,
                thread,
                waitNs / NS_PER_MS,
                stealNs / NS_PER_MS,
                atOnceNs / NS_PER_MS);
    }
}
