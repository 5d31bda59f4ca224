package io.vireo.bench.linerate;

import io.vireo.bench.linerate.device.DeviceUnderTest;
import io.vireo.bench.linerate.device.WireEnds;
import io.vireo.bench.linerate.traffic.Genome;
import io.vireo.bench.report.ProgressLog;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reset test. One thread. */
final class ResetIteration implements TestIteration {
    private final LinerateSetup setup;
    private final WireEnds wire;
    private final DeviceUnderTest device;
    private final Genome genome;
    private final Map<String, Long> silencesNs;
    private final ProgressLog progress;
    private List<String> omissions = List.of();

    /**
     * @param wire one on which the generator listens
     * @param device on that wire
     * @param silencesNs receives the time without a frame, by the device's name
     */
    ResetIteration(
            LinerateSetup setup,
            WireEnds wire,
            DeviceUnderTest device,
            Genome genome,
            Map<String, Long> silencesNs,
            ProgressLog progress) {
        this.setup = setup;
        this.wire = wire;
        this.device = device;
        this.genome = genome;
        this.silencesNs = silencesNs;
        this.progress = progress;
    }

    @Override
    public boolean run() throws IOException, InterruptedException {
        Attempt attempt = new Attempt(progress, genome.name(), device.name());
        Optional<Long> silenceNs = attempt.measure("reset", () -> ResetTest.run(setup, wire, device, genome));
        silenceNs.ifPresent(ns -> {
            attempt.say("reset: %.0f ms without a frame".formatted(ns / 1e6));
            silencesNs.put(device.name(), ns);
        });
        omissions = attempt.omissions();
        return silenceNs.isPresent();
    }

    @Override
    public List<String> omissions() {
        return omissions;
    }
}
