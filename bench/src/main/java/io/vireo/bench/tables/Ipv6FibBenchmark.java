package io.vireo.bench.tables;

import io.vireo.bench.micro.Expect;
import io.vireo.bench.micro.MeasuredThread;
import io.vireo.dataplane.tables.Ipv6Fib;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.tables.TableLimits;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** IPv6 lookups and route changes at random places over one table of 160,000 routes. */
@State(Scope.Thread)
public class Ipv6FibBenchmark {
    private static final int ROUTES = 160_000;
    private static final int ADDRESSES = 1 << 18;
    private static final int BATCH = LookupRun.BATCH;

    private final QuiescentState quiescent = new QuiescentState(0);
    private final Ipv6Fib fib = new Ipv6Fib(new TableLimits(), quiescent);
    private final ConductorLoop conductor = new ConductorLoop(quiescent, fib::reclaim);
    private final Prefix[] picks = new Prefix[ADDRESSES];
    private final long[] his = new long[ADDRESSES];
    private final long[] los = new long[ADDRESSES];
    private final int[] batchTables = new int[BATCH];
    private final long[] batchHis = new long[BATCH];
    private final long[] batchLos = new long[BATCH];
    private final int[] values = new int[BATCH];
    private int table;
    private int at;

    /** Fills the table; the addresses and the routes to change are picks from what was put, which a batch must find. */
    @Setup
    public void fill() {
        MeasuredThread.begin();
        table = fib.newTable();
        InternetLikePrefixes internet = new InternetLikePrefixes(InternetTable.SEED);
        Random random = new Random(InternetTable.SEED);
        Prefix[] routes = new Prefix[ROUTES];
        for (int i = 0; i < ROUTES; i++) {
            routes[i] = internet.nextIpv6();
            put(routes[i], 1 + random.nextInt(InternetTable.NEXT_HOPS));
        }
        for (int i = 0; i < ADDRESSES; i++) {
            picks[i] = routes[random.nextInt(ROUTES)];
            his[i] = picks[i].hi() | random.nextLong() >>> picks[i].length();
            los[i] = random.nextLong();
        }
        for (int value : lookupBatch()) {
            Expect.count("whether the address has a next hop", 1, Integer.signum(value));
        }
    }

    @TearDown
    public void close() {
        fib.close();
        quiescent.close();
    }

    private void put(Prefix route, int nextHop) {
        conductor.after(fib.put(table, route.hi(), route.lo(), route.length(), nextHop, 0));
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int[] lookupBatch() {
        at = (at + BATCH) & (ADDRESSES - 1);
        System.arraycopy(his, at, batchHis, 0, BATCH);
        System.arraycopy(los, at, batchLos, 0, BATCH);
        return lookupWarmBatch();
    }

    /** The same addresses again and again: everything is in the first cache. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int[] lookupWarmBatch() {
        fib.lookupBatch(batchTables, batchHis, batchLos, values, BATCH);
        return values;
    }

    /** A route gets another next hop. */
    @Benchmark
    public void replace() {
        at = (at + 1) & (ADDRESSES - 1);
        put(picks[at], 1 + (at & 0xFF));
    }
}
