package io.vireo.bench.linerate;

import org.HdrHistogram.Histogram;

/**
 * Latencies at one load.
 *
 * @param loadFramesPerSecond the load
 * @param lossRatio what was lost meanwhile: lost frames have no latency
 * @param latency from the moment a frame was due to its arrival, nanoseconds
 * @param maxLatenessNs the generator's own share at its worst: from the moment a burst was due to when it was sent,
 *     nanoseconds
 */
record LatencyResult(double loadFramesPerSecond, double lossRatio, Histogram latency, long maxLatenessNs) {
    double microseconds(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e3;
    }
}
