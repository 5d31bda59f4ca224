package io.vireo.bench.start;

import io.vireo.bench.forward.Contender;
import io.vireo.bench.forward.Cpus;
import io.vireo.bench.forward.FrameSizes;
import io.vireo.bench.forward.Offer;
import io.vireo.bench.forward.Peers;
import io.vireo.bench.forward.VireoContender;
import io.vireo.bench.forward.Workload;
import io.vireo.bench.report.BenchTask;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.NotMeasuredException;
import io.vireo.bench.report.Progress;
import io.vireo.control.supervisor.JvmCommand;
import io.vireo.dataplane.wire.AddressFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code vireo bench start}. */
@Command(
        name = "start",
        description =
                "Time from exec of the data plane's process to ready, to the first packet forwarded and to 95 % of the steady rate,"
                        + " beside testpmd and l3fwd.")
public final class StartCommand extends BenchTask {
    private static final FrameSizes SIZES = FrameSizes.of(64);
    private static final Patience THOROUGH = Patience.ofMillis(8000, 4000);
    private static final Patience QUICK = Patience.ofMillis(4000, 2000);
    private static final Patience FOR_PEERS = Patience.ofMillis(1500, 1000);
    private static final int THOROUGH_STARTS = 10;
    private static final int QUICK_STARTS = 3;

    private final List<String> omissions = new ArrayList<>();

    /** A way to start a program once. */
    @FunctionalInterface
    private interface Starter {
        Start start() throws IOException, InterruptedException;
    }

    @Override
    protected String title() {
        return "vireo bench start";
    }

    @Override
    protected List<Measurement> measure(Progress progress) throws IOException, InterruptedException {
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
        Map<String, List<Start>> starts = takeTurns(starters, progress);
        Map<String, List<Start>> theirs = new LinkedHashMap<>(starts);
        theirs.keySet().retainAll(peers.keySet());
        return workloads.stream()
                .filter(workload -> starts.containsKey(workload.name()))
                .flatMap(workload -> new StartFigures(
                                workload.name(), starts.getOrDefault(workload.name(), List.of()), theirs)
                        .all().stream())
                .toList();
    }

    /** The starts of each, by its name; none of one that could not be measured every time. */
    private Map<String, List<Start>> takeTurns(Map<String, Starter> starters, Progress progress)
            throws IOException, InterruptedException {
        Map<String, Starter> left = new LinkedHashMap<>(starters);
        Map<String, List<Start>> starts = new LinkedHashMap<>();
        int count = isQuick() ? QUICK_STARTS : THOROUGH_STARTS;
        for (int round = 1; round <= count; round++) {
            for (Map.Entry<String, Starter> entry : List.copyOf(left.entrySet())) {
                String name = entry.getKey();
                try {
                    Start start = entry.getValue().start();
                    starts.computeIfAbsent(name, _ -> new ArrayList<>()).add(start);
                    progress.say("%s, start %d of %d: %s".formatted(name, round, count, summary(start)));
                } catch (NotMeasuredException e) {
                    omissions.add("start/" + name + ": start " + round + " of " + count + ": " + e.getMessage());
                    left.remove(name);
                    starts.remove(name);
                }
            }
        }
        return starts;
    }

    private static String summary(Start start) {
        return String.format(
                Locale.ROOT,
                "first packet after %.2f s, steady after %.2f s at %.2f Mpps; read at least every %.0f ms",
                start.reachedNs().getOrDefault(Milestone.FIRST_PACKET, 0L) / 1e9,
                start.reachedNs().getOrDefault(Milestone.STEADY, 0L) / 1e9,
                start.steadyPacketsPerSecond() / 1e6,
                start.curve().longestGapNs() / 1e6);
    }

    @Override
    protected List<String> omissions() {
        return omissions;
    }

    private List<VireoContender> workloads() throws IOException {
        return List.of(
                vireo(Workload.small("one router, 16 routes", 1, Offer.FLOWS, AddressFamily.IPV4)),
                vireo(Workload.small("1,000 routers", 1000, 1000, AddressFamily.IPV4)));
    }

    private VireoContender vireo(Workload workload) throws IOException {
        return new VireoContender(workload, SIZES, Cpus.of(core(), 1, cpus()), directory());
    }

    private List<Contender> peers() throws IOException {
        Peers peers = new Peers(home(), directory(), core());
        Offer few = Offer.few(AddressFamily.IPV4, SIZES);
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
                "the median tenth of a second at the end, per second of real time; refused when the middle half of the tenths is more"
                        + " than 10 % apart or the halves' medians 5 %. 95 % of it is reached when it is met in the next 20 ms, the next"
                        + " 500 ms, and all the time that is left");
        conditions.put(
                "verified",
                "no packet lost from 20 ms after the configuration on, each router's packets in and out; a sample of frames decoded before");
        conditions.put(
                "read",
                "shared counters, every millisecond or as progress says, from CPU "
                        + Cpus.of(core(), 1, cpus()).conductor() + ", where conductor and JIT are too");
        conditions.put(
                "peers",
                "their telemetry answers later than they forward and every 10 ms: their start is the first answer, reckoned back at"
                        + " their steady rate; so their first packet and their 95 % are one figure");
        return conditions;
    }

    private static boolean hasCache() {
        return JvmCommand.dataPlane("bench", Path.of("."), List.of()).stream()
                .anyMatch(argument -> argument.startsWith("-XX:AOTCache="));
    }
}
