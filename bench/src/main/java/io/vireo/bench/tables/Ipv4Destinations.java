package io.vireo.bench.tables;

import java.util.Arrays;
import java.util.Random;

/**
 * IPv4 addresses to look up, and the virtual router to look each up in.
 *
 * @param routers a table for each address
 * @param addresses in the order in which they are looked up
 */
@SuppressWarnings("ArrayRecordComponent") // parallel arrays, never compared
record Ipv4Destinations(int[] routers, int[] addresses) {
    /** How many addresses a set has; a multiple of {@link LookupRun#BATCH}. */
    static final int COUNT = 1 << 20;

    private static final int FEW = 16;

    /** Addresses of routes picked at random: caches are as cold as the table is large. */
    static Ipv4Destinations random(Ipv4Routes routes) {
        Random random = new Random(InternetTable.SEED);
        int[] addresses = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            addresses[i] = routes.address(random.nextInt(routes.count()), random.nextInt());
        }
        return new Ipv4Destinations(new int[COUNT], addresses);
    }

    /** The same addresses in ascending order. */
    static Ipv4Destinations sequential(Ipv4Routes routes) {
        int[] addresses = random(routes).addresses();
        for (int i = 0; i < COUNT; i++) {
            addresses[i] ^= Integer.MIN_VALUE; // unsigned order
        }
        Arrays.sort(addresses);
        for (int i = 0; i < COUNT; i++) {
            addresses[i] ^= Integer.MIN_VALUE;
        }
        return new Ipv4Destinations(new int[COUNT], addresses);
    }

    /** Sixteen addresses again and again: everything is in the first cache. */
    static Ipv4Destinations repeated(Ipv4Routes routes) {
        int[] addresses = random(routes).addresses();
        for (int i = FEW; i < COUNT; i++) {
            addresses[i] = addresses[i % FEW];
        }
        return new Ipv4Destinations(new int[COUNT], addresses);
    }
}
