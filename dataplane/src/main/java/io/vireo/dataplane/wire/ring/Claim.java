package io.vireo.dataplane.wire.ring;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/** Claims a place in a ring, waiting a bounded time while it is full. Thread-safe on a many-to-one ring. */
public final class Claim {
    /** A full ring holds work for milliseconds. */
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private final RingBuffer ring;
    private final long maxWaitNs;
    private final NanoClock clock;

    public Claim(RingBuffer ring, long maxWaitNs, NanoClock clock) {
        this.ring = ring;
        this.maxWaitNs = maxWaitNs;
        this.clock = clock;
    }

    /** Returns where the message header goes, or a negative number when there was no room in time. */
    public int tryClaim(int bodyLength) {
        int length = MessageFrame.HEADER_LENGTH + bodyLength;
        int index = ring.tryClaim(MessageFrame.RECORD_TYPE, length);
        if (index >= 0 || maxWaitNs == 0) {
            return index;
        }
        long deadlineNs = clock.nanoTime() + maxWaitNs;
        while (index < 0
                && clock.nanoTime() - deadlineNs < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PAUSE_NS);
            index = ring.tryClaim(MessageFrame.RECORD_TYPE, length);
        }
        return index;
    }

    /** Returns where the claimed places are. */
    public MutableDirectBuffer buffer() {
        return ring.buffer();
    }

    /** Hands over what was written at {@code index}; true, so that callers end in it. */
    public boolean commit(int index) {
        ring.commit(index);
        return true;
    }
}
