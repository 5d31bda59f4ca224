package io.vireo.bench.forward;

import io.vireo.bench.forward.tunnel.TunnelKinds;
import io.vireo.bench.report.BenchTask;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.ProgressLog;
import io.vireo.bench.tables.InternetTable;
import io.vireo.control.process.Command.Result;
import io.vireo.dataplane.wire.code.AddressFamily;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vireo bench forward}. */
@Command(
        name = "forward",
        description =
                "Packets per second of one core, beside testpmd and l3fwd: one router and 10,000, the full Internet table,"
                        + " scheduling, IPv6, tunnels, several workers, frame lengths.")
public final class ForwardCommand extends BenchTask {
    private static final FrameSizes MIN_SIZE = FrameSizes.of(64);
    private static final Sampler THOROUGH = new Sampler(Duration.ofSeconds(5), 5, Duration.ofSeconds(1));
    private static final Sampler QUICK = new Sampler(Duration.ofMillis(1500), 3, Duration.ofMillis(400));

    /** What longer frames carry would not fit a tunnel's MTU. */
    private static final int MAX_TUNNELLED_BYTES = 1400;

    private static final String NO_TUNNEL = "no tunnel";

    /** Conditions of what is not measured then. */
    private static final Set<String> NOT_OF_TUNNELS = Set.of("workers", "testpmd");

    /** A ratio of few contenders, so that one start that the JIT served badly must not decide. */
    private static final Rounds SCALING_ROUNDS = new Rounds(3, QUICK);

    @Option(
            names = "--hugepages",
            description = "Reserves hugepages of 2 MiB for the packets of all programs while it runs (default: none).")
    private boolean hasHugepages;

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "SIZE",
            description =
                    "Frame lengths with FCS, or imix (7:4:1 of 64, 570 and 1518). With 64 all is measured, with others one"
                            + " router (default: 64,128,256,512,1024,1280,1518,imix; --quick: 64).")
    private List<String> sizes = List.of();

    @Option(
            names = "--tunnels",
            description =
                    "Only packets into and out of tunnels, behind labels and on virtual links, beside the same without; --sizes of 64 to "
                            + MAX_TUNNELLED_BYTES + " (default: 64), without what is around them.")
    private boolean onlyTunnels;

    @Override
    protected String title() {
        return "vireo bench forward";
    }

    @Override
    protected List<Measurement> measure(ProgressLog progress) throws IOException, InterruptedException {
        List<FrameSizes> chosen = chosenSizes();
        if (!hasHugepages) {
            return measure(chosen, progress);
        }
        try (HugepageReservation _ = HugepageReservation.reserve(ForwardLimits.HUGEPAGES)) {
            return measure(chosen, progress);
        }
    }

    private List<FrameSizes> chosenSizes() {
        try {
            return onlyTunnels ? tunnelledSizes() : sizes(frameSizes(sizes));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--sizes: " + e.getMessage(), e);
        }
    }

    private static List<FrameSizes> sizes(List<String> names) {
        return names.stream().map(FrameSizes::named).toList();
    }

    private List<FrameSizes> tunnelledSizes() {
        List<FrameSizes> chosen = sizes.isEmpty() ? List.of(MIN_SIZE) : sizes(sizes);
        for (FrameSizes size : chosen) {
            if (size.maxBytes() > MAX_TUNNELLED_BYTES) {
                throw new IllegalArgumentException("with --tunnels at most " + MAX_TUNNELLED_BYTES + " bytes");
            }
        }
        return chosen;
    }

    private Pages pages() {
        return hasHugepages ? Pages.HUGE : Pages.ORDINARY;
    }

    private List<Measurement> measure(List<FrameSizes> chosen, ProgressLog progress)
            throws IOException, InterruptedException {
        Rounds rounds = isQuick() ? new Rounds(1, QUICK) : new Rounds(3, THOROUGH);
        List<Measurement> measurements = new ArrayList<>();
        for (ScenarioGroup group : groups(chosen)) {
            List<Measurement> figures = group.run(rounds, progress);
            measurements.addAll(figures);
            measurements.addAll(besideTheCipher(figures, group.sizes(), progress));
        }
        if (chosen.contains(MIN_SIZE) && !onlyTunnels) {
            measurements.addAll(workerScaling().run(isQuick() ? SCALING_ROUNDS : rounds, progress));
        }
        return measurements;
    }

    /** The figures of encrypted tunnels once more, beside what their cipher alone takes of such packets. */
    private List<Measurement> besideTheCipher(List<Measurement> figures, FrameSizes sizes, ProgressLog progress) {
        CryptoPerf cipher = new CryptoPerf(core(), pages());
        int bytes = sizes.meanBytes() - FrameSizes.FCS_BYTES - FlowFrames.TAGGED_HEADER_BYTES;
        List<Measurement> beside = new ArrayList<>();
        try {
            for (Measurement figure : figures) {
                if (figure.peer().equals(NO_TUNNEL) && figure.scenario().contains(TunnelKinds.ENCRYPTED)) {
                    boolean isBoth = figure.scenario().contains(TunnelWorkloads.BOTH_ENDS);
                    beside.add(figure.beside(
                            isBoth ? "crypto-perf, encrypt and decrypt" : "crypto-perf, encrypt",
                            isBoth ? cipher.both(bytes) : cipher.encrypting(bytes)));
                }
            }
        } catch (IOException e) {
            progress.say("without the cipher alone: " + e.getMessage());
        }
        return beside;
    }

    private WorkerScaling workerScaling() throws IOException {
        return WorkerScaling.of(MIN_SIZE, core(), cpus(), TrafficProfile.FLOWS, pages(), directory());
    }

    private List<ScenarioGroup> groups(List<FrameSizes> chosen) throws IOException {
        List<ScenarioGroup> groups = new ArrayList<>();
        for (FrameSizes size : chosen) {
            if (onlyTunnels) {
                groups.add(tunnels(size));
            } else if (size.equals(MIN_SIZE)) {
                InternetTable table = InternetTable.load(home());
                groups.add(new ScenarioGroup(size, ipv4(table, size)));
                groups.add(new ScenarioGroup(size, ipv6(table, size)));
                groups.add(tunnels(size));
            } else {
                groups.add(plain(size));
            }
        }
        return groups;
    }

    private List<Scenario> ipv4(InternetTable table, FrameSizes sizes) throws IOException {
        List<Contender> peers = peers(sizes);
        Workload full = Workload.fullIpv4("one router, full table, spread", table);
        Workload thousand = Workload.small("1,000 routers", 1000, 1000, AddressFamily.IPV4);
        Workload many = Workload.small("10,000 routers", 10_000, 10_000, AddressFamily.IPV4);
        return List.of(
                new Scenario(vireo(plainWorkload(), sizes), peers),
                new Scenario(vireo(full, sizes), and(peers, likeForLike(full, sizes))),
                new Scenario(vireo(thousand, sizes), peers),
                new Scenario(vireo(many, sizes), and(peers, likeForLike(many, sizes))),
                new Scenario(vireo(thousand.scheduled("1,000 routers, 1,000 classes"), sizes), peers));
    }

    private List<Scenario> ipv6(InternetTable table, FrameSizes sizes) throws IOException {
        Workload full = Workload.fullIpv6("IPv6, one router, full table, spread", table);
        Contender few = peers().l3fwd("lpm", TrafficProfile.few(AddressFamily.IPV6, sizes));
        return List.of(new Scenario(vireo(full, sizes), List.of(few, likeForLike(full, sizes))));
    }

    /** Each kind both ways, beside the same packets without a tunnel, and all beside one peer. */
    private ScenarioGroup tunnels(FrameSizes sizes) throws IOException {
        Contender l3fwd = peers().l3fwd("lpm", TrafficProfile.few(AddressFamily.IPV4, sizes));
        VireoContender plain = vireo(Workload.small(NO_TUNNEL, 1, TrafficProfile.FLOWS, AddressFamily.IPV4), sizes);
        List<Scenario> scenarios = new ArrayList<>(List.of(new Scenario(plain, List.of(l3fwd))));
        for (Workload workload : TunnelWorkloads.all(TrafficProfile.FLOWS)) {
            scenarios.add(new Scenario(vireo(workload, sizes), List.of(plain, l3fwd)));
        }
        return new ScenarioGroup(sizes, scenarios);
    }

    /** The peer with as many frames and ports: the device has the same to do for both. */
    private Contender likeForLike(Workload workload, FrameSizes sizes) throws IOException {
        return peers().l3fwd("lpm", TrafficProfile.like(workload, sizes));
    }

    private static List<Contender> and(List<Contender> contenders, Contender another) {
        List<Contender> all = new ArrayList<>(contenders);
        all.add(another);
        return all;
    }

    private static Workload plainWorkload() {
        return Workload.small("one router, 16 routes", 1, TrafficProfile.FLOWS, AddressFamily.IPV4);
    }

    private ScenarioGroup plain(FrameSizes sizes) throws IOException {
        return new ScenarioGroup(sizes, List.of(new Scenario(vireo(plainWorkload(), sizes), peers(sizes))));
    }

    private List<Contender> peers(FrameSizes sizes) throws IOException {
        TrafficProfile few = TrafficProfile.few(AddressFamily.IPV4, sizes);
        return List.of(
                peers().testpmd("io", few),
                peers().testpmd("macswap", few),
                peers().l3fwd("lpm", few),
                peers().l3fwd("fib", few));
    }

    private Peers peers() throws IOException {
        return new Peers(home(), directory(), core(), pages());
    }

    private VireoContender vireo(Workload workload, FrameSizes sizes) throws IOException {
        return new VireoContender(workload, sizes, Cpus.of(core(), 1, cpus()), pages(), directory());
    }

    @Override
    protected Map<String, String> conditions() throws IOException {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("dpdk", dpdkVersion());
        conditions.put(
                "device",
                "net_pcap, infinite_rx: it copies the frames of a file round and round, and drops what is sent after counting it;"
                        + " many frames it reads from cold memory, few from cache: peers have 16 where no number is named");
        conditions.put(
                "core",
                "one (CPU " + core() + "), " + ForwardLimits.MEMORY_MEGABYTES
                        + " MiB; rates per second of the forwarding thread's CPU time");
        conditions.put("pages", pages().condition());
        conditions.put(
                "vireo",
                "the data plane process as it is; a VLAN per router in and out, longest-prefix match, TTL, checksum, rewrite,"
                        + " re-tag; 10,000 routers are on five ports");
        conditions.put("workers", workerScaling().condition());
        conditions.putAll(tunnelConditions());
        conditions.put(
                "counted",
                "packets in and out, drops and punts, per router; before each workload frames that were sent are decoded: MACs,"
                        + " VLAN, hop limit, checksum, the neighbour that the longest prefix says, the headers of tunnels, and a"
                        + " packet that was offered");
        conditions.put("testpmd", "looks nothing up; macswap touches the first 12 bytes, io nothing");
        conditions.put(
                "l3fwd",
                TrafficProfile.FLOWS
                        + " routes in one table; its demand for checksum offload is taken out, which net_pcap has not, and it has"
                        + " 65,536 buffers instead of 8,192, which the frames take;"
                        + " untagged frames, for it knows no VLANs; packet types parsed in software");
        if (onlyTunnels) {
            conditions.keySet().removeAll(NOT_OF_TUNNELS);
        }
        return conditions;
    }

    private static Map<String, String> tunnelConditions() {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put(
                "tunnels",
                "one, over IPv4, between a virtual router and the one that is its underlay, in and out by VLANs of one port, 16"
                        + " routes and flows; MPLS by itself has labels on the link, and swap and pop a label for each flow; a"
                        + " virtual link is one of the substrate, in frames of a VLAN; keepalives ten a second;"
                        + " encapsulation is offered frames of the length that is said, decapsulation frames with the"
                        + " same packets inside, longer by what is around them; the same packets without a tunnel stand"
                        + " beside them, and l3fwd, which knows no tunnels and only forwards: what the device takes");
        conditions.put(
                "ESP",
                "takes no packet twice, and the device repeats its packets, so they go through both ends: a router, its underlay, a"
                        + " link, the other underlay, the other router; crypto-perf is dpdk-test-crypto-perf on aesni_gcm, buffers"
                        + " as long as the packets; it counts by wall clock, so it wants an idle machine");
        return conditions;
    }

    private static String dpdkVersion() {
        Result result = io.vireo.control.process.Command.of("dpkg-query", "-W", "-f=${Version}", "libdpdk-dev")
                .run();
        return result.succeeded() ? result.text() : "unknown";
    }
}
