package io.vireo.bench.demo.lab;

import java.util.List;
import java.util.Locale;

/**
 * What the machine took away during a measurement: by it a missed bound is either the data plane's failure or no measurement.
 *
 * @param thread the thread, of those that the measurement depends on, that waited longest for a CPU
 * @param waitNs how long it was on a run queue, ready to run, ns
 * @param stealNs how long the hypervisor withheld CPUs that had work, all of them together, ns
 * @param standstillNs how long the machine stood still, ns: a timer was late, and nobody waited for a CPU; some hypervisors count no
 *     steal then. What was counted as a wait or as steal as well counts once
 * @param pieces the same piece by piece, in order: the most that was taken from any of the threads
 */
public record Disturbance(String thread, long waitNs, long stealNs, long standstillNs, List<Piece> pieces) {
    private static final double NS_PER_MS = 1e6;

    /**
     * What was taken between two readings.
     *
     * @param timeNs of the second, {@link System#nanoTime}
     * @param takenNs run-queue wait, steal and standstill, ns: at most so much
     */
    public record Piece(long timeNs, long takenNs) {}

    /** Takes a copy. */
    public Disturbance {
        pieces = List.copyOf(pieces);
    }

    /** All that was taken. */
    long takenNs() {
        return Math.max(waitNs + stealNs, standstillNs);
    }

    /**
     * What was taken of two programs that wait for each other: of one after the other, so both count; steal and
     * standstill, which both saw, once. The pieces are this one's.
     */
    public Disturbance and(Disturbance next) {
        return new Disturbance(
                thread + " and " + next.thread,
                waitNs + next.waitNs,
                Math.max(stealNs, next.stealNs),
                Math.max(standstillNs, next.standstillNs),
                pieces);
    }

    /** Whether a miss may come from the machine. */
    public boolean explains(Excuse excuse) {
        long takenNs = excuse.withinNs() == Long.MAX_VALUE ? takenNs() : maxWithin(excuse.withinNs());
        return takenNs >= excuse.requiredNs() && excuse.others().stream().allMatch(this::explains);
    }

    /** The maximum that was taken in any interval as long as that. */
    private long maxWithin(long windowNs) {
        long maxNs = 0;
        long sumNs = 0;
        int first = 0;
        for (Piece piece : pieces) {
            sumNs += piece.takenNs();
            while (piece.timeNs() - pieces.get(first).timeNs() > windowNs) {
                sumNs -= pieces.get(first++).takenNs();
            }
            maxNs = Math.max(maxNs, sumNs);
        }
        return maxNs;
    }

    /** For the table. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "the machine took %.1f ms of the time of %s (run queue %.1f, steal %.0f, standstill %.0f)",
                takenNs() / NS_PER_MS,
                thread,
                waitNs / NS_PER_MS,
                stealNs / NS_PER_MS,
                standstillNs / NS_PER_MS);
    }
}
