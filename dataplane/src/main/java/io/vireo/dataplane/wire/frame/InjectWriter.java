package io.vireo.dataplane.wire.frame;

import static io.vireo.dataplane.wire.ring.MessageFrame.HEADER_LENGTH;
import static io.vireo.dataplane.wire.ring.MessageFrame.LENGTH_PREFIX;
import static io.vireo.dataplane.wire.ring.MessageFrame.RECORD_TYPE;

import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.layout.FrameLimits;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.ring.FrameCopier;
import io.vireo.dataplane.wire.sbe.InjectEncoder;
import io.vireo.dataplane.wire.sbe.MessageHeaderEncoder;
import io.vireo.dataplane.wire.sbe.TraceEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Hands frames from control down to a worker. Thread-safe.
 *
 * <p>Each method returns false when the ring is full, and counts it for {@link #inject}: drop, as a queue would. An id or
 * a length out of range is an {@link IllegalArgumentException}.
 */
public final class InjectWriter {
    private final RingBuffer ring;
    private final SharedLimits limits;
    private final AtomicCounter full;

    /** Writes into a worker's inject ring. */
    public InjectWriter(SharedMemory memory, int worker) {
        ring = memory.injectRing(worker);
        limits = memory.limits();
        full = memory.systemCounters().get(SystemCounter.INJECT_RING_FULL);
    }

    /** Sends a frame that lies in a buffer out of an interface. */
    public boolean inject(int interfaceId, DirectBuffer frame, int offset, int length) {
        check(interfaceId, length);
        int index = ring.tryClaim(RECORD_TYPE, HEADER_LENGTH + InjectEncoder.BLOCK_LENGTH + LENGTH_PREFIX + length);
        if (index < 0) {
            full.increment();
            return false;
        }
        InjectEncoder message = new InjectEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .interfaceId(interfaceId);
        FrameCopier.put(ring.buffer(), message.limit(), frame, offset, length);
        ring.commit(index);
        return true;
    }

    /** Sends a frame that lies at a raw address out of an interface. */
    public boolean inject(int interfaceId, long frameAddress, int frameLength) {
        return inject(interfaceId, new UnsafeBuffer(frameAddress, frameLength), 0, frameLength);
    }

    /** Traces a frame as if it had arrived on an interface. Answered on the punt ring. */
    public boolean trace(long correlationId, int interfaceId, DirectBuffer frame, int offset, int length) {
        check(interfaceId, length);
        int index = ring.tryClaim(RECORD_TYPE, HEADER_LENGTH + TraceEncoder.BLOCK_LENGTH + LENGTH_PREFIX + length);
        if (index < 0) {
            return false;
        }
        TraceEncoder message = new TraceEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .interfaceId(interfaceId);
        FrameCopier.put(ring.buffer(), message.limit(), frame, offset, length);
        ring.commit(index);
        return true;
    }

    private void check(int interfaceId, int frameLength) {
        if (!limits.isInterfaceId(interfaceId)) {
            throw new IllegalArgumentException(
                    "interfaceId: " + interfaceId + " is not below the limit of the node, " + limits.maxInterfaces());
        }
        if (!FrameLimits.isValidLength(frameLength)) {
            throw new IllegalArgumentException("frame: " + frameLength + " bytes, must be " + FrameLimits.MIN_BYTES
                    + ".." + FrameLimits.MAX_BYTES);
        }
    }
}
