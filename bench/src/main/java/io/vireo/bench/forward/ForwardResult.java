package io.vireo.bench.forward;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What one contender reached.
 *
 * @param name the contender
 * @param work what it did to each packet
 * @param samples in the order in which they were taken
 */
record ForwardResult(String name, String work, List<Sample> samples) {
    /** The middle of the samples, or the mean of the middle two. */
    double medianPacketsPerSecond() {
        double[] sorted = rates().sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double leastPacketsPerSecond() {
        return rates().min().orElseThrow();
    }

    double mostPacketsPerSecond() {
        return rates().max().orElseThrow();
    }

    /** Share of the time in which the forwarding thread had its core. */
    double meanCoreShare() {
        return samples.stream().mapToDouble(Sample::coreShare).average().orElseThrow();
    }

    private DoubleStream rates() {
        return samples.stream().mapToDouble(Sample::packetsPerSecond);
    }
}
