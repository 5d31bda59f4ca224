package io.vireo.bench.tables;

import io.vireo.dpdk.Eal;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.ffi.Dpdk;
import io.vireo.dpdk.ffi.rte_lpm;
import io.vireo.dpdk.ffi.rte_lpm_config;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * DPDK's rte_lpm. Its lookup is inline in C and has no symbol, so it is written out here: the entry of the upper 24 bits, and
 * where that says so, the one of the last eight in its group. One thread.
 */
final class RteLpm implements TableContender<Ipv4Destinations> {
    private static final int LONG_GROUPS = 4096;
    private static final int NEXT_HOP = 0x00FF_FFFF;
    private static final int EXTENDED = Dpdk.RTE_LPM_VALID_EXT_ENTRY_BITMASK();
    private static final int VALID = Dpdk.RTE_LPM_LOOKUP_SUCCESS();

    private final Ipv4Routes routes;
    private final MemorySegment lpm;
    private final long before = RteHeap.usedBytes();

    RteLpm(Ipv4Routes routes) {
        this.routes = routes;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment config = arena.allocate(rte_lpm_config.layout());
            rte_lpm_config.max_rules(config, routes.count());
            rte_lpm_config.number_tbl8s(config, LONG_GROUPS);
            lpm = Dpdk.rte_lpm_create(arena.allocateFrom("bench-lpm"), Eal.ANY_SOCKET, config);
        }
        if (lpm.equals(MemorySegment.NULL)) {
            throw new IllegalStateException("rte_lpm_create refused");
        }
    }

    @Override
    public String name() {
        return "rte_lpm";
    }

    @Override
    public void add(int route) {
        require(Dpdk.rte_lpm_add(
                lpm, routes.prefixes()[route], (byte) routes.lengths()[route], routes.nextHops()[route]));
    }

    @Override
    public void remove(int route) {
        require(Dpdk.rte_lpm_delete(lpm, routes.prefixes()[route], (byte) routes.lengths()[route]));
    }

    private static void require(int status) {
        if (status != 0) {
            throw new IllegalStateException("rte_lpm refused: " + status);
        }
    }

    @Override
    public long memoryBytes() {
        return RteHeap.usedBytes() - before;
    }

    @Override
    public LookupRun over(Ipv4Destinations destinations) {
        int[] addresses = destinations.addresses();
        long upper = lpm.address() + rte_lpm.tbl24$offset();
        long groups = Memory.getLong(lpm.address() + rte_lpm.tbl8$offset());
        return () -> {
            long sum = 0;
            for (int i = 0; i < Ipv4Destinations.COUNT; i++) {
                int address = addresses[i];
                int entry = Memory.getInt(upper + ((long) (address >>> 8) << 2));
                if ((entry & EXTENDED) == EXTENDED) {
                    entry = Memory.getInt(groups + ((((long) (entry & NEXT_HOP) << 8) + (address & 0xFF)) << 2));
                }
                sum += (entry & VALID) == 0 ? 0 : entry & NEXT_HOP;
            }
            return sum;
        };
    }

    @Override
    public void close() {
        Dpdk.rte_lpm_free(lpm);
    }
}
