package io.vireo.dataplane.wire.ring;

import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/** What all consumers of one-to-one rings in control have in common. */
public final class Rings {
    private static final MessageHandler NOWHERE = (type, buffer, offset, length) -> {};

    private Rings() {}

    /** Reads up to where the producer is now and throws it away; returns how many messages. The consumer only. */
    public static int discard(RingBuffer ring) {
        long end = ring.producerPosition();
        int discarded = 0;
        while (ring.consumerPosition() < end) {
            long before = ring.consumerPosition();
            discarded += ring.read(NOWHERE);
            if (ring.consumerPosition() == before) {
                break; // the producer has claimed but not yet committed: that message is new
            }
        }
        return discarded;
    }
}
