package io.vireo.bench.schedule;

import io.vireo.bench.process.BenchMain;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.Samples;
import io.vireo.bench.report.Unit;
import io.vireo.dpdk.CoreAffinity;
import io.vireo.dpdk.Eal;
import io.vireo.dpdk.EalContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures one size: {@code ScheduleMain speed|rate VPNS ROUNDS ROUND-MILLISECONDS CORE}. Started by {@link ScheduleCommand}. */
final class ScheduleMain {
    static final String PEER = "rte_sched";
    private static final String VIREO = "vireo";
    private static final int MEMORY_MEGABYTES = 1024;
    private static final int WARM_UP_ROUNDS = 2;
    private static final long NS_PER_MS = 1_000_000;

    /** 1 Gbit/s: 1.5 million packets a second, which either scheduler does with most of its time to spare. */
    private static final long SHAPED_RATE = 1_000_000_000L;

    private final BenchMain bench;
    private final int vpns;
    private final int rounds;
    private final long roundNs;

    private ScheduleMain(BenchMain bench, int vpns, int rounds, long roundNs) {
        this.bench = bench;
        this.vpns = vpns;
        this.rounds = rounds;
        this.roundNs = roundNs;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        BenchMain.run(bench -> {
            ScheduleMain main = new ScheduleMain(
                    bench, Integer.parseInt(args[1]), Integer.parseInt(args[2]), Long.parseLong(args[3]) * NS_PER_MS);
            try (Eal _ = Eal.start(new EalContext().memoryMegabytes(MEMORY_MEGABYTES))) {
                CoreAffinity.pin(Integer.parseInt(args[4]));
                switch (args[0]) {
                    case "speed" -> main.speed();
                    case "rate" -> main.rate();
                    default -> throw new IllegalArgumentException("neither speed nor rate: " + args[0]);
                }
            }
        });
    }

    private void speed() {
        Load load = new Load(vpns, Load.UNLIMITED_RATE);
        List<Double> vireo = new ArrayList<>();
        List<Double> peer = new ArrayList<>();
        try (Packets packets = new Packets(load);
                PacketScheduler hfsc = HfscContender.unshaped(load);
                PacketScheduler rte = new RteSchedContender(load, RteSchedTree.unshaped(load), packets.scratch())) {
            for (int round = 1 - WARM_UP_ROUNDS; round <= rounds; round++) {
                double ours = SpeedRound.packetsPerSecond(VIREO, hfsc, load, packets, roundNs) / 1e6;
                double theirs = SpeedRound.packetsPerSecond(PEER, rte, load, packets, roundNs) / 1e6;
                if (round > 0) {
                    vireo.add(ours);
                    peer.add(theirs);
                }
                say(round, "%.2f Mpps, rte_sched %.2f Mpps", ours, theirs);
            }
        }
        bench.report(Measurement.alone(name("enqueue and dequeue"), Unit.MEGA_PACKETS, new Samples(vireo))
                .ofFrames(64)
                .beside(PEER, new Samples(peer)));
    }

    private void rate() {
        Load load = new Load(vpns, SHAPED_RATE);
        List<RateRound> vireo = new ArrayList<>();
        List<RateRound> peer = new ArrayList<>();
        try (Packets packets = new Packets(load)) {
            for (int round = 1; round <= rounds; round++) {
                try (PacketScheduler hfsc = HfscContender.shaped(load)) {
                    vireo.add(RateRound.run(VIREO, hfsc, load, packets, roundNs));
                }
                try (PacketScheduler rte = new RteSchedContender(load, RteSchedTree.shaped(load), packets.scratch())) {
                    peer.add(RateRound.run(PEER, rte, load, packets, roundNs));
                }
                say(
                        round,
                        "rate error %.4f %%, rte_sched %.4f %%",
                        vireo.getLast().port(),
                        peer.getLast().port());
            }
        }
        bench.report(Measurement.alone(name("rate error of the port"), Unit.PERCENT_ERROR, ports(vireo))
                .beside(PEER, ports(peer)));
        bench.report(Measurement.alone(name("rate error of the worst VPN"), Unit.PERCENT_ERROR, worst(vireo))
                .beside(PEER, worst(peer)));
    }

    private void say(int round, String format, double ours, double theirs) {
        String which = round > 0 ? "round " + round + " of " + rounds : "warming up";
        bench.say(String.format(Locale.ROOT, "%s, %s: " + format, size(), which, ours, theirs));
    }

    private String name(String what) {
        return "schedule/" + what + ", " + size();
    }

    private String size() {
        return String.format(Locale.ROOT, "%,d classes of %,d VPNs", vpns * Load.CLASSES_PER_VPN, vpns);
    }

    private static Samples ports(List<RateRound> rounds) {
        return new Samples(rounds.stream().map(RateRound::port).toList());
    }

    private static Samples worst(List<RateRound> rounds) {
        return new Samples(rounds.stream().map(RateRound::worstVpn).toList());
    }
}
