package io.vireo.bench.linerate.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * RFC 9971, Multiple Loss Ratio Search: the loads that meet several goals, each classified by all trials made so far.
 *
 * <p>How it goes about it, which the RFC leaves open: one short trial at the highest load shows what the device forwards when
 * it is overloaded. Each goal is searched from there in phases. The first phase decides by one short trial per load and wants
 * the bounds no closer than several widths; the last is the goal itself. A later phase starts at the lower bound of the one
 * before, so long trials are made only near the answer. One thread.
 */
public final class MlrSearch {
    /** Trials become about this much longer from phase to phase, and bounds as much closer. */
    private static final int PHASE_FACTOR = 4;

    private final SearchLimits limits;
    private final Measurer measurer;
    private final TrialStore store = new TrialStore();
    private int trials;

    /** @param measurer makes the trials */
    public MlrSearch(SearchLimits limits, Measurer measurer) {
        this.limits = limits;
        this.measurer = measurer;
    }

    /**
     * Searches for every goal.
     *
     * @param goals one or more, in the order in which they are searched
     * @return one result for each, in the same order
     */
    public List<GoalResult> run(List<SearchGoal> goals) throws IOException, InterruptedException {
        Trial overload =
                measurer.measure(limits.maxFramesPerSecond(), goals.getFirst().initialTrialNs());
        store.add(overload);
        trials++;
        double guess = overload.loadFramesPerSecond() * (1 - overload.lossRatio());
        List<GoalResult> results = new ArrayList<>();
        for (SearchGoal goal : goals) {
            results.add(search(goal, guess));
        }
        return results;
    }

    private GoalResult search(SearchGoal goal, double firstGuess) throws IOException, InterruptedException {
        double guess = firstGuess;
        Regularity regularity = Regularity.OUT_OF_TIME;
        for (SearchGoal phase : phases(goal)) {
            GoalSearch search = new GoalSearch(phase, limits, store, measurer);
            regularity = search.run(guess);
            trials += search.trials();
            Double lower = Bounds.of(store, phase).lower();
            guess = lower != null ? lower : guess;
        }
        return result(goal, regularity);
    }

    private GoalResult result(SearchGoal goal, Regularity regularity) {
        Bounds bounds = Bounds.of(store, goal);
        Double lower = bounds.lower();
        Double throughput = lower == null ? null : ConditionalThroughput.framesPerSecond(store.at(lower), goal);
        return new GoalResult(goal, regularity, lower, bounds.upper(), throughput, bounds.inversions(), trials);
    }

    /** The goal, preceded by coarser ones that take less time. */
    static List<SearchGoal> phases(SearchGoal goal) {
        List<SearchGoal> phases = new ArrayList<>(List.of(goal));
        long trialNs = goal.finalTrialNs() / PHASE_FACTOR;
        double width = Math.min(0.5, goal.width() * PHASE_FACTOR);
        while (trialNs >= goal.initialTrialNs()) {
            phases.addFirst(new SearchGoal(
                    goal.name(), goal.lossRatio(), goal.exceedRatio(), trialNs, trialNs, trialNs, width));
            trialNs /= PHASE_FACTOR;
            width = Math.min(0.5, width * PHASE_FACTOR);
        }
        return phases;
    }
}
