package io.vireo.dataplane.schedule.policy;

/**
 * What a filter looks at in a packet, as plain fields that the stage sets packet after packet. Not thread-safe.
 */
public final class FilterKey {
    /** The ports of a packet that has none, or whose ports are not in it, being a later fragment. */
    public static final int NO_PORT = -1;

    /** The family. */
    public boolean isIpv4;
    /** 0 to 63. */
    public int dscp;
    /** 0 to 255. */
    public int protocol;
    /** 0 to 65535, or {@link #NO_PORT}. */
    public int sourcePort = NO_PORT;
    /** 0 to 65535, or {@link #NO_PORT}. */
    public int destinationPort = NO_PORT;
    /** As in {@link FilterPrefix}. */
    public long sourceHigh;
    /** As in {@link FilterPrefix}. */
    public long sourceLow;
    /** As in {@link FilterPrefix}. */
    public long destinationHigh;
    /** As in {@link FilterPrefix}. */
    public long destinationLow;
}
