package io.vireo.bench.forward;

/** What is the same for all that are compared. */
final class ForwardLimits {
    /** DPDK's memory. */
    static final int MEMORY_MEGABYTES = 512;

    /** Packet buffers, of those that can be told. Half of them hold the frames of the device that offers them. */
    static final int MBUFS = 65_535;

    private ForwardLimits() {}
}
