package io.vireo.bench.tables;

import io.vireo.dpdk.Eal;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.ffi.Dpdk;
import io.vireo.dpdk.ffi.rte_fib_conf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** DPDK's rte_fib, dir24_8, with next hops of two bytes: the smallest and fastest that holds the table. One thread. */
final class RteFib implements TableContender<Ipv4Destinations>, VectorLookup {
    /** What its lookups read: two bytes for each of 2^24 entries and for each of 256 in a group of longer prefixes. */
    static final long LOOKUP_BYTES = (1L << 24) * Short.BYTES + RteFib.LONG_GROUPS * 256L * Short.BYTES;

    private static final int LONG_GROUPS = 4096;
    private static final MemorySegment LOOKUP = Dpdk.rte_fib_lookup_bulk$address();

    private final Ipv4Routes routes;
    private final MemorySegment fib;
    private final long before = RteHeap.usedBytes();

    RteFib(Ipv4Routes routes) {
        this.routes = routes;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment conf = arena.allocate(rte_fib_conf.layout());
            rte_fib_conf.type(conf, Dpdk.RTE_FIB_DIR24_8());
            rte_fib_conf.max_routes(conf, routes.count());
            rte_fib_conf.dir24_8.nh_sz(rte_fib_conf.dir24_8(conf), Dpdk.RTE_FIB_DIR24_8_2B());
            rte_fib_conf.dir24_8.num_tbl8(rte_fib_conf.dir24_8(conf), LONG_GROUPS);
            fib = Dpdk.rte_fib_create(arena.allocateFrom("bench-fib"), Eal.ANY_SOCKET, conf);
        }
        if (fib.equals(MemorySegment.NULL)) {
            throw new IllegalStateException("rte_fib_create refused");
        }
    }

    @Override
    public boolean selectVectorLookup() {
        return Dpdk.rte_fib_select_lookup(fib, Dpdk.RTE_FIB_LOOKUP_DIR24_8_VECTOR_AVX512()) == 0;
    }

    @Override
    public void selectScalarLookup() {
        require(Dpdk.rte_fib_select_lookup(fib, Dpdk.RTE_FIB_LOOKUP_DIR24_8_SCALAR_MACRO()));
    }

    @Override
    public String name() {
        return "rte_fib";
    }

    @Override
    public void add(int route) {
        require(Dpdk.rte_fib_add(
                fib, routes.prefixes()[route], (byte) routes.lengths()[route], routes.nextHops()[route]));
    }

    @Override
    public void remove(int route) {
        require(Dpdk.rte_fib_delete(fib, routes.prefixes()[route], (byte) routes.lengths()[route]));
    }

    private static void require(int status) {
        if (status != 0) {
            throw new IllegalStateException("rte_fib refused: " + status);
        }
    }

    @Override
    public long memoryBytes() {
        return RteHeap.usedBytes() - before;
    }

    @Override
    public LookupRun over(Ipv4Destinations destinations) {
        long addresses = NativeBatches.ipv4(destinations.addresses());
        long nextHops = NativeBatches.results();
        return () -> {
            long sum = 0;
            for (int first = 0; first < Ipv4Destinations.COUNT; first += LookupRun.BATCH) {
                RteLookup.batch(LOOKUP, fib.address(), addresses + (long) first * Integer.BYTES, nextHops);
                for (int i = 0; i < LookupRun.BATCH; i++) {
                    sum += Memory.getLong(nextHops + (long) i * Long.BYTES);
                }
            }
            return sum;
        };
    }

    @Override
    public void close() {
        Dpdk.rte_fib_free(fib);
    }
}
