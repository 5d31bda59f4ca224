package io.vireo.bench.linerate;

import io.vireo.bench.linerate.search.SearchGoal;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long everything is tried. RFC 2544 wants trials of 60 s and 20 repetitions; a search takes an afternoon then. What was
 * taken instead is in the report.
 *
 * @param warmUpNs overload without getting better before the first trial, nanoseconds
 * @param finalTrialNs trial of full length in the searches, nanoseconds
 * @param durationSumNs such trials that settle a load, all together, nanoseconds
 * @param initialTrialNs first trials of the searches, nanoseconds
 * @param width how close bounds come
 * @param longestSearchNs trial time of one search, nanoseconds
 * @param latencyTrialNs each latency trial, nanoseconds
 * @param latencyRounds how often devices take turns in the latency test
 * @param lossTrialNs each trial of the loss curve, nanoseconds
 * @param repetitions of bursts and recoveries
 * @param resetWindowNs trial in which the device is reset, nanoseconds
 */
record Effort(
        long warmUpNs,
        long finalTrialNs,
        long durationSumNs,
        long initialTrialNs,
        double width,
        long longestSearchNs,
        long latencyTrialNs,
        int latencyRounds,
        long lossTrialNs,
        int repetitions,
        long resetWindowNs) {
    /** NDR and PDR as CSIT of FD.io defines them: no loss, and half a percent; half of the trials may be worse. */
    private static final double PDR_LOSS_RATIO = 0.005;

    private static final double EXCEED_RATIO = 0.5;

    static final Effort FULL = new Effort(
            seconds(3),
            seconds(1),
            seconds(11),
            millis(60),
            0.005,
            seconds(90),
            seconds(10),
            3,
            seconds(1),
            5,
            seconds(8));

    static final Effort QUICK = new Effort(
            seconds(1),
            millis(200),
            millis(600),
            millis(50),
            0.02,
            seconds(5),
            seconds(1),
            1,
            millis(150),
            3,
            seconds(4));

    List<SearchGoal> goals() {
        return List.of(goal("NDR", 0), goal("PDR", PDR_LOSS_RATIO));
    }

    private SearchGoal goal(String name, double lossRatio) {
        return new SearchGoal(name, lossRatio, EXCEED_RATIO, finalTrialNs, durationSumNs, initialTrialNs, width);
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
