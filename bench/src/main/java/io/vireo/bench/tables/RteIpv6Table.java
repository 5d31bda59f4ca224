package io.vireo.bench.tables;

import io.vireo.dpdk.ffi.Dpdk;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What DPDK's two IPv6 tables have in common. One thread. */
abstract class RteIpv6Table implements TableContender<Ipv6Destinations> {
    private static final int IPV6_BYTES = Dpdk.RTE_LPM6_IPV6_ADDR_SIZE();

    private final Ipv6Routes routes;
    private final MemorySegment address = Arena.ofAuto().allocate(IPV6_BYTES);
    private final long before = RteHeap.usedBytes();

    RteIpv6Table(Ipv6Routes routes) {
        this.routes = routes;
    }

    /** Address of the C table. */
    abstract long table();

    /** Its function for many addresses at once. */
    abstract MemorySegment lookupFunction();

    /** The next hop that it wrote for the i-th address of a batch; 0 if there is none. */
    abstract long nextHop(long results, int i);

    /** Puts a route. */
    abstract int add(MemorySegment network, byte length, int nextHop);

    /** Takes a route away. */
    abstract int remove(MemorySegment network, byte length);

    @Override
    public final void add(int route) {
        require(add(network(route), (byte) routes.lengths()[route], routes.nextHops()[route]));
    }

    @Override
    public final void remove(int route) {
        require(remove(network(route), (byte) routes.lengths()[route]));
    }

    private MemorySegment network(int route) {
        address.set(ValueLayout.JAVA_LONG, 0, Long.reverseBytes(routes.his()[route]));
        address.set(ValueLayout.JAVA_LONG, Long.BYTES, Long.reverseBytes(routes.los()[route]));
        return address;
    }

    final void require(int status) {
        if (status != 0) {
            throw new IllegalStateException(name() + " refused: " + status);
        }
    }

    @Override
    public final long memoryBytes() {
        return RteHeap.usedBytes() - before;
    }

    @Override
    public final LookupRun over(Ipv6Destinations destinations) {
        MemorySegment function = lookupFunction();
        long addresses = NativeBatches.ipv6(destinations.his(), destinations.los());
        long results = NativeBatches.results();
        return () -> {
            long sum = 0;
            for (int first = 0; first < Ipv6Destinations.COUNT; first += LookupRun.BATCH) {
                RteLookup.batch(function, table(), addresses + (long) first * IPV6_BYTES, results);
                for (int i = 0; i < LookupRun.BATCH; i++) {
                    sum += nextHop(results, i);
                }
            }
            return sum;
        };
    }
}
