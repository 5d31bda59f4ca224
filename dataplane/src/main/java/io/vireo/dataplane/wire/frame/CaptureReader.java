package io.vireo.dataplane.wire.frame;

import io.vireo.dataplane.wire.code.Direction;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.ring.Rings;
import io.vireo.dataplane.wire.sbe.CapturedDecoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Takes captured frames and calls the {@link CaptureHandler}. Single consumer: one thread of control per worker's ring.
 * No allocation. A message that is not well formed is counted and skipped.
 */
public final class CaptureReader {
    private final RingBuffer ring;
    private final CaptureHandler handler;
    private final AtomicCounter malformed;
    private final MessageFrame frame = new MessageFrame();
    private final CapturedDecoder captured = new CapturedDecoder();
    private final MessageHandler messageHandler = this::onMessage;

    /** Reads a worker's capture ring. */
    public CaptureReader(SharedMemory memory, int worker, CaptureHandler handler) {
        ring = memory.captureRing(worker);
        this.handler = handler;
        malformed = memory.systemCounters().get(SystemCounter.CAPTURES_MALFORMED);
    }

    /** Hands over what has arrived, at most {@code messageLimit} messages; returns how many were taken. */
    public int poll(int messageLimit) {
        return ring.read(messageHandler, messageLimit);
    }

    /** Throws away what was meant for an earlier control; returns how many messages. */
    public int discard() {
        return Rings.discard(ring);
    }

    public void onMessage(int recordType, MutableDirectBuffer buffer, int offset, int length) {
        if (!frame.open(recordType, buffer, offset, length) || !onCaptured(buffer)) {
            malformed.increment(); // other readers write it too
        }
    }

    private boolean onCaptured(MutableDirectBuffer buffer) {
        CapturedDecoder m = captured;
        if (frame.templateId() != CapturedDecoder.TEMPLATE_ID
                || !frame.hasBlock(CapturedDecoder.BLOCK_LENGTH)
                || !frame.hasBytes()) {
            return false;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        Direction direction = Direction.ofCode(m.directionRaw());
        if (direction == null) {
            return false;
        }
        handler.onCaptured(
                m.captureId(),
                m.interfaceId(),
                direction,
                m.dropReason(),
                m.timestampNs(),
                m.originalLength(),
                buffer,
                m.limit() + CapturedDecoder.frameHeaderLength(),
                m.frameLength());
        return true;
    }
}
