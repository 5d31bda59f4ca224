package io.vireo.bench.linerate.search;

import java.util.List;

/**
 * Trial time at one load, sorted by what one goal makes of it, and what follows from it: RFC 9971, appendices A and B, whose
 * variables have the same names.
 *
 * @param fullLengthLowLossNs full-length trials within the goal's loss
 * @param fullLengthHighLossNs full-length trials beyond it
 * @param shortLowLossNs shorter trials within it
 * @param shortHighLossNs shorter trials beyond it
 */
record LossSums(
        double fullLengthLowLossNs, double fullLengthHighLossNs, double shortLowLossNs, double shortHighLossNs) {
    /** Sums up trials of one load. */
    static LossSums of(List<Trial> trials, SearchGoal goal) {
        double[] sums = new double[4];
        for (Trial trial : trials) {
            int length = goal.isFullLength(trial) ? 0 : 2;
            int loss = goal.isHighLoss(trial) ? 1 : 0;
            sums[length + loss] += trial.effectiveDurationNs();
        }
        return new LossSums(sums[0], sums[1], sums[2], sums[3]);
    }

    /**
     * Appendix A. What a load is must not depend on trials still to come, so it is asked twice: what if they all have low
     * loss, and what if they all have high loss?
     */
    LoadClass classify(SearchGoal goal) {
        double effectiveHighLossNs = fullLengthHighLossNs + positiveExcessNs(goal.exceedRatio());
        double effectiveWholeNs = Math.max(fullLengthLowLossNs + effectiveHighLossNs, (double) goal.durationSumNs());
        double quantileNs = effectiveWholeNs * goal.exceedRatio();
        boolean optimisticIsLower = effectiveHighLossNs <= quantileNs;
        boolean pessimisticIsLower = effectiveWholeNs - fullLengthLowLossNs <= quantileNs;
        if (pessimisticIsLower) {
            return LoadClass.LOWER_BOUND;
        }
        return optimisticIsLower ? LoadClass.UNDECIDED : LoadClass.UPPER_BOUND;
    }

    /** Short trials may only speak against a load: so much high loss as their low loss does not make up for. */
    private double positiveExcessNs(double exceedRatio) {
        double balancingNs = shortLowLossNs * (exceedRatio / (1 - exceedRatio));
        return Math.max(0, shortHighLossNs - balancingNs);
    }

    /** Trial time of full length. */
    double fullLengthNs() {
        return fullLengthLowLossNs + fullLengthHighLossNs;
    }
}
