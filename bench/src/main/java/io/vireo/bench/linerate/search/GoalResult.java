package io.vireo.bench.linerate.search;

import org.jspecify.annotations.Nullable;

/**
 * What a search found for one goal: RFC 9971 §6.2.
 *
 * @param goal the goal
 * @param regularity whether it is what was looked for
 * @param lowerFramesPerSecond relevant lower bound, frames per second
 * @param upperFramesPerSecond relevant upper bound, frames per second
 * @param conditionalFramesPerSecond conditional throughput, frames per second; null without a lower bound
 * @param inversions loads that met the goal above one that missed it
 * @param trials how many trials the search has made up to here
 */
public record GoalResult(
        SearchGoal goal,
        Regularity regularity,
        @Nullable Double lowerFramesPerSecond,
        @Nullable Double upperFramesPerSecond,
        @Nullable Double conditionalFramesPerSecond,
        int inversions,
        int trials) {}
