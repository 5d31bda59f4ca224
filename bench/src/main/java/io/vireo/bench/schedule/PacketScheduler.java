package io.vireo.bench.schedule;

import io.vireo.dpdk.MbufArray;

/** A scheduler under test. Leaves are numbered from 0, ten to a VPN. One thread. */
interface PacketScheduler extends AutoCloseable {
    /**
     * Offers packets, each to its leaf.
     *
     * @param leaves a leaf for each packet
     * @param count 1 to {@link Load#BURST}
     * @return how many it took; the others are lost
     */
    int enqueue(MbufArray packets, int[] leaves, int count);

    /** Takes what may leave now, at most a burst. */
    int dequeue(MbufArray into);

    @Override
    void close();
}
