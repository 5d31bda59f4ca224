package io.vireo.bench.linerate.search;

import java.util.Comparator;
import java.util.List;

/**
 * What a load forwards in the worst of those trials that a goal does not excuse: RFC 9971, appendix B. For a goal without loss
 * it is the load itself.
 */
final class ConditionalThroughput {
    private ConditionalThroughput() {}

    /**
     * Computes it.
     *
     * @param trials all trials at one load, at least one
     * @return frames per second
     */
    static double framesPerSecond(List<Trial> trials, SearchGoal goal) {
        List<Trial> byLoss = trials.stream()
                .filter(goal::isFullLength)
                .sorted(Comparator.comparingDouble(Trial::lossRatio))
                .toList();
        double wholeNs = Math.max(
                (double) goal.durationSumNs(), LossSums.of(trials, goal).fullLengthNs());
        double loss = quantileLossRatio(byLoss, wholeNs * (1 - goal.exceedRatio()));
        return trials.getFirst().loadFramesPerSecond() * (1 - loss);
    }

    /** Time that was not tried counts as lost. */
    private static double quantileLossRatio(List<Trial> byLoss, double withinNs) {
        double remainingNs = withinNs;
        double loss = 1;
        for (Trial trial : byLoss) {
            if (remainingNs <= 0) {
                return loss;
            }
            loss = trial.lossRatio();
            remainingNs -= trial.effectiveDurationNs();
        }
        return remainingNs > 0 ? 1 : loss;
    }
}
