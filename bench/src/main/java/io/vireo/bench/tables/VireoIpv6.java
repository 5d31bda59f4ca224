package io.vireo.bench.tables;

import io.vireo.dataplane.tables.Ipv6Fib;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.tables.TableLimits;

/** Vireo's IPv6 table. One thread. */
final class VireoIpv6 implements TableContender<Ipv6Destinations> {

    private final Ipv6Routes routes;
    private final QuiescentState quiescent = new QuiescentState(1);
    private final Ipv6Fib fib = new Ipv6Fib(new TableLimits(), quiescent);
    private final ConductorLoop conductor = new ConductorLoop(quiescent, fib::reclaim);
    private final int table = fib.newTable();

    VireoIpv6(Ipv6Routes routes) {
        this.routes = routes;
    }

    @Override
    public String name() {
        return "vireo";
    }

    @Override
    public void add(int route) {
        conductor.after(fib.put(
                table, routes.his()[route], routes.los()[route], routes.lengths()[route], routes.nextHops()[route], 0));
    }

    @Override
    public void remove(int route) {
        conductor.after(fib.remove(table, routes.his()[route], routes.los()[route], routes.lengths()[route]));
    }

    @Override
    public long memoryBytes() {
        return fib.usedBytes();
    }

    @Override
    public LookupRun over(Ipv6Destinations destinations) {
        int[] tables = new int[LookupRun.BATCH];
        long[] his = new long[LookupRun.BATCH];
        long[] los = new long[LookupRun.BATCH];
        int[] nextHops = new int[LookupRun.BATCH];
        return () -> {
            long sum = 0;
            for (int first = 0; first < Ipv6Destinations.COUNT; first += LookupRun.BATCH) {
                System.arraycopy(destinations.his(), first, his, 0, LookupRun.BATCH);
                System.arraycopy(destinations.los(), first, los, 0, LookupRun.BATCH);
                fib.lookupBatch(tables, his, los, nextHops, LookupRun.BATCH);
                for (int i = 0; i < LookupRun.BATCH; i++) {
                    sum += nextHops[i];
                }
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
