package io.vireo.bench.linerate.search;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Looks for one goal, from a first guess outwards in steps that double until the goal is between two bounds, then by
 * halving. Every load is tried until it is decided. One thread.
 */
final class GoalSearch {
    private static final double LARGEST_STEP = 0.5;

    private final SearchGoal goal;
    private final SearchLimits limits;
    private final TrialStore store;
    private final Measurer measurer;
    private double step;
    private long usedNs;
    private int trials;

    GoalSearch(SearchGoal goal, SearchLimits limits, TrialStore store, Measurer measurer) {
        this.goal = goal;
        this.limits = limits;
        this.store = store;
        this.measurer = measurer;
        this.step = goal.width();
    }

    /** Searches until the bounds are close enough, a limit is in the way, or the time is up. */
    Regularity run(double firstGuess) throws IOException, InterruptedException {
        double load = limits.clamp(firstGuess);
        while (decide(load)) {
            Bounds bounds = Bounds.of(store, goal);
            Regularity end = end(bounds);
            if (end != null) {
                return end;
            }
            load = next(bounds);
        }
        return Regularity.OUT_OF_TIME;
    }

    int trials() {
        return trials;
    }

    /** Tries a load until it is decided; false when the time is up before. */
    private boolean decide(double load) throws IOException, InterruptedException {
        while (store.classify(load, goal) == LoadClass.UNDECIDED) {
            if (usedNs >= limits.maxNs()) {
                return false;
            }
            Trial trial = measurer.measure(load, goal.finalTrialNs());
            usedNs += trial.effectiveDurationNs();
            trials++;
            store.add(trial);
        }
        return true;
    }

    private @Nullable Regularity end(Bounds bounds) {
        if (bounds.areWithin(goal.width())) {
            return Regularity.REGULAR;
        }
        Double lower = bounds.lower();
        if (lower != null && lower >= limits.maxFramesPerSecond()) {
            return Regularity.NO_UPPER_BOUND;
        }
        Double upper = bounds.upper();
        if (upper != null && upper <= limits.minFramesPerSecond()) {
            return Regularity.NO_LOWER_BOUND;
        }
        return null;
    }

    /** Between the bounds, or outwards from the only one there is: the load before was decided. */
    private double next(Bounds bounds) {
        Double lower = bounds.lower();
        Double upper = bounds.upper();
        if (lower != null && upper != null) {
            return Math.sqrt(lower * upper);
        }
        double smaller = 1 - step;
        step = Math.min(LARGEST_STEP, 2 * step);
        if (lower != null) {
            return limits.clamp(lower / smaller);
        }
        return upper == null ? limits.minFramesPerSecond() : limits.clamp(upper * smaller);
    }
}
