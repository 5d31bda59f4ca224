package io.vireo.bench.linerate;

import io.vireo.bench.linerate.device.Device;
import io.vireo.bench.linerate.device.Devices;
import io.vireo.bench.linerate.device.WireEnds;
import io.vireo.bench.linerate.traffic.Genome;
import io.vireo.bench.report.BenchTask;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.Progress;
import io.vireo.control.profile.Profile;
import io.vireo.control.profile.Profile.LineRate;
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
            "A generator in a process of its own sends numbered, time-stamped frames over memif and verifies what returns."
        })
public final class LinerateCommand extends BenchTask {
    private static final String QUICK_SIZE = "64";

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
            description = "Hardware profile whose line rate stands beside the figures (default: ${DEFAULT-VALUE}).")
    private String profile = "intel-10g-x520";

    private final List<GenomeResult> results = new ArrayList<>();
    private final TrialTally tally = new TrialTally();
    private List<String> omissions = List.of();
    private String stolen = "";

    @Override
    protected String title() {
        return "vireo bench linerate";
    }

    @Override
    protected List<Measurement> measure(Progress progress) throws IOException, InterruptedException {
        Set<LinerateTest> chosen = LinerateTest.of(tests);
        List<Genome> genomes = genomes();
        LinerateFigures figures = new LinerateFigures(profile, lineRate());
        if (generatorCore == core()) {
            throw new IllegalArgumentException("--generator-core: " + generatorCore + " is the device's, see --core");
        }
        List<Measurement> measurements = new ArrayList<>();
        long fromGenerator = StolenTime.milliseconds(generatorCore);
        long fromDevice = StolenTime.milliseconds(core());
        try (WireEnds wire = WireEnds.create();
                WireEnds resetWire = WireEnds.createForResets()) {
            LinerateSetup setup = new LinerateSetup(wire, flows, generatorCore, directory(), effort(), tally);
            LinerateBench bench =
                    new LinerateBench(setup, devices(wire), resetWire, devices(resetWire), chosen, progress);
            for (Genome genome : genomes) {
                GenomeResult result = bench.run(genome);
                results.add(result);
                omissions = bench.omissions();
                measurements.addAll(figures.of(result));
            }
        }
        stolen = "%d ms of CPU %d (generator), %d ms of CPU %d (device)"
                .formatted(
                        StolenTime.milliseconds(generatorCore) - fromGenerator,
                        generatorCore,
                        StolenTime.milliseconds(core()) - fromDevice,
                        core());
        return measurements;
    }

    @Override
    protected List<String> omissions() {
        return omissions;
    }

    private Effort effort() {
        return isQuick() ? Effort.QUICK : Effort.FULL;
    }

    private List<Genome> genomes() {
        List<String> chosen = sizes;
        if (chosen.isEmpty()) {
            chosen = isQuick()
                    ? List.of(QUICK_SIZE)
                    : List.of("64", "128", "256", "512", "1024", "1280", "1518", "imix");
        }
        return chosen.stream().map(Genome::of).toList();
    }

    private LineRate lineRate() {
        LineRate line = loadProfile().lineRate();
        if (line == null) {
            throw new IllegalArgumentException("--profile: " + profile + " has no line rate");
        }
        return line;
    }

    private Profile loadProfile() {
        try {
            return new ProfileLibrary().load(profile);
        } catch (ProfileException e) {
            throw new IllegalArgumentException("--profile: " + e.getMessage(), e);
        }
    }

    private List<Device> devices(WireEnds wire) throws IOException {
        Devices all = new Devices(home(), directory(), wire, flows, core(), generatorCore);
        List<Device> chosen = new ArrayList<>(List.of(all.vireo()));
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
        Effort effort = effort();
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put(
                "wire",
                "two memif interfaces of 1024 frames each way, no hugepages; the generator lends its buffers, so the device"
                        + " copies each frame twice, whichever it is; 64-byte frames are 60 without FCS");
        conditions.put(
                "cores",
                "device on CPU " + core() + ", generator on CPU " + generatorCore
                        + "; while a trial lasts both poll in the real-time class (SCHED_FIFO), whichever the device, so only"
                        + " interrupts and the hypervisor take their CPUs; not in warm-ups and resets");
        conditions.put("hypervisor", "it withheld " + stolen + " in the whole run");
        conditions.put(
                "devices",
                "Vireo: one virtual router, " + flows + " routes; testpmd: swaps MAC addresses, no"
                        + " lookup; l3fwd: longest-prefix match, " + flows + " routes");
        conditions.put(
                "trials",
                "%d ms each, after a rest of half as long; %d ms together settle a load, bounds within %.1f %%; latency %d x %d ms together, each frame, from when it was due"
                        .formatted(
                                Effort.TRIAL_NS / 1_000_000,
                                effort.durationSumNs() / 1_000_000,
                                100 * effort.width(),
                                effort.latencyRounds(),
                                effort.latencySumNs() / 1_000_000));
        conditions.put(
                "late trials",
                tally.lateOfAll()
                        + " were repeated: those in which the generator was late by more than half a percent of the trial (0.1 ms at least,"
                        + " 1 ms at most), in a reset by a twentieth of its time");
        conditions.putAll(LinerateNotes.of(results));
        return conditions;
    }
}
