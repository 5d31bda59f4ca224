package io.vireo.dataplane.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.dataplane.tables.FibOracle.Prefix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens at the limits: a clear refusal, and nothing changed. */
class FibRefusalTest {
    private static final int WORKER = 0;

    private final QuiescentState quiescent = new QuiescentState(1);
    private final FibOracle oracle = new FibOracle();
    private final List<Prefix> known = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {32, 128})
    void shouldRefuseRoutesBeyondTheLimit(int bits) {
        TableLimits limits = new TableLimits().maxTables(1).maxRoutes(500);
        try (TableUnderTest table = newTable(bits, limits)) {
            assertThat(fillUntilRefused(table, new PrefixGenerator(1, bits, 20)))
                    .isEqualTo(RouteChange.FULL);
            assertThat(known).hasSizeGreaterThan(490);
            assertThatTableAgrees(table);
            removeAll(table);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 128})
    void shouldRefuseRoutesWhenLookupMemoryIsFullAndStillRemoveThem(int bits) {
        TableLimits limits =
                new TableLimits().maxTables(1).maxLookupBytes(1 << 20).maxRoutes(200_000);
        try (TableUnderTest table = newTable(bits, limits)) {
            PrefixGenerator generator = new PrefixGenerator(2, bits, 30);
            for (int round = 0; round < 2; round++) {
                assertThat(fillUntilRefused(table, generator)).isEqualTo(RouteChange.FULL);
                assertThatTableAgrees(table);
                removeSome(table, generator);
                assertThatTableAgrees(table);
            }
            removeAll(table);
        }
    }

    @Test
    void shouldBeBusyWhileAWorkerHoldsEverythingBack() {
        TableLimits limits = new TableLimits().maxTables(1).maxRoutes(10_000);
        try (TableUnderTest table = newTable(32, limits)) {
            Prefix prefix = Prefix.of(0x0A01_0200L << 32, 0, 24);
            quiescent.online(WORKER);
            int value = 1;
            while (putAndReclaim(table, prefix, value) != RouteChange.BUSY) {
                oracle.put(prefix, value++);
            }
            known.add(prefix);
            assertThat(table.remove(prefix)).isEqualTo(RouteChange.BUSY);
            assertThat(table.fib().freeTable(table.table())).isFalse();
            assertThatTableAgrees(table);
            quiescent.announce(WORKER);
            assertThat(putAndReclaim(table, prefix, 1)).isEqualTo(RouteChange.BUSY);
            assertThat(putAndReclaim(table, prefix, 1)).isEqualTo(RouteChange.REPLACED);
            quiescent.offline(WORKER);
        }
    }

    @Test
    void shouldChangeADefaultRouteAgainAndAgainBeforeAnythingIsReclaimed() {
        try (TableUnderTest table = newTable(32, new TableLimits().maxTables(2))) {
            for (int i = 0; i < 100; i++) {
                table.put(Prefix.of((long) i << 40, 0, 24 + i % 9), 1 + i, 0);
            }
            Prefix everything = Prefix.of(0, 0, 0);
            assertThat(table.put(everything, 500, 0)).isEqualTo(RouteChange.ADDED);
            for (int value = 501; value < 700; value++) {
                assertThat(table.put(everything, value, 0)).isEqualTo(RouteChange.REPLACED);
                assertThat(table.lookup(1L << 63, 0)).isEqualTo(value);
                assertThat(table.lookup(99L << 40, 0)).isEqualTo(100);
                assertThat(table.lookup((96L << 40) + (1L << 39), 0)).isEqualTo(value);
            }
        }
    }

    private RouteChange putAndReclaim(TableUnderTest table, Prefix prefix, int value) {
        RouteChange change = table.put(prefix, value, 0);
        quiescent.advance();
        table.fib().reclaim(1000);
        return change;
    }

    private RouteChange changeOne(TableUnderTest table, PrefixGenerator generator) {
        Prefix prefix = mostlyLong(generator);
        int value = generator.value();
        RouteChange change = putAndReclaim(table, prefix, value);
        if (change == RouteChange.ADDED || change == RouteChange.REPLACED) {
            oracle.put(prefix, value);
            known.add(prefix);
        }
        return change;
    }

    /** A short prefix has most of a table built anew; a few of them are enough. */
    private static Prefix mostlyLong(PrefixGenerator generator) {
        Prefix prefix = generator.prefix();
        while (prefix.length() < 16 && generator.below(100) != 0) {
            prefix = generator.prefix();
        }
        return prefix;
    }

    private RouteChange fillUntilRefused(TableUnderTest table, PrefixGenerator generator) {
        while (true) {
            RouteChange change = changeOne(table, generator);
            if (change == RouteChange.FULL) {
                return change;
            }
            if (change == RouteChange.BUSY) {
                reclaim(table);
            }
        }
    }

    private void removeSome(TableUnderTest table, PrefixGenerator generator) {
        for (int i = known.size() / 2; i > 0; i--) {
            Prefix prefix = known.get(generator.below(known.size()));
            boolean isKnown = oracle.remove(prefix);
            assertThat(table.remove(prefix)).isEqualTo(isKnown ? RouteChange.REMOVED : RouteChange.ABSENT);
            reclaim(table);
        }
    }

    private void removeAll(TableUnderTest table) {
        while (!oracle.routes().isEmpty()) {
            Prefix prefix = oracle.routes().firstKey();
            oracle.remove(prefix);
            assertThat(table.remove(prefix)).isEqualTo(RouteChange.REMOVED);
            reclaim(table);
        }
        assertThat(table.fib().lookupBytes()).isEqualTo(Roots.RECORD_BYTES);
    }

    private void reclaim(TableUnderTest table) {
        quiescent.advance();
        while (table.fib().reclaim(1000) > 0) {}
    }

    private void assertThatTableAgrees(TableUnderTest table) {
        assertThat(table.fib().routeCount(table.table()))
                .isEqualTo(oracle.routes().size());
        for (int i = 0; i < known.size(); i += 1 + known.size() / 500) {
            Prefix prefix = known.get(i);
            assertThat(table.get(prefix)).isEqualTo(oracle.get(prefix));
            assertThat(table.lookup(prefix.hi(), prefix.lo())).isEqualTo(oracle.lookup(prefix.hi(), prefix.lo()));
        }
    }

    @Test
    void shouldGiveNoMoreTablesThanItHas() {
        try (Ipv4Fib fib = new Ipv4Fib(new TableLimits().maxTables(2), quiescent)) {
            int first = fib.newTable();
            int second = fib.newTable();
            assertThat(fib.newTable()).isEqualTo(-1);
            fib.put(first, 0, 0, 7, 0);
            quiescent.online(WORKER);
            fib.freeTable(first);
            assertThat(fib.lookup(first, 5)).isZero();
            quiescent.advance();
            fib.reclaim(10);
            assertThat(fib.newTable()).as("a worker may still use its number").isEqualTo(-1);
            quiescent.announce(WORKER);
            fib.reclaim(10);
            assertThat(fib.newTable()).isEqualTo(first);
            assertThat(fib.routeCount(first)).isZero();
            assertThat(fib.lookup(first, 5)).isZero();
            assertThat(fib.tableCount()).isEqualTo(2);
            assertThat(second).isNotEqualTo(first);
            quiescent.offline(WORKER);
        }
    }

    @Test
    void shouldRefuseWhatIsNoRoute() {
        try (Ipv4Fib v4 = new Ipv4Fib(new TableLimits().maxTables(1), quiescent);
                Ipv6Fib v6 = new Ipv6Fib(new TableLimits().maxTables(1), quiescent)) {
            v4.newTable();
            v6.newTable();
            assertThatThrownBy(() -> v4.put(0, 0x0A000001, 24, 1, 0)).hasMessageContaining("beyond its length 24");
            assertThatThrownBy(() -> v4.put(0, 0, 33, 1, 0)).hasMessageContaining("33");
            assertThatThrownBy(() -> v4.put(0, 0, 0, 0, 0)).hasMessageContaining("value");
            assertThatThrownBy(() -> v4.put(0, 0, 0, 1, 65536)).hasMessageContaining("user");
            assertThatThrownBy(() -> v4.put(1, 0, 0, 1, 0)).hasMessageContaining("table: 1");
            assertThatThrownBy(() -> v6.put(0, 0, 1, 127, 1, 0)).hasMessageContaining("beyond its length 127");
            assertThatThrownBy(() -> v6.put(0, 0, 0, 129, 1, 0)).hasMessageContaining("129");
            assertThatThrownBy(() -> new TableLimits().maxLookupBytes(1L << 40)).hasMessageContaining("maxLookupBytes");
        }
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
