package io.vireo.dataplane.path;

/**
 * The packets behind label stacks, without gaps: entry {@code k} is packet {@code packet[k]} of the burst. Filled by classify; forward
 * answers those that modify is to rewrite and takes the others out. Single owner: the burst's worker.
 */
public final class LabelLookups {
    /** Packets listed. */
    public int count;

    /** Position in the burst. */
    public final int[] packet;

    /** The entry of the router's label table; of a label that has none, and may be a tunnel's, 0. */
    public final long[] entry;

    /** What the entry says: an index of an adjacency. */
    public final int[] nextHop;

    /** The TTL that the packet came with. */
    public final int[] ttl;

    LabelLookups(int capacity) {
        packet = new int[capacity];
        entry = new long[capacity];
        nextHop = new int[capacity];
        ttl = new int[capacity];
    }
}
