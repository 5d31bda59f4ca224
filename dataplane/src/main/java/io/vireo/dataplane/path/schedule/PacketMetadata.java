package io.vireo.dataplane.path.schedule;

import io.vireo.dpdk.Mbuf;

/**
 * What must be known of a queued packet when it leaves, kept in a word of its mbuf that no driver reads on the way out:
 * the interface it leaves by and the virtual router it comes from.
 */
final class PacketMetadata {
    private static final long LOW = 0xffff_ffffL;

    private PacketMetadata() {}

    static void write(long mbuf, int egress, int router) {
        Mbuf.setUserWord(mbuf, (long) egress << Integer.SIZE | (router & LOW));
    }

    static int egress(long mbuf) {
        return (int) (Mbuf.userWord(mbuf) >> Integer.SIZE);
    }

    static int router(long mbuf) {
        return (int) Mbuf.userWord(mbuf);
    }
}
