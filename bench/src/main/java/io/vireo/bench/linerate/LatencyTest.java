package io.vireo.bench.linerate;

import io.vireo.bench.linerate.traffic.PackedHistogram;
import io.vireo.bench.linerate.traffic.Phase;
import io.vireo.bench.linerate.traffic.TrialReport;
import java.io.IOException;
import java.util.List;

/** RFC 2544 §26.2, but of every frame instead of one in twenty trials. */
final class LatencyTest {
    private LatencyTest() {}

    static LatencyResult run(PunctualTrials trials, double loadFramesPerSecond, long durationNs)
            throws IOException, InterruptedException {
        TrialReport report = trials.run(List.of(Phase.of(loadFramesPerSecond, durationNs)));
        return new LatencyResult(
                loadFramesPerSecond,
                report.lossRatio(),
                PackedHistogram.unpack(report.latency()),
                report.longestLatenessNs());
    }
}
