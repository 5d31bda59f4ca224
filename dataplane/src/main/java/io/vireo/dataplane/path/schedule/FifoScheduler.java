package io.vireo.dataplane.path.schedule;

/**
 * The queue of one port: first in, first out, as fast as the device takes it. Bounded. Single user: the worker that sends for
 * the port.
 *
 * <p>The shape is that of a scheduler with classes: packets are enqueued for a class, and {@link #dequeue} moves those whose
 * time has come into the {@linkplain #ready ready batch}. Here every packet's time has come at once, so the queue is the batch.
 */
public final class FifoScheduler {
    private final ReadyBatch ready;

    public FifoScheduler(final int capacity) {
        ready = new ReadyBatch(capacity);
    }

    /**
     * Takes a packet, unless the queue is full.
     *
     * @param egress interface it leaves by: the class, in later schedulers.
     * @return false when full: the packet stays the caller's.
     */
    public boolean enqueue(final int egress, final int router, final long mbuf, final int bytes) {
        if (ready.count == ready.capacity) {
            return false;
        }
        ready.add(egress, router, mbuf, bytes);
        return true;
    }

    /**
     * Makes ready what may leave now; returns how many packets.
     *
     * @param nowNs time of this round: schedulers that shape need it.
     */
    public int dequeue(final long nowNs) {
        return ready.count;
    }

    /** What {@link #dequeue} made ready, in order. The caller sends or frees all of it and then clears it. */
    public ReadyBatch ready() {
        return ready;
    }
}
