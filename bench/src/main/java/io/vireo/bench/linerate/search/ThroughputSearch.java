package io.vireo.bench.linerate.search;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * RFC 2544 §26.1: the fastest load of which no frame is lost, by halving. A single lost frame fails a load for good, which
 * makes this figure the least steady of all on a machine that does other things: see {@link MlrSearch}. One thread.
 *
 * @param limits where to look; its time is for the whole search
 * @param trialNs duration of each trial, nanoseconds
 * @param width when to stop: distance of the bounds as a share of the upper one
 */
public record ThroughputSearch(SearchLimits limits, long trialNs, double width) {
    /**
     * What was found.
     *
     * @param regularity {@link Regularity#NO_LOWER_BOUND} when even the lowest load lost frames
     * @param framesPerSecond the highest load without loss; null when there is none
     * @param trials how many trials it took
     */
    public record Result(Regularity regularity, @Nullable Double framesPerSecond, int trials) {}

    /** Searches. */
    public Result run(Measurer measurer) throws IOException, InterruptedException {
        double upper = limits.maxFramesPerSecond();
        if (measurer.measure(upper, trialNs).lossRatio() == 0) {
            return new Result(Regularity.NO_UPPER_BOUND, upper, 1);
        }
        double lower = limits.minFramesPerSecond();
        if (measurer.measure(lower, trialNs).lossRatio() > 0) {
            return new Result(Regularity.NO_LOWER_BOUND, null, 2);
        }
        int trials = 2;
        long usedNs = 2 * trialNs;
        while ((upper - lower) / upper > width) {
            if (usedNs >= limits.maxNs()) {
                return new Result(Regularity.OUT_OF_TIME, lower, trials);
            }
            double middle = (lower + upper) / 2;
            Trial trial = measurer.measure(middle, trialNs);
            if (trial.lossRatio() == 0) {
                lower = middle;
            } else {
                upper = middle;
            }
            usedNs += trial.effectiveDurationNs();
            trials++;
        }
        return new Result(Regularity.REGULAR, lower, trials);
    }
}
