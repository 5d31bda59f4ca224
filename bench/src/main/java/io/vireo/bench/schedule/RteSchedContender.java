package io.vireo.bench.schedule;

import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.ffi.Dpdk;
import io.vireo.dpdk.ffi.rte_mbuf;
import java.lang.foreign.MemorySegment;

/**
 * DPDK's rte_sched. It finds a packet's queue in the mbuf; what {@code rte_sched_port_pkt_write} writes there for each leaf
 * is worked out once, and stored by one instruction per packet, which favours it. One thread.
 */
final class RteSchedContender implements PacketScheduler {
    private static final long SCHED = rte_mbuf.hash$offset();
    private static final int GREEN = 0;

    private final MemorySegment port;
    private final long address;
    private final long[] paths;

    /**
     * @param port from {@link RteSchedTree}; closed with this
     * @param scratch a packet to write on
     */
    RteSchedContender(Load load, MemorySegment port, long scratch) {
        this.port = port;
        address = port.address();
        paths = new long[load.leaves()];
        MemorySegment packet = MemorySegment.ofAddress(scratch);
        for (int leaf = 0; leaf < paths.length; leaf++) {
            int queue = leaf % Load.CLASSES_PER_VPN;
            int trafficClass = Math.min(queue, RteSchedTree.STRICT_QUEUES);
            Dpdk.rte_sched_port_pkt_write(
                    port,
                    packet,
                    0,
                    Load.vpnOf(leaf),
                    trafficClass == RteSchedTree.STRICT_QUEUES ? RteSchedTree.BEST_EFFORT : trafficClass,
                    queue - trafficClass,
                    GREEN);
            paths[leaf] = Memory.getLong(scratch + SCHED);
        }
    }

    @Override
    public int enqueue(MbufArray packets, int[] leaves, int count) {
        for (int i = 0; i < count; i++) {
            Memory.putLong(packets.get(i) + SCHED, paths[leaves[i]]);
        }
        return RteSched.enqueue(address, packets.address(), count);
    }

    @Override
    public int dequeue(MbufArray into) {
        return RteSched.dequeue(address, into.address(), Load.BURST);
    }

    @Override
    public void close() {
        Dpdk.rte_sched_port_free(port);
    }
}
