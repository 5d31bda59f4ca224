package io.vireo.bench.schedule;

import io.vireo.dpdk.Memory;
import io.vireo.dpdk.ffi.rte_mbuf;

/** Where the harness keeps a packet's leaf: in the mbuf's field for the packet's type, which neither scheduler looks at. */
final class LeafField {
    private static final long OFFSET = rte_mbuf.packet_type$offset();

    private LeafField() {}

    static int get(long mbuf) {
        return Memory.getInt(mbuf + OFFSET);
    }

    static void set(long mbuf, int leaf) {
        Memory.putInt(mbuf + OFFSET, leaf);
    }
}
