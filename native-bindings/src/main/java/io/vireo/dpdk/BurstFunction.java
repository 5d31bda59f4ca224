package io.vireo.dpdk;

import io.vireo.dpdk.ffi.Dpdk;
import io.vireo.dpdk.ffi.rte_eth_fp_ops;
import io.vireo.dpdk.ffi.rte_ethdev_qdata;
import java.lang.foreign.MemorySegment;

/**
 * One queue's burst function, called as DPDK's inline {@code rte_eth_rx_burst} and {@code rte_eth_tx_burst} do: through the
 * port's entry in {@code rte_eth_fp_ops}, which always holds callable pointers (dummies, while the port is stopped).
 * DPDK's rx and tx callbacks are not run: nobody here registers any. Single user: the queue's thread.
 */
final class BurstFunction {
    private static final long FP_OPS = Dpdk.rte_eth_fp_ops().address();

    private final long functionSlot;
    private final long queueArraySlot;
    private final long queueOffset;

    private long address;
    private MemorySegment function = MemorySegment.NULL;

    private BurstFunction(long functionSlot, long queueDataSlot, int queue) {
        this.functionSlot = functionSlot;
        this.queueArraySlot = queueDataSlot + rte_ethdev_qdata.data$offset();
        this.queueOffset = (long) queue * Long.BYTES;
    }

    static BurstFunction receive(int port, int queue) {
        long ops = ops(port);
        return new BurstFunction(ops + rte_eth_fp_ops.rx_pkt_burst$offset(), ops + rte_eth_fp_ops.rxq$offset(), queue);
    }

    static BurstFunction transmit(int port, int queue) {
        long ops = ops(port);
        return new BurstFunction(ops + rte_eth_fp_ops.tx_pkt_burst$offset(), ops + rte_eth_fp_ops.txq$offset(), queue);
    }

    private static long ops(int port) {
        return FP_OPS + port * rte_eth_fp_ops.sizeof();
    }

    int call(long mbufs, int count) {
        long current = Memory.getLong(functionSlot);
        if (current != address) {
            rebind(current);
        }
        return FastPath.burst(function, Memory.getLong(Memory.getLong(queueArraySlot) + queueOffset), mbufs, count);
    }

    /** The one allocation of a queue: each time its port is started or stopped. */
    private void rebind(long current) {
        function = MemorySegment.ofAddress(current);
        address = current;
    }
}
