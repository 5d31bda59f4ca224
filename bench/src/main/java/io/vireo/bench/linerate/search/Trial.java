package io.vireo.bench.linerate.search;

/**
 * One trial: RFC 9971 §4.3 and §4.4.
 *
 * @param loadFramesPerSecond the intended load, frames per second
 * @param durationNs for how long it was to be offered, nanoseconds
 * @param effectiveDurationNs how long the trial took with all that belongs to it, nanoseconds
 * @param lossRatio frames of the intended load that did not come back, as a share of it: 0..1
 */
public record Trial(double loadFramesPerSecond, long durationNs, long effectiveDurationNs, double lossRatio) {
    /** Refuses what no trial can have given. */
    public Trial {
        if (!(loadFramesPerSecond > 0)) {
            throw new IllegalArgumentException("loadFramesPerSecond: " + loadFramesPerSecond + " is not positive");
        }
        if (durationNs <= 0 || effectiveDurationNs <= 0) {
            throw new IllegalArgumentException("durationNs: " + durationNs + ", effective " + effectiveDurationNs);
        }
        if (!(lossRatio >= 0 && lossRatio <= 1)) {
            throw new IllegalArgumentException("lossRatio: " + lossRatio + " is not in 0..1");
        }
    }
}
