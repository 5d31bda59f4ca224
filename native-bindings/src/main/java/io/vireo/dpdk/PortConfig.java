package io.vireo.dpdk;

import io.vireo.dpdk.ffi.Dpdk;

/** How a {@link EthdevPort} shall be set up. Fluent; each setter checks its range, the device may allow less. */
public final class PortConfig {
    private static final int UINT16_MAX = 0xFFFF;

    private int rxQueues = 1;
    private int txQueues = 1;
    private int rxDescriptors = 512;
    private int txDescriptors = 512;
    private int mtuBytes = Dpdk.RTE_ETHER_MTU();

    /** Receive queues, 0..1024. Default 1. More than one are fed by receive-side scaling where the device can. */
    public PortConfig rxQueues(int rxQueues) {
        this.rxQueues = Range.check("rxQueues", rxQueues, 0, Dpdk.RTE_MAX_QUEUES_PER_PORT());
        return this;
    }

    /** Transmit queues, 0..1024. Default 1. */
    public PortConfig txQueues(int txQueues) {
        this.txQueues = Range.check("txQueues", txQueues, 0, Dpdk.RTE_MAX_QUEUES_PER_PORT());
        return this;
    }

    /** Packets a receive queue holds; adjusted to what the device allows. Default 512. */
    public PortConfig rxDescriptors(int rxDescriptors) {
        this.rxDescriptors = Range.check("rxDescriptors", rxDescriptors, 1, UINT16_MAX);
        return this;
    }

    /** Packets a transmit queue holds; adjusted to what the device allows. Default 512. */
    public PortConfig txDescriptors(int txDescriptors) {
        this.txDescriptors = Range.check("txDescriptors", txDescriptors, 1, UINT16_MAX);
        return this;
    }

    /** Largest layer-3 packet, bytes without Ethernet header and FCS, 68..65535. Default 1500. */
    public PortConfig mtuBytes(int mtuBytes) {
        this.mtuBytes = Range.check("mtuBytes", mtuBytes, Dpdk.RTE_ETHER_MIN_MTU(), UINT16_MAX);
        return this;
    }

    int rxQueues() {
        return rxQueues;
    }

    int txQueues() {
        return txQueues;
    }

    int rxDescriptors() {
        return rxDescriptors;
    }

    int txDescriptors() {
        return txDescriptors;
    }

    int mtuBytes() {
        return mtuBytes;
    }
}
