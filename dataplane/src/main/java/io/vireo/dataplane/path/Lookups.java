package io.vireo.dataplane.path;

/**
 * The packets of one address family on their way through the tables, without gaps: entry {@code k} is packet
 * {@code packet[k]} of the burst. Filled by classify, answered by forward. Single owner: the burst's worker.
 */
public final class Lookups {
    /** Packets listed. */
    public int count;

    /** Position in the burst. */
    public final int[] packet;

    /** Table of the virtual router. */
    public final int[] table;

    /** IPv4 destination, host order; unused for IPv6. */
    public final int[] destination;

    /** IPv6 destination, bits 127..64 in host order; unused for IPv4. */
    public final long[] destinationHigh;

    /** IPv6 destination, bits 63..0 in host order; unused for IPv4. */
    public final long[] destinationLow;

    /** What the table says: an index into the adjacencies. */
    public final int[] nextHop;

    Lookups(int capacity) {
        packet = new int[capacity];
        table = new int[capacity];
        destination = new int[capacity];
        destinationHigh = new long[capacity];
        destinationLow = new long[capacity];
        nextHop = new int[capacity];
    }
}
