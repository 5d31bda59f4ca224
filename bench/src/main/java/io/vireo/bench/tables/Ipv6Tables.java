package io.vireo.bench.tables;

import io.vireo.bench.process.BenchMain;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.Samples;
import io.vireo.bench.report.Unit;
import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of IPv6. One thread. */
final class Ipv6Tables {
    private final BenchMain bench;
    private final Ipv6Routes routes;
    private final TablesPlan plan;

    Ipv6Tables(BenchMain bench, Ipv6Routes routes, TablesPlan plan) {
        this.bench = bench;
        this.routes = routes;
        this.plan = plan;
    }

    void run() {
        bench.say("IPv6: loading " + routes.count() + " routes");
        Measurement load = Measurement.alone(
                "tables/IPv6 load of the full table",
                Unit.MEGA_CHANGES,
                RouteLoading.rates(() -> new VireoIpv6(routes), routes.count(), plan.rounds()));
        bench.report(
                load.beside("rte_fib6", RouteLoading.rates(() -> new RteFib6(routes), routes.count(), plan.rounds())));
        bench.report(
                load.beside("rte_lpm6", RouteLoading.rates(() -> new RteLpm6(routes), routes.count(), plan.rounds())));
        try (VireoIpv6 vireo = RouteLoading.filled(new VireoIpv6(routes), routes.count());
                RteFib6 fib = RouteLoading.filled(new RteFib6(routes), routes.count())) {
            memory(vireo, fib); // before rte_lpm6 takes its own from the same heap
            try (RteLpm6 lpm = RouteLoading.filled(new RteLpm6(routes), routes.count())) {
                memory(vireo, lpm);
                lookups("sequential", Ipv6Destinations.sequential(routes), vireo, fib, lpm);
                lookups("random", Ipv6Destinations.random(routes), vireo, fib, lpm);
                lookups("repeated", Ipv6Destinations.repeated(routes), vireo, fib, lpm);
            }
        }
    }

    private void memory(VireoIpv6 vireo, TableContender<?> peer) {
        bench.report(Measurement.alone(
                        "tables/IPv6 memory, all of it",
                        Unit.BYTES_PER_PREFIX,
                        Samples.of((double) vireo.memoryBytes() / routes.count()))
                .beside(peer.name(), Samples.of((double) peer.memoryBytes() / routes.count())));
    }

    private void lookups(String pattern, Ipv6Destinations destinations, VireoIpv6 vireo, RteFib6 fib, RteLpm6 lpm) {
        bench.say("IPv6: looking up, " + pattern);
        Map<String, LookupRun> contenders = new LinkedHashMap<>();
        contenders.put(vireo.name(), vireo.over(destinations));
        fib.enter(contenders, fib.over(destinations));
        contenders.put(lpm.name(), lpm.over(destinations));
        plan.report(bench, "tables/IPv6 lookups, full table, " + pattern, contenders);
    }
}
