package io.vireo.bench.linerate;

import io.vireo.bench.linerate.device.DeviceUnderTest;
import io.vireo.bench.linerate.traffic.Genome;
import io.vireo.bench.report.ProgressLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Latency at some loads, in one session; those that are missing in another. One thread. */
final class LatencyIteration implements TestIteration {
    private final LinerateSetup setup;
    private final DeviceUnderTest device;
    private final Genome genome;
    private final ProgressLog progress;
    private final List<LoadPoint> missing;
    private List<String> omissions = List.of();

    /**
     * A load.
     *
     * @param of of which NDR it is 90 %
     * @param framesPerSecond the load
     * @param results receives the latencies
     */
    record LoadPoint(String of, double framesPerSecond, List<LatencyResult> results) {}

    LatencyIteration(
            LinerateSetup setup, DeviceUnderTest device, Genome genome, List<LoadPoint> loads, ProgressLog progress) {
        this.setup = setup;
        this.device = device;
        this.genome = genome;
        this.progress = progress;
        this.missing = new ArrayList<>(loads);
    }

    @Override
    public boolean run() throws IOException, InterruptedException {
        Attempt attempt = new Attempt(progress, genome.name(), device.name());
        try (Session session = Session.open(setup, device, genome)) {
            for (LoadPoint load : List.copyOf(missing)) {
                Optional<LatencyResult> result = attempt.measure(
                        "latency at 90 % of " + load.of,
                        () -> LatencyTest.run(
                                session.testbed().punctual(),
                                load.framesPerSecond,
                                setup.parameters().latencySumNs()));
                if (result.isPresent()) {
                    attempt.say(describe(result.get()));
                    load.results.add(result.get());
                    missing.remove(load);
                }
            }
        }
        omissions = attempt.omissions();
        return missing.isEmpty();
    }

    @Override
    public List<String> omissions() {
        return omissions;
    }

    private static String describe(LatencyResult result) {
        return "latency at %.2f Mpps: p50 %.1f us, p99 %.1f us, p99.99 %.1f us, lost %.5f %%; the generator was behind schedule by %.1f us at most"
                .formatted(
                        result.loadFramesPerSecond() / 1e6,
                        result.microseconds(50),
                        result.microseconds(99),
                        result.microseconds(99.99),
                        100 * result.lossRatio(),
                        result.maxLatenessNs() / 1e3);
    }
}
