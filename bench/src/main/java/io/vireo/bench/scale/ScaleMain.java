package io.vireo.bench.scale;

import io.vireo.bench.process.BenchMain;
import io.vireo.bench.report.Samples;
import io.vireo.bench.report.Unit;
import io.vireo.bench.schedule.ScheduleLoad;
import io.vireo.bench.tables.CpuClock;
import io.vireo.bench.tables.InternetTable;
import io.vireo.bench.tables.LookupScale;
import io.vireo.dpdk.CoreAffinity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures one curve: {@code ScaleMain routes|routers|classes HOME CORE ROUNDS SAMPLE-MILLISECONDS POSITION…}. Started by {@link
 * ScaleCommand}.
 */
final class ScaleMain {
    private static final int ROUTES_EACH = 100;
    private static final long NS_PER_MS = 1_000_000;
    private static final int FIRST_POSITION = 5;
    private static final int STEPS_PER_LOOK = 1_000;

    private final BenchMain bench;
    private final int rounds;
    private final long sampleNs;
    private final List<Integer> positions;

    private ScaleMain(BenchMain bench, String[] arguments) {
        this.bench = bench;
        rounds = Integer.parseInt(arguments[3]);
        sampleNs = Long.parseLong(arguments[4]) * NS_PER_MS;
        positions = List.of(arguments).subList(FIRST_POSITION, arguments.length).stream()
                .map(Integer::valueOf)
                .toList();
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        BenchMain.run(bench -> {
            ScaleMain main = new ScaleMain(bench, args);
            CoreAffinity.pin(Integer.parseInt(args[2]));
            switch (args[0]) {
                case "routes" -> main.routes(InternetTable.load(Path.of(args[1])));
                case "routers" -> main.routers(InternetTable.load(Path.of(args[1])));
                case "classes" -> main.classes();
                default -> throw new IllegalArgumentException("no curve: " + args[0]);
            }
        });
    }

    private void routes(InternetTable table) {
        LookupScale lookups = new LookupScale(table.ipv4(), rounds, sampleNs);
        for (int count : ForwardCurve.withAll(positions, table.ipv4())) {
            report(new ScaleCurve("IPv4 lookups", Axis.ROUTES), count, lookups.oneTable(count), Unit.MEGA_LOOKUPS);
        }
    }

    private void routers(InternetTable table) {
        LookupScale lookups = new LookupScale(table.ipv4(), rounds, sampleNs);
        for (int count : positions) {
            ScaleCurve curve = new ScaleCurve("IPv4 lookups, 100 routes each", Axis.ROUTERS);
            report(curve, count, lookups.tables(count, ROUTES_EACH), Unit.MEGA_LOOKUPS);
        }
    }

    private void classes() {
        for (int count : positions) {
            ScaleCurve curve = new ScaleCurve("enqueue and dequeue", Axis.CLASSES);
            report(curve, count, schedule(new ScheduleLoad(count)), Unit.MEGA_PACKETS);
        }
    }

    /** Millions of packets per second of CPU time; the first round warms up. The load throws when a packet is dropped. */
    private Samples schedule(ScheduleLoad load) {
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            long startNs = CpuClock.nowNs();
            long packets = 0;
            while (CpuClock.nowNs() - startNs < sampleNs) {
                for (int step = 0; step < STEPS_PER_LOOK; step++) {
                    packets += load.step();
                }
            }
            if (round > 0) {
                rates.add(CpuClock.megaSince(startNs, packets));
            }
        }
        return new Samples(rates);
    }

    private void report(ScaleCurve curve, int position, Samples rate, Unit unit) {
        Unit cost = unit == Unit.MEGA_PACKETS ? Unit.NANOSECONDS_PER_PACKET : Unit.NANOSECONDS_PER_OPERATION;
        curve.figures(position, rate, unit, cost).forEach(bench::report);
        bench.say(String.format(
                Locale.ROOT, "%s, %s: %.1f %s", curve.what(), curve.axis().at(position), rate.median(), unit.symbol()));
    }
}
