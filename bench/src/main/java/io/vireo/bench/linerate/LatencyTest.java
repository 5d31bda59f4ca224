package io.vireo.bench.linerate;

import java.io.IOException;

/** RFC 2544 §26.2, but of every frame instead of one in each of twenty trials. */
final class LatencyTest {
    private LatencyTest() {}

    static LatencyResult run(PunctualTrials trials, double loadFramesPerSecond, long sumNs)
            throws IOException, InterruptedException {
        TrialSum sum = TrialSum.of(trials, loadFramesPerSecond, sumNs);
        return new LatencyResult(loadFramesPerSecond, sum.lossRatio(), sum.latency(), sum.longestLatenessNs());
    }
}
