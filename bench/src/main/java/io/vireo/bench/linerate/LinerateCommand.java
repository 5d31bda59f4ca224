package io.vireo.bench.linerate;

import io.vireo.bench.forward.HugepageReservation;
import io.vireo.bench.forward.Pages;
import io.vireo.bench.linerate.device.DeviceUnderTest;
import io.vireo.bench.linerate.device.Devices;
import io.vireo.bench.linerate.device.MemifWire;
import io.vireo.bench.linerate.device.PortBench;
import io.vireo.bench.linerate.device.WireEnds;
import io.vireo.bench.linerate.traffic.Bus;
import io.vireo.bench.linerate.traffic.GeneratorProcess;
import io.vireo.bench.linerate.traffic.Genome;
import io.vireo.bench.process.CpuTimes;
import io.vireo.bench.report.BenchTask;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.ProgressLog;
import io.vireo.control.doctor.LinuxMachine;
import io.vireo.control.profile.Profile;
import io.vireo.control.profile.Profile.BenchPorts;
import io.vireo.control.profile.ProfileException;
import io.vireo.control.profile.ProfileLibrary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vireo bench linerate}. */
@Command(
        name = "linerate",
        description = {
            "Throughput (NDR and PDR of RFC 9971, RFC 2544), latency, loss, back-to-back, recovery and reset of the"
                    + " unmodified data plane, beside testpmd and l3fwd on the same wire in the same run.",
            "A generator in a process of its own sends numbered, time-stamped frames over memif, or over the ports that a profile names, and verifies what returns."
        })
public final class LinerateCommand extends BenchTask {
    @Option(
            names = "--test",
            split = ",",
            paramLabel = "TEST",
            description = "throughput, latency, loss, back-to-back, recovery, reset (default: all).")
    private List<String> tests = List.of("throughput", "latency", "loss", "back-to-back", "recovery", "reset");

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "SIZE",
            description = "Frame sizes with FCS, imix (7:4:1 of 64, 570 and 1518), or genomes of RFC 6985"
                    + " (default: 64,128,256,512,1024,1280,1518,imix; --quick: 64).")
    private List<String> sizes = List.of();

    @Option(
            names = "--device",
            split = ",",
            paramLabel = "DEVICE",
            description = "Peers of Vireo: testpmd, l3fwd (default: both).")
    private List<String> peers = List.of("testpmd", "l3fwd");

    @Option(names = "--flows", description = "Flows, a route for each: 1 to 512 (default: ${DEFAULT-VALUE}).")
    private int flows = 64;

    @Option(
            names = "--generator-core",
            description = "CPU of the generator (default: ${DEFAULT-VALUE}); --core is the device's.")
    private int generatorCore;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description =
                    "Hardware profile, by name or file: its line rate stands beside the figures, and when it names"
                            + " ports (bench:) they are used instead of memif (default: ${DEFAULT-VALUE}).")
    private String profileName = "intel-10g-x520";

    @Option(
            names = "--hugepages",
            description = "Reserves hugepages of 2 MiB for the packets of all programs while it runs (default: none).")
    private boolean hasHugepages;

    private final List<GenomeResult> results = new ArrayList<>();
    private final TrialTally tally = new TrialTally();
    private List<String> omissions = List.of();
    private String stealTime = "";
    private String wireConditions = "";
    private String resetConditions = "the process is killed and started again with its configuration";

    @Override
    protected String title() {
        return "vireo bench linerate";
    }

    @Override
    protected List<Measurement> measure(ProgressLog progress) throws IOException, InterruptedException {
        if (!hasHugepages) {
            return measureAll(progress);
        }
        try (HugepageReservation _ = HugepageReservation.reserve(Devices.HUGEPAGES + GeneratorProcess.HUGEPAGES)) {
            return measureAll(progress);
        }
    }

    private List<Measurement> measureAll(ProgressLog progress) throws IOException, InterruptedException {
        Set<LinerateTest> chosen = LinerateTest.of(tests);
        List<Genome> genomes = genomes();
        Profile profile = loadProfile();
        requireGeneratorCore();
        CpuTimes from = CpuTimes.now();
        try (WireEnds wire = wire(profile, progress);
                WireEnds resetWire = wire.forResets()) {
            wireConditions = wire.description() + "; " + pages(wire).condition();
            wire.resetObstacle().ifPresent(obstacle -> {
                chosen.remove(LinerateTest.RESET);
                resetConditions = "not made on this wire: " + obstacle;
            });
            return run(bench(wire, resetWire, chosen, progress), genomes, profile);
        } finally {
            CpuTimes to = CpuTimes.now();
            stealTime = "%d ms of CPU %d (generator), %d ms of CPU %d (device)"
                    .formatted(
                            to.stolenMs(generatorCore) - from.stolenMs(generatorCore),
                            generatorCore,
                            to.stolenMs(core()) - from.stolenMs(core()),
                            core());
        }
    }

    private LinerateBench bench(WireEnds wire, WireEnds resetWire, Set<LinerateTest> chosen, ProgressLog progress)
            throws IOException {
        LinerateSetup setup =
                new LinerateSetup(wire, flows, generatorCore, pages(wire), directory(), parameters(), tally);
        return new LinerateBench(setup, devices(wire), resetWire, devices(resetWire), chosen, progress);
    }

    private List<Measurement> run(LinerateBench bench, List<Genome> genomes, Profile profile)
            throws IOException, InterruptedException {
        LinerateFigures figures = new LinerateFigures(profile.name(), profile.lineRate());
        List<Measurement> measurements = new ArrayList<>();
        for (Genome genome : genomes) {
            GenomeResult result = bench.run(genome);
            results.add(result);
            omissions = bench.omissions();
            measurements.addAll(figures.of(result));
        }
        return measurements;
    }

    @Override
    protected List<String> omissions() {
        return omissions;
    }

    private TestParameters parameters() {
        return isQuick() ? TestParameters.QUICK : TestParameters.FULL;
    }

    private List<Genome> genomes() {
        return frameSizes(sizes).stream().map(Genome::of).toList();
    }

    private void requireGeneratorCore() {
        if (generatorCore == core()) {
            throw new IllegalArgumentException("--generator-core: " + generatorCore + " is the device's, see --core");
        }
        if (!cpus().contains(generatorCore)) {
            throw new IllegalArgumentException(
                    "--generator-core: " + generatorCore + " is not among this machine's CPUs " + cpus());
        }
    }

    private WireEnds wire(Profile profile, ProgressLog progress) throws IOException {
        BenchPorts ports = profile.bench();
        if (ports == null) {
            return MemifWire.create();
        }
        PortBench bench = new PortBench(profile, ports, LinuxMachine.local(), generatorCore, core());
        bench.warnings().forEach(progress::say);
        return bench.wire();
    }

    /** NICs reach no other packets than those in hugepages. */
    private Pages pages(WireEnds wire) {
        boolean hasNics = wire.deviceBus() == Bus.PCI || wire.generatorBus() == Bus.PCI;
        return hasNics || hasHugepages ? Pages.HUGE : Pages.ORDINARY;
    }

    private Profile loadProfile() {
        try {
            Profile profile = new ProfileLibrary().load(profileName);
            if (profile.lineRate() == null && profile.bench() == null) {
                throw new IllegalArgumentException(
                        "--profile: " + profileName + " has no line rate, nor ports for a bench (bench:)");
            }
            return profile;
        } catch (ProfileException e) {
            throw new IllegalArgumentException("--profile: " + e.getMessage(), e);
        }
    }

    private List<DeviceUnderTest> devices(WireEnds wire) throws IOException {
        Devices all = new Devices(home(), directory(), wire, flows, core(), generatorCore, pages(wire));
        List<DeviceUnderTest> chosen = new ArrayList<>(List.of(all.vireo()));
        for (String peer : peers) {
            switch (peer) {
                case "testpmd" -> chosen.add(all.testpmd());
                case "l3fwd" -> chosen.add(all.l3fwd());
                default -> throw new IllegalArgumentException("--device: '" + peer + "' is none of testpmd, l3fwd");
            }
        }
        return chosen;
    }

    @Override
    protected Map<String, String> conditions() {
        TestParameters parameters = parameters();
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("wire", wireConditions);
        conditions.put("reset", resetConditions);
        conditions.put(
                "foreign frames", tally.foreignFrames() + " came in, from others than the generator, and were ignored");
        conditions.put(
                "cores",
                "device on CPU " + core() + ", generator on CPU " + generatorCore
                        + "; while a trial lasts both poll in the real-time class (SCHED_FIFO), whichever the device, so only"
                        + " interrupts and the hypervisor take their CPUs; not in warm-ups and resets");
        conditions.put("steal time", stealTime + " in the whole run: the hypervisor gave the CPU to others");
        conditions.put(
                "devices",
                "Vireo: one virtual router, " + flows + " routes; testpmd: swaps MAC addresses, no"
                        + " lookup; l3fwd: longest-prefix match, " + flows + " routes");
        conditions.put(
                "trials",
                "%d ms each, after a pause of half as long; %d ms together settle a load, bounds within %.1f %%; latency %d x %d ms together, each frame, from when it was due"
                        .formatted(
                                TestParameters.TRIAL_NS / 1_000_000,
                                parameters.durationSumNs() / 1_000_000,
                                100 * parameters.width(),
                                parameters.latencyRounds(),
                                parameters.latencySumNs() / 1_000_000));
        conditions.put(
                "late trials",
                tally.lateOfAll()
                        + " were repeated: those in which the generator was late by more than half a percent of the trial (0.1 ms at least,"
                        + " 1 ms at most), in a reset by a twentieth of its time");
        conditions.putAll(LinerateNotes.of(results));
        return conditions;
    }
}
