package io.vireo.dataplane.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.tables.FibOracle.Prefix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random changes against {@link FibOracle}, both families, from a few routes to more than a direct array needs. */
class FibPropertyTest {
    /** Large arrays for large tables only. */
    private static final int FEW_ARRAYS = 2;
    /** So many that a few routes earn one. */
    private static final int MANY_ARRAYS = 16;

    private final QuiescentState quiescent = new QuiescentState(0);
    private final FibOracle oracle = new FibOracle();
    /** Every prefix that ever had a route. */
    private final List<Prefix> known = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "32, 1, 40, 3, 3000", "32, 2, 200, 6, 5000", "32, 3, 1000, 12, 8000", "32, 4, 9000, 24, 22000",
        "128, 5, 40, 3, 3000", "128, 6, 200, 6, 5000", "128, 7, 1000, 12, 8000", "128, 8, 9000, 40, 22000",
        "32, 9, 15, 2, 3000", "128, 10, 15, 2, 3000", "32, 11, 3000, 40, 12000", "128, 12, 3000, 100, 12000"
    })
    void shouldAgreeWithTheOracle(int bits, long seed, int size, int crowding, int changes) {
        shouldAgreeWithTheOracle(bits, seed, size, crowding, changes, FEW_ARRAYS);
    }

    @ParameterizedTest
    @CsvSource({
        "32, 21, 40, 3, 1000", "32, 22, 300, 12, 3000", "32, 23, 3000, 40, 8000",
        "128, 24, 40, 3, 1000", "128, 25, 300, 40, 3000", "32, 26, 15, 2, 1000"
    })
    void shouldAgreeWithTheOracleWhereFewRoutesEarnALargeArray(
            int bits, long seed, int size, int crowding, int changes) {
        shouldAgreeWithTheOracle(bits, seed, size, crowding, changes, MANY_ARRAYS);
    }

    private void shouldAgreeWithTheOracle(int bits, long seed, int size, int crowding, int changes, int largeArrays) {
        try (TableUnderTest table = newTable(bits, limits(largeArrays))) {
            PrefixGenerator generator = new PrefixGenerator(seed, bits, crowding);
            for (int i = 0; i < changes; i++) {
                change(table, generator, size);
                check(table, generator, 3);
                quiescent.advance();
                table.fib().reclaim(1_000_000);
            }
            checkAll(table, generator);
            removeAll(table, generator);
            assertThatNothingIsLeft(table.fib());
        }
    }

    private static TableLimits limits(int largeArrays) {
        return new TableLimits()
                .maxTables(4)
                .maxRoutes(100_000)
                .maxLookupBytes(32L << 20)
                .maxLargeTables(largeArrays);
    }

    private void change(TableUnderTest table, PrefixGenerator generator, int size) {
        boolean isKnown = !known.isEmpty() && generator.below(3) == 0;
        Prefix prefix = isKnown ? known.get(generator.below(known.size())) : generator.prefix();
        if (oracle.routes().size() >= size || generator.below(4) == 0) {
            removeOne(table, prefix);
        } else {
            putOne(table, prefix, generator.value(), generator.below(65536));
        }
    }

    private void putOne(TableUnderTest table, Prefix prefix, int value, int user) {
        RouteChange expected = oracle.get(prefix) == 0 ? RouteChange.ADDED : RouteChange.REPLACED;
        assertThat(table.put(prefix, value, user)).isEqualTo(expected);
        if (expected == RouteChange.ADDED) {
            known.add(prefix);
        }
        oracle.put(prefix, value);
        assertThat(table.get(prefix)).isEqualTo(value);
    }

    private void removeOne(TableUnderTest table, Prefix prefix) {
        RouteChange expected = oracle.remove(prefix) ? RouteChange.REMOVED : RouteChange.ABSENT;
        assertThat(table.remove(prefix)).isEqualTo(expected);
        assertThat(table.get(prefix)).isZero();
        assertThat(table.fib().routeCount(table.table()))
                .isEqualTo(oracle.routes().size());
    }

    private void check(TableUnderTest table, PrefixGenerator generator, int addresses) {
        for (int i = 0; i < addresses; i++) {
            boolean isEdge = !known.isEmpty() && i % 2 == 0;
            checkAddress(
                    table, isEdge ? generator.edgeOf(known.get(generator.below(known.size()))) : generator.address());
        }
    }

    private void checkAll(TableUnderTest table, PrefixGenerator generator) {
        for (Prefix prefix : known) {
            for (int i = 0; i < 4; i++) {
                checkAddress(table, generator.edgeOf(prefix));
            }
        }
    }

    private void checkAddress(TableUnderTest table, Prefix address) {
        int expected = oracle.lookup(address.hi(), address.lo());
        assertThat(table.lookup(address.hi(), address.lo())).as("%s", address).isEqualTo(expected);
        assertThat(table.lookupInBatch(address.hi(), address.lo())).isEqualTo(expected);
    }

    private void removeAll(TableUnderTest table, PrefixGenerator generator) {
        Collections.shuffle(known, new Random(generator.below(1000)));
        for (Prefix prefix : known) {
            removeOne(table, prefix);
            check(table, generator, 1);
            quiescent.advance();
            table.fib().reclaim(1_000_000);
        }
        assertThat(table.lookup(0, 0)).isZero();
    }

    private void assertThatNothingIsLeft(Fib fib) {
        quiescent.advance();
        while (fib.reclaim(1000) > 0) {}
        assertThat(fib.lookupBytes()).isEqualTo((long) fib.tableCount() * Roots.RECORD_BYTES);
        assertThat(fib.routeBytes()).isEqualTo(fib.tableCount() * (fib instanceof Ipv4Fib ? 16L : 32L));
    }

    private TableUnderTest newTable(int bits, TableLimits limits) {
        if (bits == 32) {
            Ipv4Fib fib = new Ipv4Fib(limits, quiescent);
            return new TableUnderTest.V4(fib, fib.newTable());
        }
        Ipv6Fib fib = new Ipv6Fib(limits, quiescent);
        return new TableUnderTest.V6(fib, fib.newTable());
    }
}
