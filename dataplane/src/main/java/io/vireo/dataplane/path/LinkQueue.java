package io.vireo.dataplane.path;

import org.agrona.BitUtil;

/**
 * Packets that arrive in the next round: on internal links, sent by one virtual router of this worker and not yet taken in by the one at the
 * far end; out of tunnels; and errors about what came with labels. Bounded; first in, first out. Single user: its worker.
 */
public final class LinkQueue {
    /** One place in 64 is kept for the routers' own network control. */
    private static final int RESERVED_SHIFT = 6;

    private final long[] mbufs;
    private final int[] farEnds;
    private final int mask;
    private final int reserved;
    private int head;
    private int tail;

    /** Makes an empty queue; the capacity must be a power of two. */
    public LinkQueue(int capacity) {
        if (!BitUtil.isPowerOfTwo(capacity)) {
            throw new IllegalArgumentException("capacity " + capacity + " is no power of two");
        }
        mbufs = new long[capacity];
        farEnds = new int[capacity];
        mask = capacity - 1;
        reserved = capacity >>> RESERVED_SHIFT;
    }

    public int size() {
        return tail - head;
    }

    public int capacity() {
        return mask + 1;
    }

    /**
     * Puts a packet on a link.
     *
     * @param farEnd interface it will arrive on.
     * @return false when the queue is full, but for the places kept for own control: the packet stays the caller's.
     */
    public boolean offer(long mbuf, int farEnd) {
        return size() < capacity() - reserved && put(mbuf, farEnd);
    }

    /** As {@link #offer}, for a router's own network control: until the queue is full. */
    public boolean offerOwnControl(long mbuf, int farEnd) {
        return size() < capacity() && put(mbuf, farEnd);
    }

    private boolean put(long mbuf, int farEnd) {
        mbufs[tail & mask] = mbuf;
        farEnds[tail & mask] = farEnd;
        tail++;
        return true;
    }

    /** Moves packets into the burst, as received at their far ends, and leaves room for ports; returns how many. */
    public int drainTo(Burst burst) {
        int count = Math.min(PathLimits.linkPacketsPerRound(burst.capacity), size());
        for (int n = 0; n < count; n++) {
            int i = burst.size++;
            burst.mbufs.set(i, mbufs[head & mask]);
            burst.origin[i] = ~farEnds[head & mask];
            head++;
        }
        return count;
    }

    /** Takes the first packet away, or answers 0 when there is none. */
    public long poll() {
        return size() > 0 ? mbufs[head++ & mask] : 0;
    }
}
