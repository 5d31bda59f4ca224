package io.vireo.bench.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.bench.EalExtension;
import io.vireo.bench.report.NotMeasuredException;
import io.vireo.bench.report.Samples;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tables that race give the same answers, and the race notices when one does not. */
@ExtendWith(EalExtension.class)
class TablesAgreeTest {
    private static final int ROUTES = 2_000;
    private static final LookupComparison RACE = new LookupComparison(1, 1);

    private final Ipv4Routes ipv4 = ipv4Routes();
    private final Ipv6Routes ipv6 = ipv6Routes();

    private static Ipv4Routes ipv4Routes() {
        InternetLikePrefixes internet = new InternetLikePrefixes(1);
        Prefix[] prefixes = IntStream.range(0, 2 * ROUTES)
                .mapToObj(_ -> internet.nextIpv4())
                .distinct()
                .limit(ROUTES)
                .toArray(Prefix[]::new);
        return new Ipv4Routes(
                IntStream.range(0, ROUTES).map(i -> (int) prefixes[i].lo()).toArray(),
                IntStream.range(0, ROUTES).map(i -> prefixes[i].length()).toArray(),
                new Random(1).ints(ROUTES, 1, InternetTable.NEXT_HOPS + 1).toArray());
    }

    private static Ipv6Routes ipv6Routes() {
        InternetLikePrefixes internet = new InternetLikePrefixes(1);
        Prefix[] prefixes = IntStream.range(0, 2 * ROUTES)
                .mapToObj(_ -> internet.nextIpv6())
                .distinct()
                .limit(ROUTES)
                .toArray(Prefix[]::new);
        return new Ipv6Routes(
                IntStream.range(0, ROUTES).mapToLong(i -> prefixes[i].hi()).toArray(),
                IntStream.range(0, ROUTES).mapToLong(i -> prefixes[i].lo()).toArray(),
                IntStream.range(0, ROUTES).map(i -> prefixes[i].length()).toArray(),
                new Random(1).ints(ROUTES, 1, InternetTable.NEXT_HOPS + 1).toArray());
    }

    @Test
    void shouldFindTheSameIpv4NextHops() {
        try (VireoIpv4 vireo = RouteLoading.filled(new VireoIpv4(ipv4, 1), ROUTES);
                RteFib fib = RouteLoading.filled(new RteFib(ipv4), ROUTES);
                RteLpm lpm = RouteLoading.filled(new RteLpm(ipv4), ROUTES)) {
            Map<String, LookupRun> runs = new LinkedHashMap<>();
            Ipv4Destinations destinations = Ipv4Destinations.sequential(ipv4);
            runs.put(vireo.name(), vireo.over(destinations));
            runs.put(fib.name(), fib.over(destinations));
            runs.put(lpm.name(), lpm.over(destinations));
            Map<String, Samples> rates = RACE.run(runs);
            assertThat(rates).hasSize(3);
            assertThat(rates.values())
                    .allSatisfy(samples -> assertThat(samples.median()).isPositive());

            vireo.remove(7);
            assertThatThrownBy(() -> RACE.run(runs))
                    .isInstanceOf(NotMeasuredException.class)
                    .hasMessageContaining("other next hops");
        }
    }

    @Test
    void shouldFindTheSameIpv6NextHops() {
        try (VireoIpv6 vireo = RouteLoading.filled(new VireoIpv6(ipv6), ROUTES);
                RteFib6 fib = RouteLoading.filled(new RteFib6(ipv6), ROUTES);
                RteLpm6 lpm = RouteLoading.filled(new RteLpm6(ipv6), ROUTES)) {
            Map<String, LookupRun> runs = new LinkedHashMap<>();
            Ipv6Destinations destinations = Ipv6Destinations.random(ipv6);
            runs.put(vireo.name(), vireo.over(destinations));
            runs.put(fib.name(), fib.over(destinations));
            runs.put(lpm.name(), lpm.over(destinations));
            assertThat(RACE.run(runs)).hasSize(3);
        }
    }

    @Test
    void shouldCheckManyRoutersAgainstASlowSearch() {
        ManyRouters many = ManyRouters.of(50, 40, ipv4);
        try (VireoIpv4 tables = RouteLoading.filled(
                new VireoIpv4(many.routes(), 50), many.routes().count())) {
            Ipv4Destinations destinations = many.destinations();
            many.verify(tables, destinations);

            for (int route = 0; route < 50; route++) {
                tables.remove(route);
            }
            assertThatThrownBy(() -> many.verify(tables, destinations)).isInstanceOf(NotMeasuredException.class);
        }
    }

    @Test
    void shouldNoticeAReaderThatFindsAnotherNextHop() throws InterruptedException {
        try (VireoIpv4 vireo = RouteLoading.filled(new VireoIpv4(ipv4, 1), ROUTES)) {
            ChangesUnderReader changes = new ChangesUnderReader(ipv4);
            assertThat(changes.run(vireo, vireo.reader(changes.steady()), 0, 1_000_000))
                    .isPositive();
            assertThatThrownBy(() -> changes.run(vireo, ChangesUnderReader.Reader.ofRun(() -> 1), 0, 1_000_000))
                    .isInstanceOf(NotMeasuredException.class)
                    .hasMessageContaining("other next hops");
        }
    }
}
