package io.vireo.bench.linerate;

import io.vireo.bench.linerate.search.SearchGoal;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long everything is tried. RFC 2544 wants trials of 60 s and 20 repetitions; a search takes an afternoon then. What was
 * taken instead is in the report.
 *
 * @param warmUpNs overload without getting better before the first trial, nanoseconds
 * @param durationSumNs trials of full length that settle a load, all together, nanoseconds
 * @param width how close bounds come
 * @param maxSearchNs trial time of one search, nanoseconds
 * @param latencySumNs the trials of a latency, all together, nanoseconds
 * @param maxAttempts how often an iteration is run at most while figures are missing
 * @param latencyRounds how often each device is measured in the latency test, interleaved
 * @param lossSumNs the trials of each point of the loss curve, all together, nanoseconds
 * @param repetitions of bursts and recoveries
 * @param resetWindowNs trial in which the device is reset, nanoseconds
 */
record TestParameters(
        long warmUpNs,
        long durationSumNs,
        double width,
        long maxSearchNs,
        long latencySumNs,
        int maxAttempts,
        int latencyRounds,
        long lossSumNs,
        int repetitions,
        long resetWindowNs) {
    /**
     * A trial of full length. With the rest after it, it is so short that a virtual machine does not use up what it is granted
     * in a tenth of a second, and so long that the wire's rings fill a hundred times.
     */
    static final long TRIAL_NS = millis(60);

    /** NDR and PDR as CSIT of FD.io defines them: no loss, and half a percent; half of the trials may be worse. */
    private static final double PDR_LOSS_RATIO = 0.005;

    private static final double EXCEED_RATIO = 0.5;

    static final TestParameters FULL = new TestParameters(
            seconds(3), seconds(3), 0.005, seconds(60), seconds(10), 4, 3, millis(600), 5, seconds(8));

    static final TestParameters QUICK =
            new TestParameters(seconds(1), millis(600), 0.02, seconds(5), seconds(1), 4, 3, millis(120), 3, seconds(4));

    List<SearchGoal> goals() {
        return List.of(goal("NDR", 0), goal("PDR", PDR_LOSS_RATIO));
    }

    private SearchGoal goal(String name, double lossRatio) {
        return new SearchGoal(name, lossRatio, EXCEED_RATIO, TRIAL_NS, durationSumNs, TRIAL_NS, width);
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
