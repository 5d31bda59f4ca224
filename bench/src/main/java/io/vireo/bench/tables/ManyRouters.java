package io.vireo.bench.tables;

import io.vireo.bench.report.NotMeasuredException;
import java.util.Random;

/**
 * Many small tables: each virtual router gets routes of the full table picked at random. What the tables answer is held
 * against a search through the router's routes one by one.
 *
 * @param routers how many
 * @param routes all routes; those of a router are every {@code routers}-th
 */
record ManyRouters(int routers, Ipv4Routes routes) {
    private static final int CHECKED = 4096;

    static ManyRouters of(int routers, int routesEach, Ipv4Routes full) {
        Random random = new Random(InternetTable.SEED);
        int count = routers * routesEach;
        int[] prefixes = new int[count];
        int[] lengths = new int[count];
        int[] nextHops = new int[count];
        for (int i = 0; i < count; i++) {
            int pick = random.nextInt(full.count());
            prefixes[i] = full.prefixes()[pick];
            lengths[i] = full.lengths()[pick];
            nextHops[i] =
                    full.nextHops()[pick]; // the same for the same prefix: a pick that comes twice changes nothing
        }
        return new ManyRouters(routers, new Ipv4Routes(prefixes, lengths, nextHops));
    }

    /** Random routers, each with an address of one of its routes. */
    Ipv4Destinations destinations() {
        Random random = new Random(InternetTable.SEED);
        int[] tables = new int[Ipv4Destinations.COUNT];
        int[] addresses = new int[Ipv4Destinations.COUNT];
        for (int i = 0; i < Ipv4Destinations.COUNT; i++) {
            int route = random.nextInt(routes.count());
            tables[i] = route % routers;
            addresses[i] = routes.address(route, random.nextInt());
        }
        return new Ipv4Destinations(tables, addresses);
    }

    /**
     * Compares the first addresses' next hops with the slow search's.
     *
     * @throws NotMeasuredException when they differ
     */
    void verify(VireoIpv4 tables, Ipv4Destinations destinations) {
        for (int i = 0; i < CHECKED; i++) {
            int router = destinations.routers()[i];
            int address = destinations.addresses()[i];
            int found = tables.lookup(router, address);
            if (found != nextHop(router, address)) {
                throw new NotMeasuredException("router " + router + " found a wrong next hop for " + address);
            }
        }
    }

    private int nextHop(int router, int address) {
        int best = 0;
        int longest = -1;
        for (int route = router; route < routes.count(); route += routers) {
            int length = routes.lengths()[route];
            boolean matches = length == 0 || (address ^ routes.prefixes()[route]) >>> (Integer.SIZE - length) == 0;
            if (matches && length > longest) {
                longest = length;
                best = routes.nextHops()[route];
            }
        }
        return best;
    }
}
