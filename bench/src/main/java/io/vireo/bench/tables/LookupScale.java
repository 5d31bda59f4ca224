package io.vireo.bench.tables;

import io.vireo.bench.report.Samples;
import java.util.Map;
import java.util.Objects;

/**
 * Lookups per second in IPv4 tables of any size, for curves. One thread.
 *
 * @param full the routes of which some are taken
 * @param rounds samples at each size
 * @param sampleNs CPU time of each
 */
public record LookupScale(Ipv4Routes full, int rounds, long sampleNs) {
    private static final String VIREO = "vireo";

    /**
     * Millions per second in one table.
     *
     * @throws io.vireo.bench.report.NotMeasuredException when a slow search finds other next hops
     */
    public Samples oneTable(int routes) {
        return measure(new ManyRouters(1, full.some(routes)));
    }

    /** Millions per second in many tables, in turns at random. Throws as {@link #oneTable} does. */
    public Samples tables(int count, int routesEach) {
        return measure(ManyRouters.of(count, routesEach, full));
    }

    private Samples measure(ManyRouters routers) {
        Ipv4Destinations destinations = routers.destinations();
        Ipv4Routes routes = routers.routes();
        try (VireoIpv4 tables = RouteLoading.filled(new VireoIpv4(routes, routers.routers()), routes.count())) {
            routers.verify(tables, destinations);
            Map<String, Samples> rates =
                    new LookupComparison(rounds, sampleNs).run(Map.of(VIREO, tables.over(destinations)));
            return Objects.requireNonNull(rates.get(VIREO));
        }
    }
}
