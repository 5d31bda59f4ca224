package io.vireo.dataplane.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.tables.FibOracle.Prefix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Walking a table's routes in order, and mark and sweep on top of it. */
class FibWalkTest {
    private static final TableLimits LIMITS = new TableLimits().maxTables(3).maxRoutes(50_000);

    private final QuiescentState quiescent = new QuiescentState(0);
    private final RouteCursor cursor = new RouteCursor();

    @ParameterizedTest
    @CsvSource({"32, 1, 4, 60", "32, 2, 20, 5000", "128, 3, 6, 60", "128, 4, 60, 5000"})
    void shouldWalkEveryRouteInOrder(int bits, long seed, int crowding, int routes) {
        PrefixGenerator generator = new PrefixGenerator(seed, bits, crowding);
        FibOracle oracle = new FibOracle();
        try (Fib fib = bits == 32 ? new Ipv4Fib(LIMITS, quiescent) : new Ipv6Fib(LIMITS, quiescent)) {
            TableUnderTest table = tableOf(fib);
            for (int i = 0; i < routes; i++) {
                Prefix prefix = generator.prefix();
                table.put(prefix, i + 1, i);
                oracle.put(prefix, i + 1);
            }
            List<Prefix> walked = new ArrayList<>();
            cursor.reset();
            while (fib.next(table.table(), cursor)) {
                walked.add(Prefix.of(cursor.hi(), cursor.lo(), cursor.length()));
                assertThat(cursor.value()).isEqualTo(cursor.user() + 1);
            }
            assertThat(walked).containsExactlyElementsOf(oracle.routes().keySet());
        }
    }

    @Test
    void shouldFindTheNextRouteWhateverChangedSince() {
        try (Ipv4Fib fib = new Ipv4Fib(LIMITS, quiescent)) {
            int table = fib.newTable();
            PrefixGenerator generator = new PrefixGenerator(5, 32, 10);
            FibOracle oracle = new FibOracle();
            cursor.reset();
            @Nullable Prefix at = null;
            for (int i = 0; i < 20_000; i++) {
                Prefix prefix = generator.prefix();
                if (generator.below(2) == 0 || oracle.routes().size() > 200) {
                    fib.remove(table, (int) (prefix.hi() >>> 32), prefix.length());
                    oracle.remove(prefix);
                } else {
                    fib.put(table, (int) (prefix.hi() >>> 32), prefix.length(), 1 + i, 0);
                    oracle.put(prefix, 1 + i);
                }
                at = step(fib, table, oracle, at);
            }
        }
    }

    private @Nullable Prefix step(Ipv4Fib fib, int table, FibOracle oracle, @Nullable Prefix at) {
        var rest = at == null ? oracle.routes() : oracle.routes().tailMap(new Prefix(at.address(), at.length() + 1));
        assertThat(fib.next(table, cursor)).isEqualTo(!rest.isEmpty());
        if (rest.isEmpty()) {
            cursor.reset();
            return null;
        }
        Prefix expected = rest.firstKey();
        assertThat(Prefix.of(cursor.hi(), cursor.lo(), cursor.length())).isEqualTo(expected);
        assertThat(cursor.value()).isEqualTo(rest.get(expected));
        assertThat(cursor.address()).isEqualTo((int) (expected.hi() >>> 32));
        return expected;
    }

    @Test
    void shouldSweepWhatWasNotPutAgain() {
        try (Ipv4Fib fib = new Ipv4Fib(LIMITS, quiescent)) {
            int table = fib.newTable();
            for (int i = 0; i < 1000; i++) {
                fib.put(table, i << 8, 24, 1 + i, 1);
            }
            fib.newRouteMark(9);
            for (int i = 0; i < 1000; i += 2) {
                fib.put(table, i << 8, 24, 1 + i, 2);
            }
            assertThat(fib.mark(table, 1 << 8, 24, 9)).isTrue();
            assertThat(fib.mark(table, 2 << 8, 23, 9)).isFalse();
            cursor.reset();
            while (fib.next(table, cursor)) {
                if (cursor.mark() != 9) {
                    fib.remove(table, cursor.address(), cursor.length());
                }
            }
            assertThat(fib.routeCount(table)).isEqualTo(501);
            assertThat(fib.get(table, 1 << 8, 24)).isEqualTo(2);
            assertThat(fib.getUser(table, 1 << 8, 24)).isEqualTo(1);
            assertThat(fib.getUser(table, 2 << 8, 24)).isEqualTo(2);
            assertThat(fib.getUser(table, 3 << 8, 24)).isEqualTo(-1);
        }
    }

    @Test
    void shouldFreeALargeTableInSlices() {
        try (Ipv4Fib fib = new Ipv4Fib(LIMITS, quiescent)) {
            int table = fib.newTable();
            int other = fib.newTable();
            for (int i = 0; i < 20_000; i++) {
                fib.put(table, i << 12, 20 + i % 13, 1 + i, 0);
            }
            fib.put(other, 0, 0, 5, 0);
            quiescent.advance();
            fib.reclaim(Integer.MAX_VALUE);
            assertThat(fib.freeTable(table)).isTrue();
            quiescent.advance();
            int slices = 0;
            while (fib.reclaim(256) > 0) {
                slices++;
            }
            assertThat(slices).isGreaterThan(50);
            assertThat(fib.routeCount()).isEqualTo(1);
            assertThat(fib.lookup(other, 77)).isEqualTo(5);
            assertThat(fib.usedBytes()).isEqualTo(Roots.RECORD_BYTES + 16L);
        }
    }

    private static TableUnderTest tableOf(Fib fib) {
        return switch (fib) {
            case Ipv4Fib v4 -> new TableUnderTest.V4(v4, v4.newTable());
            case Ipv6Fib v6 -> new TableUnderTest.V6(v6, v6.newTable());
        };
    }
}
