package io.vireo.bench.start;

import io.vireo.bench.forward.Contender;
import io.vireo.bench.forward.Cpus;
import io.vireo.bench.forward.FrameSizes;
import io.vireo.bench.forward.Peers;
import io.vireo.bench.forward.TrafficProfile;
import io.vireo.bench.forward.VireoContender;
import io.vireo.bench.forward.Workload;
import io.vireo.bench.report.BenchTask;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.ProgressLog;
import io.vireo.control.supervisor.JvmCommand;
import io.vireo.dataplane.wire.code.AddressFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;

/** {@code vireo bench start}. */
@Command(
        name = "start",
        description =
                "Time from exec of the data plane's process to ready, to the first packet forwarded and to 95 % of the steady rate,"
                        + " beside testpmd and l3fwd.")
public final class StartCommand extends BenchTask {
    private static final FrameSizes SIZES = FrameSizes.of(64);
    private static final ObservationWindow THOROUGH = ObservationWindow.ofMillis(8000, 4000);
    private static final ObservationWindow QUICK = ObservationWindow.ofMillis(4000, 2000);
    private static final ObservationWindow FOR_PEERS = ObservationWindow.ofMillis(1500, 1000);
    private static final int THOROUGH_STARTS = 10;
    private static final int QUICK_STARTS = 3;

    private List<String> omissions = List.of();
    private List<String> repeated = List.of();

    @Override
    protected String title() {
        return "vireo bench start";
    }

    @Override
    protected List<Measurement> measure(ProgressLog progress) throws IOException, InterruptedException {
        List<VireoContender> workloads = workloads();
        for (VireoContender workload : workloads) {
            workload.checkFrames(progress);
        }
        Map<String, Starter> starters = new LinkedHashMap<>();
        for (VireoContender workload : workloads) {
            starters.put(workload.name(), () -> VireoStart.run(workload, isQuick() ? QUICK : THOROUGH));
        }
        Map<String, Starter> peers = new LinkedHashMap<>();
        for (Contender peer : peers()) {
            peers.put(peer.name(), () -> PeerStart.run(peer, FOR_PEERS));
        }
        starters.putAll(peers);
        StartRounds rounds = new StartRounds(isQuick() ? QUICK_STARTS : THOROUGH_STARTS);
        rounds.run(starters, progress);
        omissions = rounds.omissions();
        repeated = rounds.repeated();
        return figures(rounds, workloads, peers.keySet());
    }

    private static List<Measurement> figures(StartRounds rounds, List<VireoContender> workloads, Set<String> peers) {
        Map<String, List<Start>> theirs = new LinkedHashMap<>();
        peers.stream()
                .filter(peer -> !rounds.starts(peer).isEmpty())
                .forEach(peer -> theirs.put(peer, rounds.starts(peer)));
        return workloads.stream()
                .map(VireoContender::name)
                .filter(name -> !rounds.starts(name).isEmpty())
                .flatMap(name -> new StartFigures(name, rounds.starts(name), theirs).all().stream())
                .toList();
    }

    @Override
    protected List<String> omissions() {
        return omissions;
    }

    private List<VireoContender> workloads() throws IOException {
        return List.of(
                vireo(Workload.small("one router, 16 routes", 1, TrafficProfile.FLOWS, AddressFamily.IPV4)),
                vireo(Workload.small("1,000 routers", 1000, 1000, AddressFamily.IPV4)));
    }

    private VireoContender vireo(Workload workload) throws IOException {
        return new VireoContender(workload, SIZES, Cpus.of(core(), 1, cpus()), directory());
    }

    private List<Contender> peers() throws IOException {
        Peers peers = new Peers(home(), directory(), core());
        TrafficProfile few = TrafficProfile.few(AddressFamily.IPV4, SIZES);
        return List.of(peers.testpmd("macswap", few), peers.l3fwd("lpm", few));
    }

    @Override
    protected Map<String, String> conditions() {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put(
                "counted from",
                "just before fork and exec of the data plane's process, of which there was none before; files are in the page cache");
        conditions.put("aot cache", hasCache() ? "used" : "NONE: run ./vireo, which trains one when it builds");
        conditions.put(
                "configured",
                "by this program, through shared memory: a port, then routers, neighbours, routes, and as the last thing the"
                        + " interfaces that receive; 1,000 routers are some 7,000 commands. A first packet may come before the last router."
                        + " What comes before its interface is open is dropped, and does not count as lost");
        conditions.put(
                "steady",
                "the median tenth of a second at the end, per second of real time; a start does not count when the middle half of the tenths is more"
                        + " than 10 % apart or the halves' medians 5 %. 95 % of it is reached when it is met in the next 20 ms, the next"
                        + " 500 ms, and all the time that is left");
        conditions.put(
                "repeated",
                repeated.isEmpty()
                        ? "none: each start came to a steady rate"
                        : "these starts came to no steady rate and did not count: " + String.join("; ", repeated));
        conditions.put(
                "verified",
                "no packet lost from 20 ms after the configuration on, each router's packets in and out; a sample of frames decoded before");
        conditions.put(
                "read",
                "shared counters, every millisecond or as progress says, from CPU "
                        + Cpus.of(core(), 1, cpus()).conductor() + ", where conductor and JIT are too");
        conditions.put(
                "peers",
                "their telemetry answers later than they forward and every 10 ms: their start is estimated from the first answer"
                        + " and their steady rate; so their first packet and their 95 % are one figure");
        return conditions;
    }

    private static boolean hasCache() {
        return JvmCommand.dataPlane("bench", Path.of("."), List.of()).stream()
                .anyMatch(argument -> argument.startsWith("-XX:AOTCache="));
    }
}
