package io.vireo.dataplane.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vireo.dataplane.tables.FibOracle.Prefix;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Changes, sweeps, lookups and reclamation leave nothing for a collector, so the data plane may run without one. */
class FibAllocationTest {
    private static final int CHANGES = 50_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final QuiescentState quiescent = new QuiescentState(1);
    private final RouteCursor cursor = new RouteCursor();
    private final int[] values = new int[64];
    private final int[] tables = new int[64];

    @Test
    void shouldAllocateNothingForIpv4() {
        PrefixGenerator generator = new PrefixGenerator(1, 32, 12);
        int[] prefixes = new int[CHANGES];
        int[] lengths = new int[CHANGES];
        for (int i = 0; i < CHANGES; i++) {
            Prefix prefix = generator.prefix();
            prefixes[i] = (int) (prefix.hi() >>> 32);
            lengths[i] = prefix.length();
        }
        try (Ipv4Fib fib = new Ipv4Fib(new TableLimits(), quiescent)) {
            churn(fib, prefixes, lengths);
            long before = threads.getCurrentThreadAllocatedBytes();
            churn(fib, prefixes, lengths);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
        }
    }

    private void churn(Ipv4Fib fib, int[] prefixes, int[] lengths) {
        int table = fib.newTable();
        for (int i = 0; i < CHANGES; i++) {
            fib.put(table, prefixes[i], lengths[i], 1 + i, 0);
            if (i >= CHANGES / 2) {
                fib.remove(table, prefixes[i - CHANGES / 2], lengths[i - CHANGES / 2]);
            }
            if (i >= values.length && i % values.length == 0) {
                fib.lookupBatch(tables, prefixes, values, values.length);
            }
            fib.lookup(table, prefixes[i]);
            loop(fib);
        }
        sweep(fib, table);
    }

    @Test
    void shouldAllocateNothingForIpv6() {
        PrefixGenerator generator = new PrefixGenerator(2, 128, 24);
        long[] his = new long[CHANGES];
        long[] los = new long[CHANGES];
        int[] lengths = new int[CHANGES];
        for (int i = 0; i < CHANGES; i++) {
            Prefix prefix = generator.prefix();
            his[i] = prefix.hi();
            los[i] = prefix.lo();
            lengths[i] = prefix.length();
        }
        try (Ipv6Fib fib = new Ipv6Fib(new TableLimits(), quiescent)) {
            churn(fib, his, los, lengths);
            long before = threads.getCurrentThreadAllocatedBytes();
            churn(fib, his, los, lengths);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
        }
    }

    private void churn(Ipv6Fib fib, long[] his, long[] los, int[] lengths) {
        int table = fib.newTable();
        for (int i = 0; i < CHANGES; i++) {
            fib.put(table, his[i], los[i], lengths[i], 1 + i, 0);
            if (i % values.length == 0) {
                fib.lookupBatch(tables, his, los, values, values.length);
            }
            fib.lookup(table, his[i], los[i]);
            loop(fib);
        }
        sweep(fib, table);
    }

    private void sweep(Fib fib, int table) {
        cursor.reset();
        int routes = 0;
        while (fib.next(table, cursor)) {
            routes++;
        }
        if (routes != fib.routeCount(table)) {
            throw new AssertionError("walked " + routes + " of " + fib.routeCount(table));
        }
        fib.freeTable(table);
        for (int i = 0; i < CHANGES; i++) {
            loop(fib);
        }
    }

    private void loop(Fib fib) {
        quiescent.announce(0);
        quiescent.advance();
        fib.reclaim(64);
    }
}
