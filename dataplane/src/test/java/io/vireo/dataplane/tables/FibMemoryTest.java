package io.vireo.dataplane.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.tables.FibOracle.Prefix;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the promised sizes cost, and that a full Internet table loads and is right. */
@Tag("slow")
class FibMemoryTest {
    private static final long MEGABYTE = 1_000_000;

    private final FullTable full = FullTable.load();
    private final Random random = new Random(FullTable.SEED);
    private final QuiescentState quiescent = new QuiescentState(0);

    @Test
    void shouldHoldTenThousandRoutersOfAHundredInternetRoutesIn64Megabytes() {
        try (Ipv4Fib fib = new Ipv4Fib(new TableLimits(), quiescent)) {
            for (int router = 0; router < 10_000; router++) {
                int table = fib.newTable();
                while (fib.routeCount(table) < 100) {
                    int pick = random.nextInt(full.v4Prefixes.length);
                    put(fib, table, full.v4Prefixes[pick], full.v4Lengths[pick], 1 + random.nextInt(1000));
                }
            }
            assertThat(fib.routeCount()).isEqualTo(1_000_000);
            System.out.println("10,000 routers of 100 Internet routes: " + fib.usedBytes() + " bytes");
            assertThat(fib.usedBytes()).isLessThan(64 * MEGABYTE);
        }
    }

    @Test
    void shouldHoldTenThousandRoutersOfAHundredPrivateRoutesIn64Megabytes() {
        try (Ipv4Fib fib = new Ipv4Fib(new TableLimits(), quiescent)) {
            for (int router = 0; router < 10_000; router++) {
                int table = fib.newTable();
                put(fib, table, 0, 0, 1);
                while (fib.routeCount(table) < 100) {
                    int length = random.nextInt(4) == 0 ? 32 : 24 + random.nextInt(7);
                    put(
                            fib,
                            table,
                            0x0A00_0000 | (random.nextInt(1 << 24) & (-1 << (32 - length))),
                            length,
                            1 + random.nextInt(50));
                }
            }
            assertThat(fib.routeCount()).isEqualTo(1_000_000);
            System.out.println("10,000 routers of 100 routes in 10.0.0.0/8: " + fib.usedBytes() + " bytes");
            assertThat(fib.usedBytes()).isLessThan(64 * MEGABYTE);
        }
    }

    @Test
    void shouldLoadTheFullIpv4Table() {
        int[] values = FullTable.nextHops(full.v4Prefixes.length, 500_000);
        Map<Long, Integer> oracle = new HashMap<>();
        try (Ipv4Fib fib = new Ipv4Fib(new TableLimits(), quiescent)) {
            int table = fib.newTable();
            for (int i : FullTable.shuffled(values.length)) {
                put(fib, table, full.v4Prefixes[i], full.v4Lengths[i], values[i]);
                oracle.put(key(full.v4Prefixes[i], full.v4Lengths[i]), values[i]);
            }
            System.out.println("IPv4 full table (" + full.origin + "): " + fib.lookupBytes() + " bytes for lookups, "
                    + fib.routeBytes() + " for routes");
            assertThat(fib.routeCount(table)).isEqualTo(901_899);
            assertThat(fib.lookupBytes()).isLessThan(8 * MEGABYTE);
            assertThat(fib.routeBytes()).isLessThan(32 * MEGABYTE);
            for (int i = 0; i < 200_000; i++) {
                int pick = random.nextInt(values.length);
                int near = full.v4Prefixes[pick] + (random.nextInt() >> Math.min(31, full.v4Lengths[pick]));
                assertThat(fib.lookup(table, near)).isEqualTo(lookup(oracle, near));
            }
            withdrawAll(fib, table);
        }
    }

    private void withdrawAll(Ipv4Fib fib, int table) {
        for (int i = 0; i < full.v4Prefixes.length; i++) {
            fib.remove(table, full.v4Prefixes[i], full.v4Lengths[i]);
            quiescent.advance();
            fib.reclaim(100);
        }
        while (fib.reclaim(1000) > 0) {}
        assertThat(fib.usedBytes()).isEqualTo(Roots.RECORD_BYTES + 16L);
    }

    private static long key(int prefix, int length) {
        return ((long) prefix << 6) + length;
    }

    private static int lookup(Map<Long, Integer> oracle, int address) {
        for (int length = 32; length > 0; length--) {
            Integer value = oracle.get(key(address & (-1 << (32 - length)), length));
            if (value != null) {
                return value;
            }
        }
        return 0;
    }

    @Test
    void shouldLoadTheFullIpv6Table() {
        int[] values = FullTable.nextHops(full.v6His.length, 500_000);
        FibOracle oracle = new FibOracle();
        try (Ipv6Fib fib = new Ipv6Fib(new TableLimits(), quiescent)) {
            int table = fib.newTable();
            for (int i : FullTable.shuffled(values.length)) {
                fib.put(table, full.v6His[i], full.v6Los[i], full.v6Lengths[i], values[i], 0);
                oracle.put(Prefix.of(full.v6His[i], full.v6Los[i], full.v6Lengths[i]), values[i]);
                quiescent.advance();
                fib.reclaim(100);
            }
            System.out.println("IPv6 full table (" + full.origin + "): " + fib.lookupBytes() + " bytes for lookups, "
                    + fib.routeBytes() + " for routes");
            assertThat(fib.routeCount(table)).isEqualTo(160_147);
            assertThat(fib.lookupBytes()).isLessThan(4 * MEGABYTE);
            for (int i = 0; i < 5_000; i++) {
                int pick = random.nextInt(values.length);
                long hi = full.v6His[pick] + (random.nextLong() >> Math.min(63, full.v6Lengths[pick]));
                long lo = random.nextLong();
                assertThat(fib.lookup(table, hi, lo)).isEqualTo(oracle.lookup(hi, lo));
            }
        }
    }

    private void put(Ipv4Fib fib, int table, int prefix, int length, int value) {
        fib.put(table, prefix, length, value, 0); // that none was refused shows in the count of routes
        quiescent.advance();
        fib.reclaim(100);
    }
}
