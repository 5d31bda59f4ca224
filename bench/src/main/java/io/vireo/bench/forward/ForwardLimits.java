package io.vireo.bench.forward;

/** What is the same for all that are compared. */
final class ForwardLimits {
    /** DPDK's memory. */
    static final int MEMORY_MEGABYTES = 512;

    /** Packet buffers, where configurable. Half of them hold the frames of the device that offers them. */
    static final int MBUFS = 65_535;

    /** Hugepages of 2 MiB that one program needs: its memory, and what is lost at its edges. */
    static final int HUGEPAGES = MEMORY_MEGABYTES / 2 + 32;

    private ForwardLimits() {}
}
