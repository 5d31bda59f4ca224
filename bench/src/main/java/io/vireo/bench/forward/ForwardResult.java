package io.vireo.bench.forward;

import java.util.List;

/**
 * What one contender reached.
 *
 * @param name the contender
 * @param work what it did to each packet
 * @param packetsPerSecond all samples
 */
record ForwardResult(String name, String work, List<Double> packetsPerSecond) {
    /** The middle of the samples, or the mean of the middle two. */
    double medianPacketsPerSecond() {
        List<Double> sorted = packetsPerSecond.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double leastPacketsPerSecond() {
        return packetsPerSecond.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double mostPacketsPerSecond() {
        return packetsPerSecond.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
