package io.vireo.bench.linerate;

import java.util.List;

/**
 * What the back-to-back test found: RFC 9004 §6.
 *
 * @param frames longest burst that came back whole, once for each repetition
 * @param maxFrames the longest that was tried
 * @param burstFramesPerSecond how fast bursts were sent
 * @param throughputFramesPerSecond the device's throughput
 */
record BurstResult(List<Double> frames, long maxFrames, double burstFramesPerSecond, double throughputFramesPerSecond) {
    /** Mean burst. */
    double meanFrames() {
        return frames.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** How long a buffer of the device lasts, less what it forwards meanwhile: corrected DUT buffer time, nanoseconds. */
    double bufferNs() {
        double impliedNs = meanFrames() * 1e9 / burstFramesPerSecond;
        return Math.max(0, impliedNs * (1 - throughputFramesPerSecond / burstFramesPerSecond));
    }

    /** Whether not even the longest burst lost a frame: then there is no buffer to measure. */
    boolean isUnlimited() {
        return frames.stream().allMatch(burst -> burst >= maxFrames);
    }
}
