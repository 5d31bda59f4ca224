package io.vireo.bench.tables;

import io.vireo.dpdk.Eal;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.ffi.Dpdk;
import io.vireo.dpdk.ffi.rte_fib6_conf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** DPDK's rte_fib6, a trie of 24 and then eight bits, with next hops of four bytes: two cannot number its nodes. One thread. */
final class RteFib6 extends RteIpv6Table implements VectorLookup {
    /** The least power of two that the full table fits in. */
    private static final int NODES = 1 << 18;

    private final MemorySegment fib;

    RteFib6(Ipv6Routes routes) {
        super(routes);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment conf = arena.allocate(rte_fib6_conf.layout());
            rte_fib6_conf.type(conf, Dpdk.RTE_FIB6_TRIE());
            rte_fib6_conf.max_routes(conf, routes.count());
            rte_fib6_conf.trie.nh_sz(rte_fib6_conf.trie(conf), Dpdk.RTE_FIB6_TRIE_4B());
            rte_fib6_conf.trie.num_tbl8(rte_fib6_conf.trie(conf), NODES);
            fib = Dpdk.rte_fib6_create(arena.allocateFrom("bench-fib6"), Eal.ANY_SOCKET, conf);
        }
        if (fib.equals(MemorySegment.NULL)) {
            throw new IllegalStateException("rte_fib6_create refused");
        }
    }

    @Override
    public String name() {
        return "rte_fib6";
    }

    @Override
    public boolean selectVectorLookup() {
        return Dpdk.rte_fib6_select_lookup(fib, Dpdk.RTE_FIB6_LOOKUP_TRIE_VECTOR_AVX512()) == 0;
    }

    @Override
    public void selectScalarLookup() {
        require(Dpdk.rte_fib6_select_lookup(fib, Dpdk.RTE_FIB6_LOOKUP_TRIE_SCALAR()));
    }

    @Override
    long table() {
        return fib.address();
    }

    @Override
    MemorySegment lookupFunction() {
        return Dpdk.rte_fib6_lookup_bulk$address();
    }

    @Override
    long nextHop(long results, int i) {
        return Memory.getLong(results + (long) i * Long.BYTES);
    }

    @Override
    int add(MemorySegment network, byte length, int nextHop) {
        return Dpdk.rte_fib6_add(fib, network, length, nextHop);
    }

    @Override
    int remove(MemorySegment network, byte length) {
        return Dpdk.rte_fib6_delete(fib, network, length);
    }

    @Override
    public void close() {
        Dpdk.rte_fib6_free(fib);
    }
}
