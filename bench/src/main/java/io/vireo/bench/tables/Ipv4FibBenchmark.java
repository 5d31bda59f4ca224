package io.vireo.bench.tables;

import io.vireo.bench.micro.Expect;
import io.vireo.bench.micro.MeasuredThread;
import io.vireo.dataplane.tables.Ipv4Fib;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.tables.RouteChange;
import io.vireo.dataplane.tables.TableLimits;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * IPv4 lookups and route changes at random places, over one table of 900,000 routes or 10,000 tables of 100. The
 * addresses do not repeat for a million lookups, so the caches are as cold as the tables are large.
 */
@State(Scope.Thread)
public class Ipv4FibBenchmark {
    private static final int BATCH = 64;
    private static final int ADDRESSES = 1 << 20;
    private static final int NEXT_HOPS = 1000;
    private static final int RECLAIM_LIMIT = 64;
    private static final long SEED = 4;
    private static final int SHUFFLE = 0x9E37_79B1;

    /** Tables and routes in each. */
    @Param({"1x900000", "10000x100"})
    public String size = "";

    private final QuiescentState quiescent = new QuiescentState(0);
    private final Ipv4Fib fib = new Ipv4Fib(new TableLimits(), quiescent);
    private final int[] tables = new int[ADDRESSES];
    private final int[] addresses = new int[ADDRESSES];
    private final int[] prefixes = new int[ADDRESSES];
    private final int[] lengths = new int[ADDRESSES];
    private final int[] batchTables = new int[BATCH];
    private final int[] batchAddresses = new int[BATCH];
    private final int[] values = new int[BATCH];
    private int at;

    /** Fills the tables; the addresses and the routes to change are picks from what was put. */
    @Setup
    public void fill() {
        MeasuredThread.begin();
        InternetLikePrefixes internet = new InternetLikePrefixes(SEED);
        int tableCount = Integer.parseInt(size.substring(0, size.indexOf('x')));
        int routeCount = Integer.parseInt(size.substring(size.indexOf('x') + 1));
        int kept = 0;
        for (int i = 0; i < tableCount; i++) {
            int table = fib.newTable();
            while (fib.routeCount(table) < routeCount) {
                int length = internet.nextLength();
                int prefix = internet.nextPrefix(length);
                put(table, prefix, length, 1 + internet.below(NEXT_HOPS));
                keep(shuffled(kept++), table, prefix, length, internet);
            }
        }
        for (int again = 0; kept < ADDRESSES; again++) {
            int pick = shuffled(again);
            keep(shuffled(kept++), tables[pick], prefixes[pick], lengths[pick], internet);
        }
        int[] found = lookupBatch();
        for (int i = 0; i < BATCH; i++) {
            Expect.count("whether the address has a next hop", 1, Integer.signum(found[i]));
        }
    }

    /** A random-looking order of 0 to ADDRESSES - 1: an odd factor permutes the numbers below a power of two. */
    private static int shuffled(int index) {
        return (index * SHUFFLE) & (ADDRESSES - 1);
    }

    private void keep(int pick, int table, int prefix, int length, InternetLikePrefixes internet) {
        tables[pick] = table;
        prefixes[pick] = prefix;
        lengths[pick] = length;
        addresses[pick] = internet.nextAddress(prefix, length);
    }

    private void put(int table, int prefix, int length, int value) {
        RouteChange change = fib.put(table, prefix, length, value, 0);
        if (change != RouteChange.ADDED && change != RouteChange.REPLACED) {
            throw new IllegalStateException("a route was refused: " + change);
        }
        quiescent.advance();
        fib.reclaim(RECLAIM_LIMIT);
    }

    @TearDown
    public void close() {
        fib.close();
        quiescent.close();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int[] lookupBatch() {
        at = (at + BATCH) & (ADDRESSES - 1);
        System.arraycopy(tables, at, batchTables, 0, BATCH);
        System.arraycopy(addresses, at, batchAddresses, 0, BATCH);
        fib.lookupBatch(batchTables, batchAddresses, values, BATCH);
        return values;
    }

    /** The same addresses again and again: everything is in the first cache. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int[] lookupWarmBatch() {
        fib.lookupBatch(batchTables, batchAddresses, values, BATCH);
        return values;
    }

    @Benchmark
    public int lookup() {
        at = (at + 1) & (ADDRESSES - 1);
        return fib.lookup(tables[at], addresses[at]);
    }

    /** A route gets another next hop. */
    @Benchmark
    public void replace() {
        at = (at + 1) & (ADDRESSES - 1);
        put(tables[at], prefixes[at], lengths[at], 1 + (at & 0xFF));
    }

    /** A route goes and comes back: two changes. */
    @Benchmark
    @OperationsPerInvocation(2)
    public void flap() {
        at = (at + 1) & (ADDRESSES - 1);
        fib.remove(tables[at], prefixes[at], lengths[at]);
        put(tables[at], prefixes[at], lengths[at], 1 + (at & 0xFF));
    }
}
