package io.vireo.dataplane.wire.ring;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Frees a many-to-one ring of a claim whose owner died.
 *
 * <p>A producer claims a place, writes, commits. One that is killed between claim and commit leaves a hole that the
 * consumer cannot pass. When the ring holds something but nothing can be read for {@link #TIMEOUT_NS}, the hole is turned
 * into padding. When the owner died before it wrote even the length, the hole's end shows only once another producer
 * has written behind it: until then nothing waits behind the hole either.
 *
 * <p>The price: a producer that is stopped for longer than the timeout between claim and commit, and then lives on,
 * writes into memory that may be another's by then. Claim and commit lie within a few dozen instructions; the timeout is
 * chosen so that no garbage collection or page fault between them comes near it.
 *
 * <p>Single-threaded: the ring's consumer. No allocation.
 */
public final class DeadProducerGuard {
    static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

    private final RingBuffer ring;
    private final AtomicCounter unblocked;
    private long stuckPosition = -1;
    private long stuckSinceNs;

    public DeadProducerGuard(RingBuffer ring, AtomicCounter unblocked) {
        this.ring = ring;
        this.unblocked = unblocked;
    }

    /** Nothing could be read just now. */
    public void onIdle(long nowNs) {
        long position = ring.consumerPosition();
        if (position == ring.producerPosition()) {
            stuckPosition = -1;
        } else if (position != stuckPosition) {
            stuckPosition = position;
            stuckSinceNs = nowNs;
        } else if (nowNs - stuckSinceNs > TIMEOUT_NS && ring.unblock()) {
            unblocked.increment();
            stuckPosition = -1;
        }
    }
}
