package io.vireo.bench.linerate;

import java.io.IOException;

/** RFC 2544 §26.2, but of every frame instead of one in each of twenty trials. */
final class LatencyTest {
    /** Lost frames have no latency, so it is that of the others; beyond the loss of PDR that says too little. */
    private static final double ALLOWED_LOSS_RATIO = 0.005;

    private LatencyTest() {}

    /**
     * Measures it.
     *
     * @param sumNs how long all trials take together, nanoseconds
     * @throws MissingFigureException when the generator was late, or too many frames were lost
     */
    static LatencyResult run(PunctualTrials trials, double loadFramesPerSecond, long sumNs)
            throws IOException, InterruptedException {
        TrialSum sum = TrialSum.of(trials, loadFramesPerSecond, sumNs);
        if (sum.lossRatio() > ALLOWED_LOSS_RATIO) {
            throw new MissingFigureException("%.3f %% of the frames were lost at %.2f Mpps, %.1f %% are allowed"
                    .formatted(100 * sum.lossRatio(), loadFramesPerSecond / 1e6, 100 * ALLOWED_LOSS_RATIO));
        }
        return new LatencyResult(loadFramesPerSecond, sum.lossRatio(), sum.latency(), sum.maxLatenessNs());
    }
}
