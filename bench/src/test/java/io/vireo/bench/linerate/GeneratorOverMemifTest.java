package io.vireo.bench.linerate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.bench.forward.Pages;
import io.vireo.bench.linerate.device.MemifWire;
import io.vireo.bench.linerate.device.RunningDevice;
import io.vireo.bench.linerate.traffic.Bus;
import io.vireo.bench.linerate.traffic.GeneratorProcess;
import io.vireo.bench.linerate.traffic.Genome;
import io.vireo.bench.linerate.traffic.PackedHistogram;
import io.vireo.bench.linerate.traffic.Phase;
import io.vireo.bench.linerate.traffic.TrialReport;
import io.vireo.bench.report.NotMeasuredException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real generator and a forwarder, a process each, over memif. Machines that run tests do other things too, so nothing is
 * said here about how many frames are lost.
 */
@Tag("slow")
final class GeneratorOverMemifTest {
    private static final List<Phase> PHASES = List.of(Phase.of(50_000, TimeUnit.MILLISECONDS.toNanos(200)));

    @TempDir
    private Path directory;

    @Test
    void shouldAccountForEveryFrame() throws Exception {
        try (MemifWire wire = MemifWire.createForResets();
                GeneratorProcess generator = startGenerator()) {
            ForwarderDevice device = new ForwarderDevice(wire, "", directory.resolve("device.log"));
            generator.listen(wire.ofGenerator(0), wire.ofGenerator(1));
            try (RunningDevice running = device.start()) {
                Testbed testbed = testbed(wire, generator, running, "imix");
                Session.awaitFirstFrame(testbed, device, directory);
                TrialReport report = testbed.run(PHASES);
                assertThat(report.intendedFrames()).isEqualTo(10_000);
                assertThat(report.receivedFrames()).isPositive().isLessThanOrEqualTo(10_000);
                assertThat(report.unsentFrames() + report.refusedFrames()).isLessThanOrEqualTo(report.missingFrames());
                assertThat(report.sampledFrames()).isPositive();
                assertThat(report.maxLatenessNs())
                        .isGreaterThanOrEqualTo(
                                PackedHistogram.unpack(report.lateness()).getValueAtPercentile(50));
                assertThat(PackedHistogram.unpack(report.latency()).getTotalCount())
                        .isEqualTo(report.receivedFrames());
            }
        }
    }

    /** Both threads poll all the while, on as few as two CPUs: the trial must end, and everybody else go on. */
    @Test
    void shouldPrecedeEverybodyForATrial() throws Exception {
        try (MemifWire wire = MemifWire.createForResets();
                GeneratorProcess generator = startGenerator()) {
            ForwarderDevice device = new ForwarderDevice(wire, "", directory.resolve("device.log"));
            generator.listen(wire.ofGenerator(0), wire.ofGenerator(1));
            try (RunningDevice running = device.start()) {
                Testbed testbed = testbed(wire, generator, running, "64");
                Session.awaitFirstFrame(testbed, device, directory);
                generator.useRealTime(running.forwardingThread());
                for (int trial = 0; trial < 5; trial++) {
                    assertThat(testbed.run(PHASES).receivedFrames()).isPositive();
                }
                assertThatThrownBy(() -> testbed.run(List.of(Phase.of(50_000, TimeUnit.SECONDS.toNanos(1)))))
                        .isInstanceOf(NotMeasuredException.class)
                        .hasMessageContaining("durationNs: 1000000000");
            }
        }
    }

    @Test
    void shouldRefuseADeviceThatSpoilsFrames() throws Exception {
        try (MemifWire wire = MemifWire.createForResets();
                GeneratorProcess generator = startGenerator()) {
            ForwarderDevice device = new ForwarderDevice(wire, "ttl", directory.resolve("device.log"));
            generator.listen(wire.ofGenerator(0), wire.ofGenerator(1));
            try (RunningDevice running = device.start()) {
                Testbed testbed = testbed(wire, generator, running, "64");
                assertThatThrownBy(() -> {
                            for (int trial = 0; trial < 50; trial++) {
                                testbed.run(PHASES);
                            }
                        })
                        .isInstanceOf(NotMeasuredException.class)
                        .hasMessageContaining("TTL 0x7 instead of 0x40");
            }
        }
    }

    @Test
    void shouldSeeADeviceGoAndComeBack() throws Exception {
        try (MemifWire wire = MemifWire.createForResets()) {
            LinerateSetup setup = setup(wire);
            ForwarderDevice device = new ForwarderDevice(wire, "", directory.resolve("device.log"));
            for (int reset = 0; reset < 2; reset++) {
                long silenceNs = ResetTest.run(setup, wire, device, Genome.of("64"));
                assertThat(silenceNs)
                        .isBetween(TimeUnit.MILLISECONDS.toNanos(20), TestParameters.QUICK.resetWindowNs());
            }
        }
    }

    private GeneratorProcess startGenerator() throws IOException {
        return GeneratorProcess.start(0, Pages.ORDINARY, Bus.VDEV, directory.resolve("generator.log"));
    }

    private Testbed testbed(MemifWire wire, GeneratorProcess generator, RunningDevice running, String genome) {
        return new Testbed(setup(wire), generator, "forwarder", running.rewrite(), Genome.of(genome));
    }

    private LinerateSetup setup(MemifWire wire) {
        return new LinerateSetup(wire, 7, 0, Pages.ORDINARY, directory, TestParameters.QUICK, new TrialTally());
    }
}
