package io.vireo.bench.schedule;

/**
 * The size of what is scheduled.
 *
 * @param vpns how many VPNs, {@link #CLASSES_PER_VPN} classes each
 * @param linkRate of the port, bit/s of wire bytes
 */
record Load(int vpns, long linkRate) {
    /** Packets per burst, as the data plane's. */
    static final int BURST = 32;

    static final int CLASSES_PER_VPN = 10;

    /** Frame as the schedulers see it, without FCS. */
    static final int FRAME_BYTES = 60;

    /** The same frame on the wire: FCS, preamble, gap. */
    static final int WIRE_BYTES = 84;

    /** A link that neither scheduler fills: the processor is the limit. */
    static final long UNLIMITED_RATE = 100_000_000_000L;

    private static final int QUEUED_PER_CLASS = 4;

    int leaves() {
        return vpns * CLASSES_PER_VPN;
    }

    int packets() {
        return leaves() * QUEUED_PER_CLASS;
    }

    static int vpnOf(int leaf) {
        return leaf / CLASSES_PER_VPN;
    }
}
