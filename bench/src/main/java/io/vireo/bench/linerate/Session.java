package io.vireo.bench.linerate;

import io.vireo.bench.linerate.device.DeviceUnderTest;
import io.vireo.bench.linerate.device.RunningDevice;
import io.vireo.bench.linerate.device.WireEnds;
import io.vireo.bench.linerate.traffic.GeneratorProcess;
import io.vireo.bench.linerate.traffic.Genome;
import io.vireo.bench.linerate.traffic.NotConnectedException;
import io.vireo.bench.linerate.traffic.Phase;
import io.vireo.bench.linerate.traffic.Rewrite;
import io.vireo.bench.linerate.traffic.TrialReport;
import io.vireo.bench.linerate.traffic.TrialRequest;
import io.vireo.bench.report.NotMeasuredException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One device and a generator of its own, from start to end: the generator is first looped to its own sink, to see what it can
 * do, then wired to the device; then both are warmed up. One thread.
 */
final class Session implements AutoCloseable {
    /** A port that gives back what it is sent: DPDK's software ring. */
    private static final String LOOP = "net_ring_loop";

    private static final Duration LOOP_TIMEOUT = Duration.ofSeconds(4);
    private static final int LOOP_TTL = 64;

    /** More than any generator can do. */
    private static final double TOO_MUCH_FRAMES_PER_SECOND = 100e6;

    private static final long LOOP_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int LOOPS = 5;
    private static final int WARM_UP_TRIALS = 4;
    private static final int MAX_WARM_UP_FACTOR = 6;
    private static final double BETTER = 1.02;
    private static final long PROBE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final double PROBE_FRAMES_PER_SECOND = 100_000;
    private static final long FIRST_FRAME_DEADLINE_NS = TimeUnit.SECONDS.toNanos(15);

    private final GeneratorProcess generator;
    private final RunningDevice running;
    private final Testbed testbed;
    private final double loopFramesPerSecond;
    private final double offeredFramesPerSecond;

    private Session(
            GeneratorProcess generator,
            RunningDevice running,
            Testbed testbed,
            double loopFramesPerSecond,
            double offeredFramesPerSecond) {
        this.generator = generator;
        this.running = running;
        this.testbed = testbed;
        this.loopFramesPerSecond = loopFramesPerSecond;
        this.offeredFramesPerSecond = offeredFramesPerSecond;
    }

    /** Starts everything, and both processes anew when there was no carrier, as often as the wire allows. */
    static Session open(LinerateSetup setup, DeviceUnderTest device, Genome genome)
            throws IOException, InterruptedException {
        int attempts = setup.wire().carrierAttempts();
        String reason = "";
        for (int attempt = 1; attempt <= attempts; attempt++) {
            try {
                return start(setup, device, genome);
            } catch (NotConnectedException e) {
                reason = String.valueOf(e.getMessage());
                System.getLogger(Session.class.getName())
                        .log(System.Logger.Level.WARNING, device.name() + ": no carrier: " + reason);
            }
        }
        throw new NotMeasuredException("%s: the generator was not connected in %d attempts, %s; see %s"
                .formatted(device.name(), attempts, reason, setup.directory()));
    }

    private static Session start(LinerateSetup setup, DeviceUnderTest device, Genome genome)
            throws IOException, InterruptedException {
        GeneratorProcess generator = setup.startGenerator();
        try {
            double loop = loop(generator, genome, setup.flows());
            RunningDevice running = device.start();
            try {
                WireEnds wire = setup.wire();
                generator.connect(wire.ofGenerator(0), wire.ofGenerator(1), wire.carrierTimeout());
                Testbed testbed = new Testbed(setup, generator, device.name(), running.rewrite(), genome);
                awaitFirstFrame(testbed, device, setup.directory());
                double offered = warmUp(testbed, loop, setup.parameters().warmUpNs());
                generator.useRealTime(running.forwardingThread());
                return new Session(generator, running, testbed, loop, offered);
            } catch (IOException | RuntimeException e) {
                running.close();
                throw e;
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            generator.close();
            throw e;
        }
    }

    /** What the generator sends, receives and verifies when there is no device: its best of a few. */
    private static double loop(GeneratorProcess generator, Genome genome, int flows) throws IOException {
        Rewrite untouched = new Rewrite(DeviceUnderTest.ROUTER_MAC, DeviceUnderTest.GENERATOR_MAC, LOOP_TTL);
        generator.connect(LOOP, LOOP, LOOP_TIMEOUT);
        double best = 0;
        for (int i = 0; i < LOOPS; i++) {
            TrialReport report = generator.run(new TrialRequest(
                    List.of(Phase.of(TOO_MUCH_FRAMES_PER_SECOND, LOOP_NS)),
                    flows,
                    genome.frameBytes(),
                    DeviceUnderTest.ROUTER_MAC,
                    DeviceUnderTest.GENERATOR_MAC,
                    untouched));
            best = Math.max(best, report.receivedFrames() * 1e9 / report.effectiveNs());
        }
        generator.disconnect();
        return best;
    }

    static void awaitFirstFrame(Testbed testbed, DeviceUnderTest device, Path logs) throws IOException {
        long deadlineNs = System.nanoTime() + FIRST_FRAME_DEADLINE_NS;
        while (testbed.run(List.of(Phase.of(PROBE_FRAMES_PER_SECOND, PROBE_NS))).receivedFrames() == 0) {
            if (System.nanoTime() > deadlineNs) {
                throw new NotMeasuredException(device.name() + " forwards nothing; see " + logs);
            }
        }
    }

    /**
     * Overloads the device until it forwards no more than it did a moment ago: a JVM compiles what is hot, which takes seconds
     * where all cores are busy.
     *
     * @return the most that the generator could offer on this wire
     */
    private static double warmUp(Testbed testbed, double framesPerSecond, long durationNs) throws IOException {
        long best = 0;
        double offered = 0;
        long sinceBest = 0;
        long deadlineNs = System.nanoTime() + MAX_WARM_UP_FACTOR * durationNs;
        do {
            TrialReport report = testbed.run(List.of(Phase.of(framesPerSecond, durationNs / WARM_UP_TRIALS)));
            boolean isBetter = report.receivedFrames() > best * BETTER;
            best = Math.max(best, report.receivedFrames());
            offered =
                    Math.max(offered, framesPerSecond * (1 - (double) report.unsentFrames() / report.intendedFrames()));
            sinceBest = isBetter ? 0 : sinceBest + 1;
        } while (sinceBest < WARM_UP_TRIALS && System.nanoTime() < deadlineNs);
        return offered;
    }

    Testbed testbed() {
        return testbed;
    }

    /** What the generator does without a device. */
    double loopFramesPerSecond() {
        return loopFramesPerSecond;
    }

    /**
     * The most the generator offers this device without being late: the highest load there is.
     *
     * @param trialNs length of each trial, nanoseconds
     */
    double findHighestLoad(long trialNs) throws IOException, InterruptedException {
        return testbed.punctual().highestLoad(offeredFramesPerSecond, trialNs);
    }

    @Override
    public void close() {
        running.close();
        generator.close();
    }
}
