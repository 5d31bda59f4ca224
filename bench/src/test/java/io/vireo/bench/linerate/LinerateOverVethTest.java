package io.vireo.bench.linerate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.forward.Pages;
import io.vireo.bench.linerate.device.DeviceUnderTest;
import io.vireo.bench.linerate.device.Devices;
import io.vireo.bench.linerate.device.PortBench;
import io.vireo.bench.linerate.device.RunningDevice;
import io.vireo.bench.linerate.device.WireEnds;
import io.vireo.bench.linerate.search.Regularity;
import io.vireo.bench.linerate.search.SearchLimits;
import io.vireo.bench.linerate.search.ThroughputSearch;
import io.vireo.bench.linerate.search.Trial;
import io.vireo.bench.linerate.traffic.GeneratorProcess;
import io.vireo.bench.linerate.traffic.Genome;
import io.vireo.bench.linerate.traffic.PackedHistogram;
import io.vireo.bench.linerate.traffic.Phase;
import io.vireo.bench.linerate.traffic.TrialReport;
import io.vireo.control.doctor.LinuxMachine;
import io.vireo.control.process.Command;
import io.vireo.control.profile.Profile;
import io.vireo.control.profile.Profile.BenchPorts;
import io.vireo.control.profile.ProfileLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generator and device on ports of Linux's, a process each, with two pairs of veth for cables: all that a bench with NICs does,
 * but for their drivers. Linux talks on these cables too, by IPv6.
 */
@Tag("slow")
final class LinerateOverVethTest {
    private static final int FLOWS = 7;
    private static final int GENERATOR_CORE = 0;
    private static final int DEVICE_CORE = 1;

    /** So few that a machine which does other things too loses none, but by chance. */
    private static final double LOW_FRAMES_PER_SECOND = 5_000;

    private static final double LOWEST_FRAMES_PER_SECOND = 100;

    private static final long TRIAL_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int MAX_ATTEMPTS = 10;

    private final Profile profile = new ProfileLibrary().load("veth-loop");
    private final String prefix = "vw" + ProcessHandle.current().pid();
    private final TrialTally tally = new TrialTally();

    @TempDir
    private Path directory;

    @BeforeEach
    void layCables() {
        for (int cable = 0; cable < 2; cable++) {
            Command.of("ip", "link", "add", prefix + "g" + cable, "type", "veth", "peer", "name", prefix + "d" + cable)
                    .runOrThrow();
            for (String end : List.of("g", "d")) {
                Command.of("ip", "link", "set", prefix + end + cable, "up").runOrThrow();
            }
        }
    }

    @AfterEach
    void removeCables() {
        for (int cable = 0; cable < 2; cable++) {
            Command.of("ip", "link", "del", prefix + "g" + cable).run();
        }
    }

    @Test
    void shouldMeasureVireo() throws Exception {
        try (WireEnds wire = wire()) {
            measure(wire, devices(wire).vireo());
        }
    }

    @Test
    void shouldMeasureTestpmd() throws Exception {
        try (WireEnds wire = wire()) {
            measure(wire, devices(wire).testpmd());
        }
    }

    private WireEnds wire() {
        BenchPorts ports = new BenchPorts(
                List.of("af_packet:" + prefix + "g0", "af_packet:" + prefix + "g1"),
                List.of("af_packet:" + prefix + "d0", "af_packet:" + prefix + "d1"));
        return new PortBench(profile, ports, LinuxMachine.local(), GENERATOR_CORE, DEVICE_CORE).wire();
    }

    private Devices devices(WireEnds wire) {
        return new Devices(directory, directory, wire, FLOWS, DEVICE_CORE, GENERATOR_CORE, Pages.ORDINARY);
    }

    private void measure(WireEnds wire, DeviceUnderTest device) throws IOException, InterruptedException {
        LinerateSetup setup =
                new LinerateSetup(wire, FLOWS, GENERATOR_CORE, Pages.ORDINARY, directory, TestParameters.QUICK, tally);
        try (GeneratorProcess generator = setup.startGenerator();
                RunningDevice running = device.start()) {
            generator.connect(wire.ofGenerator(0), wire.ofGenerator(1), wire.carrierTimeout());
            Testbed testbed = new Testbed(setup, generator, device.name(), running.rewrite(), Genome.of("imix"));
            Session.awaitFirstFrame(testbed, device, directory);
            shouldSeeEveryFrame(testbed);
            shouldFindAThroughput(testbed);
            shouldSeeEveryFrame(testbed);
        }
    }

    private static void shouldSeeEveryFrame(Testbed testbed) throws IOException {
        TrialReport report = testbed.run(List.of(Phase.of(LOW_FRAMES_PER_SECOND, TRIAL_NS)));
        for (int attempt = 1; attempt < MAX_ATTEMPTS && report.missingFrames() > 0; attempt++) {
            report = testbed.run(List.of(Phase.of(LOW_FRAMES_PER_SECOND, TRIAL_NS)));
        }
        assertThat(report.intendedFrames()).isEqualTo(1_000);
        assertThat(report.receivedFrames()).isEqualTo(1_000);
        assertThat(report.sampledFrames()).isPositive();
        assertThat(report.fault()).isEmpty();
        assertThat(PackedHistogram.unpack(report.latency()).getTotalCount()).isEqualTo(1_000);
        assertThat(PackedHistogram.unpack(report.latency()).getMinValue()).isPositive();
    }

    private static void shouldFindAThroughput(Testbed testbed) throws IOException, InterruptedException {
        ThroughputSearch.Result result = searchThroughput(testbed);
        for (int attempt = 1; attempt < MAX_ATTEMPTS && result.regularity() == Regularity.NO_LOWER_BOUND; attempt++) {
            result = searchThroughput(testbed);
        }
        assertThat(result.framesPerSecond()).isBetween(LOWEST_FRAMES_PER_SECOND, LOW_FRAMES_PER_SECOND);
    }

    private static ThroughputSearch.Result searchThroughput(Testbed testbed) throws IOException, InterruptedException {
        SearchLimits limits =
                new SearchLimits(LOWEST_FRAMES_PER_SECOND, LOW_FRAMES_PER_SECOND, TimeUnit.SECONDS.toNanos(2));
        return new ThroughputSearch(limits, TestParameters.TRIAL_NS, 0.1).run((load, durationNs) -> {
            TrialReport report = testbed.run(List.of(Phase.of(load, durationNs)));
            return new Trial(load, durationNs, Math.max(durationNs, report.effectiveNs()), report.lossRatio());
        });
    }
}
