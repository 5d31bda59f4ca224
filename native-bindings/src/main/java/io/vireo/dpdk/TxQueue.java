package io.vireo.dpdk;

/** Where packets leave a port. One thread at a time, registered by {@link WorkerThread}; obtain by {@link EthdevPort#txQueue}. */
public final class TxQueue {
    private final BurstFunction burst;
    private final int portId;
    private final int queueId;

    TxQueue(int portId, int queueId) {
        this.burst = BurstFunction.transmit(portId, queueId);
        this.portId = portId;
        this.queueId = queueId;
    }

    /** Returns the port's DPDK number. */
    public int portId() {
        return portId;
    }

    /** Returns the queue's number in its port. */
    public int queueId() {
        return queueId;
    }

    /**
     * Sends what the device has room for, without waiting. Allocates nothing. The device owns the mbufs it took, and frees
     * them; the caller still owns the rest and must keep or free them. A stopped port takes nothing (and DPDK logs that it was asked);
     * it must not be called once the port is closed.
     *
     * @param from holds the mbufs at {@code first}, {@code first + 1}…
     * @param count how many, 0..65535; {@code first + count} must lie in {@code from}, which is not checked.
     * @return how many the device took, from the front: 0..{@code count}.
     */
    public int send(MbufArray from, int first, int count) {
        return burst.call(from.address(first), count);
    }
}
