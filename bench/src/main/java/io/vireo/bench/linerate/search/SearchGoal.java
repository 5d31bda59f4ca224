package io.vireo.bench.linerate.search;

/**
 * What a search is to find: the highest load whose loss is low often enough. RFC 9971 §4.5, whose names the fields have.
 *
 * @param name in reports: NDR, PDR
 * @param lossRatio a trial with more loss than this is a high-loss trial: 0..1, without 1
 * @param exceedRatio the share of trial time that may have high loss: 0..1, without 1
 * @param finalTrialNs a trial of at least this long is of full length, nanoseconds
 * @param durationSumNs trials of full length that settle what a load is, all together, nanoseconds
 * @param initialTrialNs how long the first, coarse trials take, nanoseconds
 * @param width how close the bounds come to each other, as a share of the upper one: 0..1, without both
 */
public record SearchGoal(
        String name,
        double lossRatio,
        double exceedRatio,
        long finalTrialNs,
        long durationSumNs,
        long initialTrialNs,
        double width) {
    /** Refuses goals that cannot be reached or would never end. */
    public SearchGoal {
        requireShare("lossRatio", lossRatio);
        requireShare("exceedRatio", exceedRatio);
        if (finalTrialNs <= 0 || durationSumNs < finalTrialNs) {
            throw new IllegalArgumentException(
                    "durationSumNs: " + durationSumNs + " is less than finalTrialNs, " + finalTrialNs);
        }
        if (initialTrialNs <= 0 || initialTrialNs > finalTrialNs) {
            throw new IllegalArgumentException(
                    "initialTrialNs: " + initialTrialNs + " is not in 1.." + finalTrialNs + ", finalTrialNs");
        }
        if (!(width > 0 && width < 1)) {
            throw new IllegalArgumentException("width: " + width + " is not between 0 and 1");
        }
    }

    /** Whether a trial counts in full for this goal. */
    boolean isFullLength(Trial trial) {
        return trial.durationNs() >= finalTrialNs;
    }

    /** Whether a trial lost more than the goal allows. */
    boolean isHighLoss(Trial trial) {
        return trial.lossRatio() > lossRatio;
    }

    private static void requireShare(String field, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(field + ": " + value + " is not in 0..1, without 1");
        }
    }
}
