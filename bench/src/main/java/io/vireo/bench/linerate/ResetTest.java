package io.vireo.bench.linerate;

import io.vireo.bench.linerate.device.DeviceUnderTest;
import io.vireo.bench.linerate.device.RunningDevice;
import io.vireo.bench.linerate.device.WireEnds;
import io.vireo.bench.linerate.traffic.GeneratorProcess;
import io.vireo.bench.linerate.traffic.Genome;
import io.vireo.bench.linerate.traffic.Phase;
import io.vireo.bench.linerate.traffic.TrialReport;
import io.vireo.bench.report.NotMeasuredException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * RFC 2544 §26.6, and RFC 6201 for the details: a load is offered, the device's process is killed and started again at once
 * with its whole configuration; the time without a frame is the reset's. Here the generator listens and the device comes.
 */
final class ResetTest {
    private static final double LOAD_FRAMES_PER_SECOND = 200_000;
    private static final long BEFORE_NS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Frames must have come back for so long at the trial's end. */
    private static final long AFTER_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A trial takes seconds, so it is repeated less often than others; the whole iteration may be. */
    private static final int ATTEMPTS = 2;

    /** The generator may be late by a twentieth of the silence: while it is away it sends nothing and sees nothing come. */
    private static final long ALLOWED_SHARE = 20;

    private ResetTest() {}

    /**
     * Resets a device, again if need be.
     *
     * @param wire one on which the generator listens; the device's too
     * @return the time without a frame, nanoseconds
     * @throws LateGeneratorException when the generator was late every time
     */
    static long run(LinerateSetup setup, WireEnds wire, DeviceUnderTest device, Genome genome)
            throws IOException, InterruptedException {
        long minLatenessNs = Long.MAX_VALUE;
        long allowedNs = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            TrialReport report = reset(setup, wire, device, genome);
            allowedNs = report.maxSilenceNs() / ALLOWED_SHARE;
            if (report.maxLatenessNs() <= allowedNs) {
                return report.maxSilenceNs();
            }
            minLatenessNs = Math.min(minLatenessNs, report.maxLatenessNs());
        }
        throw new LateGeneratorException(ATTEMPTS, minLatenessNs, allowedNs);
    }

    private static TrialReport reset(LinerateSetup setup, WireEnds wire, DeviceUnderTest device, Genome genome)
            throws IOException, InterruptedException {
        try (GeneratorProcess generator = setup.startGenerator()) {
            wire.makeRoomForGenerator();
            generator.listen(wire.ofGenerator(0), wire.ofGenerator(1));
            RunningDevice running = device.start();
            try {
                Testbed testbed = new Testbed(setup, generator, device.name(), running.rewrite(), genome);
                Session.awaitFirstFrame(testbed, device, setup.directory());
                long windowNs = setup.parameters().resetWindowNs();
                testbed.startTrial(List.of(Phase.of(LOAD_FRAMES_PER_SECOND, windowNs)));
                TimeUnit.NANOSECONDS.sleep(BEFORE_NS);
                running.kill();
                running.close();
                running = device.start();
                TrialReport report = testbed.awaitTrial();
                requireForwarding(report, wire, device, windowNs);
                return report;
            } finally {
                running.close();
            }
        }
    }

    private static void requireForwarding(TrialReport report, WireEnds wire, DeviceUnderTest device, long windowNs) {
        if (report.effectiveNs() < windowNs - AFTER_NS || report.reconnections() < wire.carriersLostInReset()) {
            throw new NotMeasuredException(
                    "%s did not forward again within %d ms: last frame after %d ms, wire found again %d times"
                            .formatted(
                                    device.name(),
                                    TimeUnit.NANOSECONDS.toMillis(windowNs),
                                    TimeUnit.NANOSECONDS.toMillis(report.effectiveNs()),
                                    report.reconnections()));
        }
    }
}
