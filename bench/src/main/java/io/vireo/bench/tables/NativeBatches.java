package io.vireo.bench.tables;

import io.vireo.dpdk.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

/** Addresses and next hops in native memory, as C wants them; they live as long as the process. */
final class NativeBatches {
    private static final int IPV6_BYTES = 16;
    private static final Arena FOR_GOOD = Arena.global();

    private NativeBatches() {}

    /** Machine order, as rte_fib and rte_lpm take them. */
    static long ipv4(int[] addresses) {
        return FOR_GOOD.allocateFrom(ValueLayout.JAVA_INT, addresses).address();
    }

    /** Network order. */
    static long ipv6(long[] his, long[] los) {
        long start =
                FOR_GOOD.allocate((long) IPV6_BYTES * his.length, Long.BYTES).address();
        for (int i = 0; i < his.length; i++) {
            Memory.putLongBigEndian(start + (long) IPV6_BYTES * i, his[i]);
            Memory.putLongBigEndian(start + (long) IPV6_BYTES * i + Long.BYTES, los[i]);
        }
        return start;
    }

    /** Room for a batch of results of up to eight bytes each. */
    static long results() {
        return FOR_GOOD.allocate((long) LookupRun.BATCH * Long.BYTES, Long.BYTES)
                .address();
    }
}
