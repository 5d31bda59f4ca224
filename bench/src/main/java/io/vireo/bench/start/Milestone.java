package io.vireo.bench.start;

/** What a start reaches, one after the other; the first packet may come before the last router is configured. */
enum Milestone {
    /** The main method runs. */
    JVM("JVM up"),
    /** DPDK's memory is taken, its threads run. */
    DPDK("DPDK up"),
    /** Packet buffers, tables and shared memory are taken. */
    MEMORY("memory allocated"),
    /** The path has forwarded made-up frames. */
    WARMED_UP("warmed up"),
    /** Control may send commands. */
    READY("ready for commands"),
    /** Ports are polled; their packets are dropped, for there is no interface yet. */
    ATTACHED("ports attached"),
    /** The last interface is open. */
    CONFIGURED("configured"),
    /** A port has taken a packet. */
    FIRST_PACKET("first packet forwarded"),
    /** See {@link RateCurve#reachedNs}. */
    STEADY("95 % of the steady rate");

    private final String words;

    Milestone(String words) {
        this.words = words;
    }

    /** For a report. */
    String words() {
        return words;
    }
}
