package io.vireo.bench.linerate;

import io.vireo.bench.linerate.search.BurstSearch;
import io.vireo.bench.linerate.search.GoalResult;
import io.vireo.bench.linerate.search.MlrSearch;
import io.vireo.bench.linerate.search.SearchLimits;
import io.vireo.bench.linerate.search.ThroughputSearch;
import io.vireo.bench.linerate.traffic.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The tests of RFC 2544, RFC 9004 and RFC 9971 that one running device answers. One thread. */
final class LoadTests {
    /** The lowest load: a thousandth of the highest. */
    private static final double LOWEST_SHARE = 0.001;

    /** Steps of the loss curve: RFC 2544 §26.3. */
    private static final double LOSS_STEP = 0.1;

    private static final long BURST_TOLERANCE_FRAMES = 16;

    /** RFC 2544 §26.5: 110 % of the throughput, then half of that. */
    private static final double OVERLOAD = 1.1;

    private static final long OVERLOAD_NS = TestParameters.TRIAL_NS / 2;

    private final PunctualTrials trials;
    private final double highestFramesPerSecond;
    private final TestParameters parameters;

    LoadTests(PunctualTrials trials, double highestFramesPerSecond, TestParameters parameters) {
        this.trials = trials;
        this.highestFramesPerSecond = highestFramesPerSecond;
        this.parameters = parameters;
    }

    /** RFC 9971: NDR and PDR. */
    List<GoalResult> searchRates() throws IOException, InterruptedException {
        return new MlrSearch(limits(), trials).run(parameters.goals());
    }

    /** RFC 2544 §26.1. */
    ThroughputSearch.Result searchThroughput() throws IOException, InterruptedException {
        return new ThroughputSearch(limits(), TestParameters.TRIAL_NS, parameters.width()).run(trials);
    }

    private SearchLimits limits() {
        return new SearchLimits(
                highestFramesPerSecond * LOWEST_SHARE, highestFramesPerSecond, parameters.maxSearchNs());
    }

    /** RFC 2544 §26.3: from the highest load down, until two loads in a row lose nothing. */
    List<LossPoint> lossCurve() throws IOException, InterruptedException {
        List<LossPoint> points = new ArrayList<>();
        int lossless = 0;
        for (int step = 0; lossless < 2 && step < 10; step++) {
            double load = highestFramesPerSecond * (1 - step * LOSS_STEP);
            TrialSum sum = TrialSum.of(trials, load, parameters.lossSumNs());
            points.add(new LossPoint(load, sum.lossRatio()));
            lossless = sum.missingFrames() == 0 ? lossless + 1 : 0;
        }
        return points;
    }

    /** RFC 9004: how long a burst at the highest load may be, as the mean of several searches. */
    BurstResult backToBack(double throughputFramesPerSecond) throws IOException, InterruptedException {
        long longest = Phase.of(highestFramesPerSecond, TestParameters.TRIAL_NS).frames();
        BurstSearch search = new BurstSearch(longest, BURST_TOLERANCE_FRAMES);
        List<Double> frames = new ArrayList<>();
        for (int i = 0; i < parameters.repetitions(); i++) {
            frames.add((double) search.run(this::survives));
        }
        return new BurstResult(frames, longest, highestFramesPerSecond, throughputFramesPerSecond);
    }

    private boolean survives(long frames) throws IOException, InterruptedException {
        return trials.run(List.of(new Phase(highestFramesPerSecond, frames))).missingFrames() == 0;
    }

    /** RFC 2544 §26.5: how long after an overload frames are still lost, in nanoseconds, once for each repetition. */
    List<Long> recoveries(double throughputFramesPerSecond) throws IOException, InterruptedException {
        double overload = Math.min(highestFramesPerSecond, OVERLOAD * throughputFramesPerSecond);
        Phase first = Phase.of(overload, OVERLOAD_NS);
        Phase second = Phase.of(overload / 2, OVERLOAD_NS);
        List<Long> recoveries = new ArrayList<>();
        for (int i = 0; i < parameters.repetitions(); i++) {
            long lastLossNs = trials.run(List.of(first, second)).lastLossNs();
            recoveries.add(Math.max(0, lastLossNs - first.durationNs()));
        }
        return recoveries;
    }
}
