package io.vireo.dpdk;

/** Where packets of a port arrive. One thread at a time, registered by {@link WorkerThread}; obtain by {@link EthdevPort#rxQueue}. */
public final class RxQueue {
    private final BurstFunction burst;
    private final int portId;
    private final int queueId;

    RxQueue(int portId, int queueId) {
        this.burst = BurstFunction.receive(portId, queueId);
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
     * Takes what has arrived, without waiting. The caller owns the mbufs it gets. Allocates nothing. On a stopped port it
     * gives nothing (and DPDK logs that it was asked); it must not be called once the port is closed.
     *
     * @param into receives the mbufs at {@code first}, {@code first + 1}…
     * @param count the most to take, 1..65535; {@code first + count} must fit in {@code into}, which is not checked. Some
     *     drivers round it down to a multiple of 4 or 8: 32 or 64 is customary.
     * @return how many arrived, 0..{@code count}.
     */
    public int receive(MbufArray into, int first, int count) {
        return burst.call(into.address(first), count);
    }
}
