package io.vireo.bench.linerate.search;

/**
 * Where a search looks, and for how long.
 *
 * @param minFramesPerSecond the lowest load, more than 0
 * @param maxFramesPerSecond the highest load
 * @param maxNs trial time for one goal, nanoseconds
 */
public record SearchLimits(double minFramesPerSecond, double maxFramesPerSecond, long maxNs) {
    /** Refuses an empty range. */
    public SearchLimits {
        if (!(minFramesPerSecond > 0 && minFramesPerSecond < maxFramesPerSecond)) {
            throw new IllegalArgumentException("minFramesPerSecond: " + minFramesPerSecond
                    + " is not between 0 and maxFramesPerSecond, " + maxFramesPerSecond);
        }
        if (maxNs <= 0) {
            throw new IllegalArgumentException("maxNs: " + maxNs + " is not positive");
        }
    }

    double clamp(double loadFramesPerSecond) {
        return Math.min(maxFramesPerSecond, Math.max(minFramesPerSecond, loadFramesPerSecond));
    }
}
