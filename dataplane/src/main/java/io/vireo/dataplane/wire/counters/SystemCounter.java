package io.vireo.dataplane.wire.counters;

/**
 * What is counted once per node. Each event that is not a packet's everyday fate is one of these; the sentence is the
 * counter's label in the shared memory. New ones go to the end.
 */
public enum SystemCounter {
    /** Written by the conductor. */
    COMMANDS_REFUSED("commands answered by a refusal"),
    /** Written by the conductor. */
    COMMANDS_MALFORMED("commands skipped: unknown template or wrong length"),
    /** Written by the conductor. */
    COMMANDS_INVALID("commands with a field out of range"),
    /** Written by the conductor. */
    COMMAND_CLAIMS_UNBLOCKED("places in the command ring taken back from a thread that died while it wrote"),
    /** Written by the conductor. */
    EVENTS_DROPPED("events dropped: control does not read the event ring fast enough"),
    /** Written by control. */
    EVENTS_MALFORMED("events skipped by control: unknown template or wrong length"),
    /** Written by any worker. */
    PUNTS_DROPPED("punted frames dropped: control does not read the punt ring fast enough"),
    /** Written by control. */
    PUNTS_MALFORMED("messages in a punt ring skipped by control: unknown template or wrong length"),
    /** Written by any worker. */
    TRACE_STEPS_DROPPED("trace steps dropped: control does not read the punt ring fast enough"),
    /** Written by any worker. */
    INJECTS("frames taken from the inject rings"),
    /** Written by any worker. */
    INJECTS_MALFORMED("messages in an inject ring skipped: unknown template, wrong length, id out of range"),
    /** Written by any worker. */
    INJECTS_DROPPED("injected frames dropped: interface gone or down, or no packet buffer"),
    /** Written by any worker. */
    INJECT_CLAIMS_UNBLOCKED("places in an inject ring taken back from a thread that died while it wrote"),
    /** Written by control. */
    INJECT_RING_FULL("frames from the kernel dropped: a worker does not read its inject ring fast enough"),
    /** Written by any worker. */
    CAPTURES_DROPPED("captured frames dropped: control does not read the capture ring fast enough"),
    /** Written by control. */
    CAPTURES_MALFORMED("messages in a capture ring skipped by control: unknown template or wrong length"),
    /** Written by any worker. */
    BUFFER_ALLOCATIONS_FAILED("requests for a packet buffer that the pool could not meet"),
    /** Written by any worker. */
    HANDOVERS_DROPPED("frames dropped between workers: a hand-over ring was full"),
    /** Written by any agent. */
    ERRORS("exceptions in an agent of the data plane; the error log has the distinct ones"),
    /** Written by the conductor. A gauge, not a sum. */
    ROUTERS("virtual routers now"),
    /** Written by the conductor. A gauge, not a sum. */
    INTERFACES("interfaces now"),
    /** Written by the conductor. A gauge, not a sum. */
    NEIGHBOURS("neighbours now"),
    /** Written by the conductor. A gauge, not a sum. */
    IPV4_ROUTES("IPv4 routes now"),
    /** Written by the conductor. A gauge, not a sum. */
    IPV6_ROUTES("IPv6 routes now"),
    /** Written by the conductor. A gauge, not a sum. */
    TABLE_BYTES("bytes of forwarding tables in use now"),
    /** Written by the conductor. A gauge, not a sum. */
    RETIRED_BLOCKS("table blocks that wait until no worker can still see them"),
    /** Written by the conductor. */
    RESYNCS("resynchronisations completed"),
    /** Written by the conductor. */
    RESYNC_REMOVED("objects removed because a resynchronisation did not add them again"),
    /** Written by the conductor when it starts. All quotas of VPNs together fit in it. */
    QUEUE_PACKETS("packets that the classes of one port can hold queued"),
    /** Written by the conductor when it starts. */
    MAX_MTU("bytes of the longest IP packet that a packet buffer holds"),
    /** Written by any worker. A gauge, not a sum. */
    REASSEMBLIES("packets of tunnels of which not all fragments have come, now");

    /** First type id of these in the counters' metadata; other counters use lower ones. */
    static final int FIRST_TYPE_ID = 1000;

    private final String description;

    SystemCounter(String description) {
        this.description = description;
    }

    /** Returns the sentence that users read. */
    public String description() {
        return description;
    }

    /** Returns the counter id: they are the first to be allocated, in this order. */
    @SuppressWarnings("EnumOrdinal")
    public // the order of allocation is the order of declaration
    int counterId() {
        return ordinal();
    }

    int typeId() {
        return FIRST_TYPE_ID + counterId();
    }
}
