package io.vireo.bench.tables;

import io.vireo.bench.process.BenchMain;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.Samples;
import io.vireo.bench.report.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of IPv4. One thread, and one that reads beside it. */
final class Ipv4Tables {
    private static final int ROUTERS = 10_000;
    private static final int ROUTES_EACH = 100;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private final BenchMain bench;
    private final Ipv4Routes routes;
    private final TablesPlan plan;

    Ipv4Tables(BenchMain bench, Ipv4Routes routes, TablesPlan plan) {
        this.bench = bench;
        this.routes = routes;
        this.plan = plan;
    }

    void run() throws InterruptedException {
        bench.say("IPv4: loading " + routes.count() + " routes");
        bench.report(Measurement.alone(
                        "tables/IPv4 load of the full table",
                        Unit.MEGA_CHANGES,
                        RouteLoading.rates(() -> new VireoIpv4(routes, 1), routes.count(), plan.rounds()))
                .beside("rte_fib", RouteLoading.rates(() -> new RteFib(routes), routes.count(), plan.rounds())));
        fullTable();
        manyRouters();
    }

    private void fullTable() throws InterruptedException {
        try (VireoIpv4 vireo = RouteLoading.filled(new VireoIpv4(routes, 1), routes.count());
                RteFib fib = RouteLoading.filled(new RteFib(routes), routes.count())) {
            memory(vireo, fib);
            List<TableContender<Ipv4Destinations>> others = new ArrayList<>();
            if (plan.withLpm()) {
                bench.say("IPv4: loading rte_lpm; its time grows with the square of the routes");
                others.add(lpm());
            }
            lookups("sequential", Ipv4Destinations.sequential(routes), vireo, fib, others);
            lookups("random", Ipv4Destinations.random(routes), vireo, fib, others);
            lookups("repeated", Ipv4Destinations.repeated(routes), vireo, fib, others);
            changes(vireo, fib);
            others.forEach(TableContender::close);
        }
    }

    private RteLpm lpm() {
        RteLpm lpm = new RteLpm(routes);
        long startNs = CpuClock.nowNs();
        RouteLoading.filled(lpm, routes.count());
        double rate = CpuClock.megaSince(startNs, routes.count());
        bench.say("IPv4: rte_lpm was loaded at %.4f M routes/s".formatted(rate));
        return lpm;
    }

    private void memory(VireoIpv4 vireo, RteFib fib) {
        bench.report(Measurement.alone(
                        "tables/IPv4 memory, all of it",
                        Unit.BYTES_PER_PREFIX,
                        Samples.of((double) vireo.memoryBytes() / routes.count()))
                .beside("rte_fib", Samples.of((double) fib.memoryBytes() / routes.count())));
        bench.report(Measurement.alone(
                        "tables/IPv4 memory, what lookups read",
                        Unit.MEGABYTES,
                        Samples.of(vireo.lookupBytes() / BYTES_PER_MEGABYTE))
                .beside("rte_fib", Samples.of(RteFib.LOOKUP_BYTES / BYTES_PER_MEGABYTE)));
    }

    private void lookups(
            String pattern,
            Ipv4Destinations destinations,
            VireoIpv4 vireo,
            RteFib fib,
            List<TableContender<Ipv4Destinations>> others) {
        bench.say("IPv4: looking up, " + pattern);
        Map<String, LookupRun> contenders = new LinkedHashMap<>();
        contenders.put(vireo.name(), vireo.over(destinations));
        fib.enter(contenders, fib.over(destinations));
        others.forEach(other -> contenders.put(other.name(), other.over(destinations)));
        plan.report(bench, "tables/IPv4 lookups, full table, " + pattern, contenders);
    }

    private void changes(VireoIpv4 vireo, RteFib fib) throws InterruptedException {
        bench.say("IPv4: changing routes beside a reader");
        ChangesUnderReader changes = new ChangesUnderReader(routes);
        ChangesUnderReader.Reader vireoReader = vireo.reader(changes.steady());
        fib.selectScalarLookup();
        ChangesUnderReader.Reader fibReader = ChangesUnderReader.Reader.ofRun(fib.over(changes.steady()));
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = 0; round <= plan.rounds(); round++) {
            double vireoRate = changes.run(vireo, vireoReader, plan.readerCore(), plan.sampleNs());
            double fibRate = changes.run(fib, fibReader, plan.readerCore(), plan.sampleNs());
            if (round > 0) {
                ours.add(vireoRate);
                theirs.add(fibRate);
            }
        }
        bench.report(
                Measurement.alone("tables/IPv4 route changes beside a reader", Unit.MEGA_CHANGES, new Samples(ours))
                        .beside(fib.name(), new Samples(theirs)));
    }

    private void manyRouters() {
        bench.say("IPv4: " + ROUTERS + " virtual routers of " + ROUTES_EACH + " routes");
        ManyRouters many = ManyRouters.of(ROUTERS, ROUTES_EACH, routes);
        try (VireoIpv4 vireo = new VireoIpv4(many.routes(), ROUTERS)) {
            RouteLoading.filled(vireo, many.routes().count());
            Ipv4Destinations destinations = many.destinations();
            many.verify(vireo, destinations);
            bench.report(Measurement.alone(
                    "tables/IPv4 memory, 10,000 routers of 100 routes, all",
                    Unit.MEGABYTES,
                    Samples.of(vireo.memoryBytes() / BYTES_PER_MEGABYTE)));
            plan.report(
                    bench,
                    "tables/IPv4 lookups, 10,000 routers, random",
                    Map.of(vireo.name(), vireo.over(destinations)));
        }
    }
}
