package io.vireo.bench.tables;

import io.vireo.dpdk.Eal;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.ffi.Dpdk;
import io.vireo.dpdk.ffi.rte_lpm6_config;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** DPDK's rte_lpm6. One thread. */
final class RteLpm6 extends RteIpv6Table {
    /** The least power of two that the full table fits in. */
    private static final int GROUPS = 1 << 16;

    private final MemorySegment lpm;

    RteLpm6(Ipv6Routes routes) {
        super(routes);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment config = arena.allocate(rte_lpm6_config.layout());
            rte_lpm6_config.max_rules(config, routes.count());
            rte_lpm6_config.number_tbl8s(config, GROUPS);
            lpm = Dpdk.rte_lpm6_create(arena.allocateFrom("bench-lpm6"), Eal.ANY_SOCKET, config);
        }
        if (lpm.equals(MemorySegment.NULL)) {
            throw new IllegalStateException("rte_lpm6_create refused");
        }
    }

    @Override
    public String name() {
        return "rte_lpm6";
    }

    @Override
    long table() {
        return lpm.address();
    }

    @Override
    MemorySegment lookupFunction() {
        return Dpdk.rte_lpm6_lookup_bulk_func$address();
    }

    @Override
    long nextHop(long results, int i) {
        return Math.max(0, Memory.getInt(results + (long) i * Integer.BYTES)); // -1: no route
    }

    @Override
    int add(MemorySegment network, byte length, int nextHop) {
        return Dpdk.rte_lpm6_add(lpm, network, length, nextHop);
    }

    @Override
    int remove(MemorySegment network, byte length) {
        return Dpdk.rte_lpm6_delete(lpm, network, length);
    }

    @Override
    public void close() {
        Dpdk.rte_lpm6_free(lpm);
    }
}
