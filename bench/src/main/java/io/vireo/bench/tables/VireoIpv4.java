package io.vireo.bench.tables;

import io.vireo.dataplane.tables.Ipv4Fib;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.tables.RouteChange;
import io.vireo.dataplane.tables.TableLimits;

/**
 * Vireo's IPv4 tables: as many virtual routers as are asked for, the routes dealt out to them in turn. The owner of the tables
 * calls everything but what {@link #reader} returns.
 */
final class VireoIpv4 implements TableContender<Ipv4Destinations> {
    private static final int READER = 0;

    private final Ipv4Routes routes;
    private final QuiescentState quiescent = new QuiescentState(1);
    private final Ipv4Fib fib = new Ipv4Fib(new TableLimits(), quiescent);
    private final ConductorLoop conductor = new ConductorLoop(quiescent, fib::reclaim);
    private final int routers;

    VireoIpv4(Ipv4Routes routes, int routers) {
        this.routes = routes;
        this.routers = routers;
        for (int i = 0; i < routers; i++) {
            fib.newTable();
        }
    }

    @Override
    public String name() {
        return "vireo";
    }

    @Override
    public void add(int route) {
        RouteChange change = fib.put(
                route % routers, routes.prefixes()[route], routes.lengths()[route], routes.nextHops()[route], 0);
        conductor.after(change);
    }

    @Override
    public void remove(int route) {
        conductor.after(fib.remove(route % routers, routes.prefixes()[route], routes.lengths()[route]));
    }

    @Override
    public long memoryBytes() {
        return fib.usedBytes();
    }

    /** The next hop of one address, 0 if there is none. */
    int lookup(int router, int address) {
        return fib.lookup(router, address);
    }

    /** Bytes that lookups read; the rest is what changes need. */
    long lookupBytes() {
        return fib.lookupBytes();
    }

    @Override
    public LookupRun over(Ipv4Destinations destinations) {
        return over(destinations, () -> {});
    }

    /** A reader beside the owner: it announces itself after each batch, as a worker does after each burst. */
    ChangesUnderReader.Reader reader(Ipv4Destinations destinations) {
        LookupRun run = over(destinations, () -> quiescent.announce(READER));
        return new ChangesUnderReader.Reader() {
            @Override
            public void begin() {
                quiescent.online(READER);
            }

            @Override
            public long sweep() {
                return run.run();
            }

            @Override
            public void end() {
                quiescent.offline(READER);
            }
        };
    }

    private LookupRun over(Ipv4Destinations destinations, Runnable afterBatch) {
        int[] tables = new int[LookupRun.BATCH];
        int[] addresses = new int[LookupRun.BATCH];
        int[] nextHops = new int[LookupRun.BATCH];
        return () -> {
            long sum = 0;
            for (int first = 0; first < Ipv4Destinations.COUNT; first += LookupRun.BATCH) {
                if (routers > 1) { // one router's number stays where it is, as in a worker's burst
                    System.arraycopy(destinations.routers(), first, tables, 0, LookupRun.BATCH);
                }
                System.arraycopy(destinations.addresses(), first, addresses, 0, LookupRun.BATCH);
                fib.lookupBatch(tables, addresses, nextHops, LookupRun.BATCH);
                for (int i = 0; i < LookupRun.BATCH; i++) {
                    sum += nextHops[i];
                }
                afterBatch.run();
            }
            return sum;
        };
    }

    @Override
    public void close() {
        fib.close();
        quiescent.close();
    }
}
