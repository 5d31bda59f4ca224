package io.vireo.bench.tables;

import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * IPv6 addresses to look up.
 *
 * @param his upper halves, in the order in which they are looked up
 * @param los lower halves
 */
@SuppressWarnings("ArrayRecordComponent") // parallel arrays, never compared
record Ipv6Destinations(long[] his, long[] los) {
    static final int COUNT = Ipv4Destinations.COUNT;

    private static final int FEW = 16;

    /** Addresses of routes picked at random. */
    static Ipv6Destinations random(Ipv6Routes routes) {
        Random random = new Random(InternetTable.SEED);
        long[] his = new long[COUNT];
        long[] los = new long[COUNT];
        for (int i = 0; i < COUNT; i++) {
            int route = random.nextInt(routes.count());
            his[i] = routes.addressHi(route, random.nextLong());
            los[i] = routes.addressLo(route, random.nextLong());
        }
        return new Ipv6Destinations(his, los);
    }

    /** The same addresses in ascending order. */
    static Ipv6Destinations sequential(Ipv6Routes routes) {
        Ipv6Destinations random = random(routes);
        int[] order = IntStream.range(0, COUNT)
                .boxed()
                .sorted((a, b) -> {
                    int byHi = Long.compareUnsigned(random.his[a], random.his[b]);
                    return byHi != 0 ? byHi : Long.compareUnsigned(random.los[a], random.los[b]);
                })
                .mapToInt(Integer::intValue)
                .toArray();
        return random.picked(i -> order[i]);
    }

    /** Sixteen addresses again and again. */
    static Ipv6Destinations repeated(Ipv6Routes routes) {
        return random(routes).picked(i -> i % FEW);
    }

    private Ipv6Destinations picked(IntUnaryOperator pick) {
        return new Ipv6Destinations(
                IntStream.range(0, COUNT)
                        .mapToLong(i -> his[pick.applyAsInt(i)])
                        .toArray(),
                IntStream.range(0, COUNT)
                        .mapToLong(i -> los[pick.applyAsInt(i)])
                        .toArray());
    }
}
