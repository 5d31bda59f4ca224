package io.vireo.dataplane.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Readers beside a writer that puts, replaces and removes routes at random, at every length, so that nodes are rebuilt and
 * their memory reused all the time. Some routes are permanent. Whatever a reader finds must cover its address and be no
 * shorter than the longest permanent route there: the old or the new value, never a third.
 */
class FibConcurrencyTest {
    private static final int READERS = 2;
    private static final int ADDRESSES = 4096;
    private static final int BATCH = 32;
    private static final int CHANGES = 150_000;
    /** Large arrays for large tables only. */
    private static final int FEW_ARRAYS = 4;
    /** So many that a few routes earn one. */
    private static final int MANY_ARRAYS = 16;

    private final Random random = new Random(3);
    private final QuiescentState quiescent = new QuiescentState(READERS);
    private final AtomicBoolean isDone = new AtomicBoolean();

    // Route i has value i + 1. The first few are permanent.
    private int[] prefixes = new int[0];
    private int[] lengths = new int[0];
    private final int[] addresses = new int[ADDRESSES];
    private final int[] permanentLengths = new int[ADDRESSES];

    @Test
    void shouldOnlyShowTheOldOrTheNewRouteOfASmallTable() throws Exception {
        run(60, 10, FEW_ARRAYS);
    }

    @Test
    void shouldOnlyShowTheOldOrTheNewRouteOfASmallTableWithALargeArray() throws Exception {
        run(60, 10, MANY_ARRAYS);
    }

    @Test
    void shouldOnlyShowTheOldOrTheNewRouteWhileATableGrowsAndShrinks() throws Exception {
        run(20_000, 100, FEW_ARRAYS);
    }

    private void run(int routes, int permanent, int largeArrays) throws Exception {
        TableLimits limits = new TableLimits().maxTables(2).maxRoutes(50_000).maxLargeTables(largeArrays);
        try (Ipv4Fib fib = new Ipv4Fib(limits, quiescent);
                ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            int table = fib.newTable();
            chooseRoutes(routes);
            for (int i = 0; i < permanent; i++) {
                fib.put(table, prefixes[i], lengths[i], i + 1, 0);
            }
            for (int i = 0; i < ADDRESSES; i++) {
                addresses[i] = address();
                int value = fib.lookup(table, addresses[i]);
                permanentLengths[i] = lengths[value - 1];
            }
            List<Future<Long>> readers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                int worker = reader;
                readers.add(threads.submit(() -> read(fib, table, worker)));
            }
            write(fib, table, permanent);
            isDone.set(true);
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).as("lookups").isPositive();
            }
            empty(fib, table);
        }
    }

    /** Route 0 is the default route, so that every address always has one. */
    private void chooseRoutes(int count) {
        prefixes = new int[count];
        lengths = new int[count];
        Set<Long> taken = new HashSet<>();
        for (int i = 1; i < count; i++) {
            do {
                lengths[i] = i < count / 8 ? 4 + random.nextInt(29) : 20 + random.nextInt(13);
                prefixes[i] = address() & (-1 << (32 - lengths[i]));
            } while (!taken.add(((long) prefixes[i] << 6) + lengths[i]));
        }
    }

    private int address() {
        return 0x0A00_0000 | (random.nextInt() >>> (random.nextBoolean() ? 8 : 18));
    }

    private void write(Ipv4Fib fib, int table, int permanent) {
        boolean isGrowing = true;
        for (int change = 0; change < CHANGES; change++) {
            int i = permanent + random.nextInt(prefixes.length - permanent);
            isGrowing = fib.routeCount(table) < prefixes.length / 2 == isGrowing || random.nextInt(5000) != 0;
            if (isGrowing ? random.nextInt(8) != 0 : random.nextInt(8) == 0) {
                fib.put(table, prefixes[i], lengths[i], i + 1, 0);
            } else {
                fib.remove(table, prefixes[i], lengths[i]);
            }
            quiescent.advance();
            fib.reclaim(2000);
        }
    }

    private long read(Ipv4Fib fib, int table, int worker) {
        Random order = new Random(worker);
        int[] tables = new int[BATCH];
        int[] picked = new int[BATCH];
        int[] picks = new int[BATCH];
        int[] values = new int[BATCH];
        Arrays.fill(tables, table);
        long lookups = 0;
        quiescent.online(worker);
        do {
            for (int i = 0; i < BATCH; i++) {
                picks[i] = order.nextInt(ADDRESSES);
                picked[i] = addresses[picks[i]];
            }
            fib.lookupBatch(tables, picked, values, BATCH);
            for (int i = 0; i < BATCH; i++) {
                check(picks[i], values[i]);
                check(picks[i], fib.lookup(table, picked[i]));
            }
            lookups += BATCH;
            quiescent.announce(worker);
        } while (!isDone.get());
        quiescent.offline(worker);
        return lookups;
    }

    private void check(int pick, int value) {
        int route = value - 1;
        boolean isRoute = route >= 0 && route < prefixes.length;
        if (!isRoute || !covers(route, addresses[pick]) || lengths[route] < permanentLengths[pick]) {
            throw new AssertionError("address " + Integer.toHexString(addresses[pick]) + " had value " + value);
        }
    }

    private boolean covers(int route, int address) {
        return lengths[route] == 0 || (prefixes[route] ^ address) >>> (32 - lengths[route]) == 0;
    }

    private void empty(Ipv4Fib fib, int table) {
        fib.freeTable(table);
        quiescent.advance();
        while (fib.reclaim(1000) > 0) {}
        assertThat(fib.usedBytes()).isZero();
    }
}
