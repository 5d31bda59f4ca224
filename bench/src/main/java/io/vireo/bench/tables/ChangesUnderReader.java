package io.vireo.bench.tables;

import io.vireo.bench.report.NotMeasuredException;
import io.vireo.dpdk.CoreAffinity;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * Route changes while another thread looks up: the tenth of the routes with the highest next hops goes and comes back, again and
 * again; the reader looks up addresses whose routes stay, and must always find those.
 */
final class ChangesUnderReader {
    private static final int HIGHEST_STEADY = InternetTable.NEXT_HOPS * 9 / 10;
    private static final int STEADY_LENGTH = 24;
    private static final int ROUTES_PER_LOOK = 256;

    private final Ipv4Destinations steady;
    private final long expectedSum;
    private final int[] changing;

    ChangesUnderReader(Ipv4Routes routes) {
        int[] targets = steadyRoutes(routes);
        int[] addresses = new int[Ipv4Destinations.COUNT];
        long sum = 0;
        int[] order = InternetTable.shuffled(targets.length);
        for (int i = 0; i < addresses.length; i++) {
            int route = targets[order[i % order.length]];
            addresses[i] = routes.address(route, i * 0x9E37_79B1);
            sum += routes.nextHops()[route];
        }
        steady = new Ipv4Destinations(new int[Ipv4Destinations.COUNT], addresses);
        expectedSum = sum;
        int[] all = InternetTable.shuffled(routes.count());
        changing = IntStream.of(all)
                .filter(route -> routes.nextHops()[route] > HIGHEST_STEADY)
                .toArray();
    }

    /** The /24s that stay and have nothing longer in them: whatever else comes and goes, they are the best match. */
    private static int[] steadyRoutes(Ipv4Routes routes) {
        int[] withLonger = IntStream.range(0, routes.count())
                .filter(route -> routes.lengths()[route] > STEADY_LENGTH)
                .map(route -> routes.prefixes()[route] >>> (Integer.SIZE - STEADY_LENGTH))
                .sorted()
                .toArray();
        return IntStream.range(0, routes.count())
                .filter(route -> routes.lengths()[route] == STEADY_LENGTH
                        && routes.nextHops()[route] <= HIGHEST_STEADY
                        && Arrays.binarySearch(withLonger, routes.prefixes()[route] >>> (Integer.SIZE - STEADY_LENGTH))
                                < 0)
                .toArray();
    }

    /** The addresses for the reader. */
    Ipv4Destinations steady() {
        return steady;
    }

    /**
     * Changes routes for a time.
     *
     * @param table holds all routes; belongs to this thread
     * @param reader is run on a thread of its own, over and over
     * @param readerCore CPU of that thread
     * @return millions of changes per second of this thread's CPU time
     * @throws NotMeasuredException when the reader found a wrong next hop, or never got to look
     */
    double run(TableContender<?> table, Reader reader, int readerCore, long lengthNs) throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong sweeps = new AtomicLong();
        AtomicReference<String> fault = new AtomicReference<>("");
        Thread thread = new Thread(() -> read(reader, readerCore, stop, sweeps, fault), "reader");
        thread.start();
        while (sweeps.get() == 0 && thread.isAlive()) {
            Thread.onSpinWait(); // until the reader is under way
        }
        double rate = change(table, lengthNs);
        stop.set(true);
        thread.join();
        if (!fault.get().isEmpty() || sweeps.get() == 0) {
            throw new NotMeasuredException(table.name() + ", reader: " + fault.get() + ", sweeps " + sweeps.get());
        }
        return rate;
    }

    /** What the other thread does. */
    interface Reader {
        /** Before its first look. */
        void begin();

        /** Looks everything up once: the sum of next hops. */
        long sweep();

        /** After its last look. */
        void end();

        /** A reader that announces no quiescent state. */
        static Reader ofRun(LookupRun run) {
            return new Reader() {
                @Override
                public void begin() {
                    // Freed memory is used again at once: a race that rte_fib leaves to its user.
                }

                @Override
                public long sweep() {
                    return run.run();
                }

                @Override
                public void end() {
                    // As above.
                }
            };
        }
    }

    private void read(Reader reader, int core, AtomicBoolean stop, AtomicLong sweeps, AtomicReference<String> fault) {
        CoreAffinity.pin(core);
        reader.begin();
        while (!stop.get() && fault.get().isEmpty()) {
            long sum = reader.sweep();
            if (sum != expectedSum) {
                fault.set("found other next hops: their sum is " + sum + ", not " + expectedSum);
            }
            sweeps.incrementAndGet();
        }
        reader.end();
    }

    private double change(TableContender<?> table, long lengthNs) {
        long startNs = CpuClock.nowNs();
        long changes = 0;
        int at = 0;
        while (CpuClock.nowNs() - startNs < lengthNs) {
            for (int i = 0; i < ROUTES_PER_LOOK; i++) {
                int route = changing[at];
                table.remove(route);
                table.add(route);
                at = at + 1 == changing.length ? 0 : at + 1;
            }
            changes += 2L * ROUTES_PER_LOOK;
        }
        return CpuClock.megaSince(startNs, changes);
    }
}
