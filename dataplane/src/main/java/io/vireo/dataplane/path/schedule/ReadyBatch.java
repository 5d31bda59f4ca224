package io.vireo.dataplane.path.schedule;

import io.vireo.dataplane.path.TxFrames;
import io.vireo.dpdk.MbufArray;

/** Packets that leave a port now, as a struct of arrays whose mbufs the driver reads in place. */
public final class ReadyBatch {
    /** Packets at most. */
    public final int capacity;

    /** Packets now. */
    public int count;

    /** Of these, those at the front that the device was offered before and did not take. */
    public int offered;

    public final MbufArray mbufs;

    /** Interface each leaves by. */
    public final int[] egress;

    /** Virtual router each leaves. */
    public final int[] router;

    /** Frame bytes of each, without FCS. */
    public final int[] bytes;

    ReadyBatch(int capacity) {
        this.capacity = capacity;
        mbufs = MbufArray.allocate(capacity);
        egress = new int[capacity];
        router = new int[capacity];
        bytes = new int[capacity];
    }

    void add(int egressInterface, int fromRouter, long mbuf, int frameBytes) {
        int k = count++;
        mbufs.set(k, mbuf);
        egress[k] = egressInterface;
        router[k] = fromRouter;
        bytes[k] = frameBytes;
    }

    /** Adds frames {@code from} to {@code end - 1}, for which there must be room. */
    public void add(TxFrames txFrames, int from, int end) {
        int first = count;
        for (int k = from; k < end; k++) {
            mbufs.set(first + k - from, txFrames.mbuf[k]);
        }
        System.arraycopy(txFrames.egress, from, egress, first, end - from);
        System.arraycopy(txFrames.router, from, router, first, end - from);
        System.arraycopy(txFrames.bytes, from, bytes, first, end - from);
        count = first + end - from;
    }

    /** Forgets the first packets: the device has them. The others move up. */
    public void removeFirst(int sent) {
        for (int k = sent; k < count; k++) {
            mbufs.set(k - sent, mbufs.get(k));
            egress[k - sent] = egress[k];
            router[k - sent] = router[k];
            bytes[k - sent] = bytes[k];
        }
        count -= sent;
        offered = count;
    }

    /** Forgets all packets. */
    public void clear() {
        count = 0;
        offered = 0;
    }
}
