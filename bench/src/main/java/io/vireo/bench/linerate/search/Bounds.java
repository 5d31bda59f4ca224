package io.vireo.bench.linerate.search;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a goal's load: RFC 9971 §6.2.
 *
 * @param lower the relevant lower bound: the highest load that meets the goal, of those below {@code upper}
 * @param upper the relevant upper bound: the lowest load that misses the goal
 * @param inversions loads above {@code upper} that met the goal all the same: the device, or the machine, is not steady
 */
record Bounds(@Nullable Double lower, @Nullable Double upper, int inversions) {
    static Bounds of(TrialStore store, SearchGoal goal) {
        Double lower = null;
        Double upper = null;
        int inversions = 0;
        for (double load : store.loads()) {
            LoadClass loadClass = store.classify(load, goal);
            if (loadClass == LoadClass.UPPER_BOUND && upper == null) {
                upper = load;
            } else if (loadClass == LoadClass.LOWER_BOUND && upper == null) {
                lower = load;
            } else if (loadClass == LoadClass.LOWER_BOUND) {
                inversions++;
            }
        }
        return new Bounds(lower, upper, inversions);
    }

    /** Whether both are there and as close as this share of the upper one. */
    boolean areWithin(double width) {
        return lower != null && upper != null && (upper - lower) / upper <= width * 1.000_001; // of rounding
    }
}
