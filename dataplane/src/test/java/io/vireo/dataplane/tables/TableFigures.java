package io.vireo.dataplane.tables;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;
import java.util.function.IntSupplier;

/**
 * Prints what the tables cost and give: bytes, changes/s, lookups/s. Run it by hand:
 *
 * <pre>
 *   java --enable-native-access=ALL-UNNAMED --add-exports java.base/jdk.internal.misc=ALL-UNNAMED -cp … \
 *       io.vireo.dataplane.tables.TableFigures
 * </pre>
 */
final class TableFigures {
    /** CPU time, not the clock: this is often run on a busy machine. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final int LOOKUPS = 1 << 20;
    private static final int BATCH = 64;
    private static final int ROUNDS = 15;

    private final FullTable full = FullTable.load();
    private final Random random = new Random(FullTable.SEED);
    private final QuiescentState quiescent = new QuiescentState(1);

    private TableFigures() {}

    public static void main(final String[] arguments) {
        final TableFigures figures = new TableFigures();
        System.out.println("table: " + figures.full.origin);
        for (final int megabytes : new int[] {1, 6, 24, 64}) {
            figures.machine(megabytes);
        }
        for (final int nextHops : new int[] {16, 1000, 500_000}) {
            figures.fullIpv4(nextHops);
        }
        figures.fullIpv6(16);
        figures.fullIpv6(1000);
        figures.manyIpv4();
    }

    /** What the machine gives at the moment: single reads at random from so much memory, nothing depending on them. */
    private void machine(final int megabytes) {
        final int size = megabytes << 20;
        try (Region region = new Region(size)) {
            final int[] offsets = random.ints(LOOKUPS, 0, size >> 2).toArray();
            for (int i = 0; i < size; i += 4096) {
                OffHeap.putInt(region.address() + i, i);
            }
            best("machine: random reads from " + megabytes + " MB", () -> {
                int sum = 0;
                for (final int offset : offsets) {
                    sum += OffHeap.getInt(region.address() + ((long) offset << 2));
                }
                return sum;
            });
        }
    }

    private void fullIpv4(final int nextHops) {
        final int[] values = FullTable.nextHops(full.v4Prefixes.length, nextHops);
        final int[] order = FullTable.shuffled(values.length);
        try (Ipv4Fib fib = new Ipv4Fib(new TableLimits(), quiescent)) {
            final int table = fib.newTable();
            final long start = THREADS.getCurrentThreadCpuTime();
            for (final int i : order) {
                put(fib, table, full.v4Prefixes[i], full.v4Lengths[i], values[i]);
            }
            report("IPv4 full, " + nextHops + " next hops, load in random order", order.length, start, fib);
            changes(fib, table, order, values);
            changes(fib, table, order, values);
            final int[] tables = new int[LOOKUPS];
            final int[] addresses = random.ints(LOOKUPS).toArray();
            lookups("IPv4 full, random addresses", fib, tables, addresses);
            for (int i = 0; i < LOOKUPS; i++) {
                addresses[i] = inside(random.nextInt(values.length));
            }
            lookups("IPv4 full, random addresses in random prefixes", fib, tables, addresses);
        }
    }

    private int inside(final int prefix) {
        final int length = full.v4Lengths[prefix];
        return full.v4Prefixes[prefix] | (length == 32 ? 0 : random.nextInt() >>> length);
    }

    private void put(final Ipv4Fib fib, final int table, final int prefix, final int length, final int value) {
        final Change change = fib.put(table, prefix, length, value, 0);
        if (change == Change.FULL || change == Change.BUSY) {
            throw new IllegalStateException("no room: " + change);
        }
        quiescent.advance();
        fib.reclaim(64);
    }

    /** Withdraws a route and announces it again with another next hop, for each fourth route. */
    private void changes(final Ipv4Fib fib, final int table, final int[] order, final int[] values) {
        final long start = THREADS.getCurrentThreadCpuTime();
        int changes = 0;
        for (int k = 0; k < order.length; k += 4) {
            final int i = order[k];
            fib.remove(table, full.v4Prefixes[i], full.v4Lengths[i]);
            put(fib, table, full.v4Prefixes[i], full.v4Lengths[i], values[i] + 1);
            changes += 2;
        }
        report("  withdraw and announce", changes, start, fib);
    }

    private void fullIpv6(final int nextHops) {
        final int[] values = FullTable.nextHops(full.v6His.length, nextHops);
        final int[] order = FullTable.shuffled(values.length);
        try (Ipv6Fib fib = new Ipv6Fib(new TableLimits(), quiescent)) {
            final int table = fib.newTable();
            for (int round = 0; round < 2; round++) {
                final long start = THREADS.getCurrentThreadCpuTime();
                for (final int i : order) {
                    fib.put(table, full.v6His[i], full.v6Los[i], full.v6Lengths[i], values[i] + round, 0);
                    quiescent.advance();
                    fib.reclaim(64);
                }
                report("IPv6 full, " + nextHops + " next hops, load in random order", order.length, start, fib);
            }
            final long[] his = new long[LOOKUPS];
            final long[] los = new long[LOOKUPS];
            for (int k = 0; k < LOOKUPS; k++) {
                final int i = random.nextInt(values.length);
                his[k] = full.v6His[i] | (random.nextLong() & ~Prefixes.maskHi(full.v6Lengths[i]));
                los[k] = full.v6Los[i] | (random.nextLong() & ~Prefixes.maskLo(full.v6Lengths[i]));
            }
            final int[] tables = new int[BATCH];
            final long[] hiBatch = new long[BATCH];
            final long[] loBatch = new long[BATCH];
            final int[] out = new int[BATCH];
            best("IPv6 full, random addresses in random prefixes", () -> {
                int sum = 0;
                for (int k = 0; k < LOOKUPS; k += BATCH) {
                    System.arraycopy(his, k, hiBatch, 0, BATCH);
                    System.arraycopy(los, k, loBatch, 0, BATCH);
                    fib.lookupBatch(tables, hiBatch, loBatch, out, BATCH);
                    sum += out[k & (BATCH - 1)];
                }
                return sum;
            });
        }
    }

    private void manyIpv4() {
        final int routers = 10_000;
        final int routes = 100;
        final int[] values = FullTable.nextHops(routers * routes, 1000);
        try (Ipv4Fib fib = new Ipv4Fib(new TableLimits(), quiescent)) {
            final int[] picks = new int[routers * routes];
            final long start = THREADS.getCurrentThreadCpuTime();
            for (int router = 0; router < routers; router++) {
                fib.newTable();
                for (int route = 0; route < routes; route++) {
                    final int pick = random.nextInt(full.v4Prefixes.length);
                    picks[router * routes + route] = pick;
                    put(fib, router, full.v4Prefixes[pick], full.v4Lengths[pick], values[router * routes + route]);
                }
            }
            report("10,000 routers x 100 routes of the full table", routers * routes, start, fib);
            final int[] tables = new int[LOOKUPS];
            final int[] addresses = new int[LOOKUPS];
            for (int k = 0; k < LOOKUPS; k++) {
                tables[k] = random.nextInt(routers);
                addresses[k] = inside(picks[tables[k] * routes + random.nextInt(routes)]);
            }
            lookups("10,000 routers, random routed addresses", fib, tables, addresses);
            lookups(
                    "10,000 routers, random addresses",
                    fib,
                    tables,
                    random.ints(LOOKUPS).toArray());
        }
    }

    private void lookups(final String what, final Ipv4Fib fib, final int[] tables, final int[] addresses) {
        final int[] tableBatch = new int[BATCH];
        final int[] addressBatch = new int[BATCH];
        final int[] out = new int[BATCH];
        best(what, () -> {
            int sum = 0;
            for (int k = 0; k < LOOKUPS; k += BATCH) {
                System.arraycopy(tables, k, tableBatch, 0, BATCH);
                System.arraycopy(addresses, k, addressBatch, 0, BATCH);
                fib.lookupBatch(tableBatch, addressBatch, out, BATCH);
                sum += out[k & (BATCH - 1)];
            }
            return sum;
        });
        best(what + ", one by one", () -> {
            int sum = 0;
            for (int k = 0; k < LOOKUPS; k++) {
                sum += fib.lookup(tables[k], addresses[k]);
            }
            return sum;
        });
    }

    private static void best(final String what, final IntSupplier round) {
        double best = 0;
        int sink = 0;
        for (int i = 0; i < ROUNDS; i++) {
            final long start = THREADS.getCurrentThreadCpuTime();
            sink += round.getAsInt();
            best = Math.max(best, LOOKUPS * 1e3 / (THREADS.getCurrentThreadCpuTime() - start));
        }
        System.out.printf("%-60s %8.1f M lookups/s  (%d)%n", what, best, sink & 1);
    }

    private static void report(final String what, final int changes, final long startNs, final Fib fib) {
        System.out.printf(
                "%-60s %8.3f M changes/s, lookup %.2f MB, routes %.2f MB%n",
                what,
                changes * 1e3 / (THREADS.getCurrentThreadCpuTime() - startNs),
                fib.lookupBytes() / 1e6,
                fib.routeBytes() / 1e6);
    }
}
