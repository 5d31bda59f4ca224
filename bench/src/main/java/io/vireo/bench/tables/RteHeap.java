package io.vireo.bench.tables;

import io.vireo.dpdk.ffi.Dpdk;
import io.vireo.dpdk.ffi.rte_malloc_socket_stats;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What DPDK's allocator has allocated. */
final class RteHeap {
    private static final int SOCKET = 0;

    private RteHeap() {}

    /** Bytes in use on the only memory node that the benchmark takes memory from. */
    static long usedBytes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment stats = arena.allocate(rte_malloc_socket_stats.layout());
            if (Dpdk.rte_malloc_get_socket_stats(SOCKET, stats) != 0) {
                throw new IllegalStateException("DPDK has no memory on node " + SOCKET);
            }
            return rte_malloc_socket_stats.heap_allocsz_bytes(stats);
        }
    }
}
