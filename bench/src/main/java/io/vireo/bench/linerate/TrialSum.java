package io.vireo.bench.linerate;

import io.vireo.bench.linerate.traffic.PackedHistogram;
import io.vireo.bench.linerate.traffic.Phase;
import io.vireo.bench.linerate.traffic.TrialReport;
import java.io.IOException;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What trials of one load came to, all together.
 *
 * @param intendedFrames frames that were due
 * @param missingFrames those that did not come back
 * @param latency of all that did, from when they were due, nanoseconds
 * @param maxLatenessNs how far behind its schedule the generator was at its worst, nanoseconds
 */
record TrialSum(long intendedFrames, long missingFrames, Histogram latency, long maxLatenessNs) {
    /**
     * Makes as many trials of full length as it takes, at least one.
     *
     * @param sumNs how long all of them take together, nanoseconds
     * @throws LateGeneratorException when the generator was late every time in one of them
     */
    static TrialSum of(PunctualTrials trials, double loadFramesPerSecond, long sumNs)
            throws IOException, InterruptedException {
        List<Phase> phases = List.of(Phase.of(loadFramesPerSecond, TestParameters.TRIAL_NS));
        TrialSum sum = of(trials.run(phases));
        for (long timeNs = TestParameters.TRIAL_NS; timeNs < sumNs; timeNs += TestParameters.TRIAL_NS) {
            sum = sum.and(of(trials.run(phases)));
        }
        return sum;
    }

    private static TrialSum of(TrialReport report) {
        return new TrialSum(
                report.intendedFrames(),
                report.missingFrames(),
                PackedHistogram.unpack(report.latency()),
                report.maxLatenessNs());
    }

    private TrialSum and(TrialSum other) {
        Histogram both = latency.copy();
        both.add(other.latency);
        return new TrialSum(
                intendedFrames + other.intendedFrames,
                missingFrames + other.missingFrames,
                both,
                Math.max(maxLatenessNs, other.maxLatenessNs));
    }

    double lossRatio() {
        return Math.clamp((double) missingFrames / intendedFrames, 0, 1);
    }
}
