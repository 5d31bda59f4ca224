package io.vireo.dataplane.path.schedule;

import io.vireo.dpdk.MbufArray;

/** Packets that leave a port now, as a struct of arrays whose mbufs the driver reads in place. */
public final class ReadyBatch {
    /** Packets at most. */
    public final int capacity;

    /** Packets now. */
    public int count;

    public final MbufArray mbufs;

    /** Interface each leaves by. */
    public final int[] egress;

    /** Virtual router each leaves. */
    public final int[] router;

    /** Frame bytes of each, without FCS. */
    public final int[] bytes;

    ReadyBatch(final int capacity) {
        this.capacity = capacity;
        mbufs = MbufArray.allocate(capacity);
        egress = new int[capacity];
        router = new int[capacity];
        bytes = new int[capacity];
    }

    void add(final int egressInterface, final int fromRouter, final long mbuf, final int frameBytes) {
        final int k = count++;
        mbufs.set(k, mbuf);
        egress[k] = egressInterface;
        router[k] = fromRouter;
        bytes[k] = frameBytes;
    }

    /** Forgets all packets. */
    public void clear() {
        count = 0;
    }
}
