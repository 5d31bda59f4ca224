package io.vireo.dataplane.wire.frame;

import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.counters.SystemCounters;
import io.vireo.dataplane.wire.layout.FrameLimits;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.ring.DeadProducerGuard;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.sbe.InjectDecoder;
import io.vireo.dataplane.wire.sbe.TraceDecoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Takes frames from control and calls the {@link InjectHandler}. Single consumer: that worker. No allocation. A message
 * that is not well formed, or has an id or length out of range, is counted and skipped.
 */
public final class InjectReader {
    private final RingBuffer ring;
    private final InjectHandler handler;
    private final SharedLimits limits;
    private final AtomicCounter injects;
    private final AtomicCounter malformed;
    private final DeadProducerGuard guard;
    private final MessageFrame frame = new MessageFrame();
    private final InjectDecoder inject = new InjectDecoder();
    private final TraceDecoder trace = new TraceDecoder();
    private final MessageHandler messageHandler = this::onMessage;

    /** Reads a worker's inject ring. */
    public InjectReader(SharedMemory memory, int worker, InjectHandler handler) {
        ring = memory.injectRing(worker);
        this.handler = handler;
        limits = memory.limits();
        SystemCounters counters = memory.systemCounters();
        injects = counters.get(SystemCounter.INJECTS);
        malformed = counters.get(SystemCounter.INJECTS_MALFORMED);
        guard = new DeadProducerGuard(ring, counters.get(SystemCounter.INJECT_CLAIMS_UNBLOCKED));
    }

    /**
     * Hands over what has arrived.
     *
     * @param nowNs {@link System#nanoTime}
     * @param messageLimit maximum messages to take
     * @return how many were taken
     */
    public int poll(long nowNs, int messageLimit) {
        int taken = ring.read(messageHandler, messageLimit);
        if (taken == 0) {
            guard.onIdle(nowNs);
        } else {
            injects.getAndAdd(taken); // other workers write it too; once per batch
        }
        return taken;
    }

    public void onMessage(int recordType, MutableDirectBuffer buffer, int offset, int length) {
        if (!frame.open(recordType, buffer, offset, length) || !dispatch(buffer)) {
            malformed.increment();
        }
    }

    private boolean dispatch(MutableDirectBuffer buffer) {
        return switch (frame.templateId()) {
            case InjectDecoder.TEMPLATE_ID -> onInject(buffer);
            case TraceDecoder.TEMPLATE_ID -> onTrace(buffer);
            default -> false;
        };
    }

    private boolean onInject(MutableDirectBuffer buffer) {
        InjectDecoder m = inject;
        if (!frame.hasBlock(InjectDecoder.BLOCK_LENGTH) || !frame.hasBytes()) {
            return false;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        int length = m.frameLength();
        boolean isValid = limits.isInterfaceId(m.interfaceId()) && FrameLimits.isValidLength(length);
        if (isValid) {
            handler.onInject(m.interfaceId(), addressOf(buffer, m.limit() + InjectDecoder.frameHeaderLength()), length);
        }
        return isValid;
    }

    private boolean onTrace(MutableDirectBuffer buffer) {
        TraceDecoder m = trace;
        if (!frame.hasBlock(TraceDecoder.BLOCK_LENGTH) || !frame.hasBytes()) {
            return false;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        int length = m.frameLength();
        boolean isValid = limits.isInterfaceId(m.interfaceId()) && FrameLimits.isValidLength(length);
        if (isValid) {
            long address = addressOf(buffer, m.limit() + TraceDecoder.frameHeaderLength());
            handler.onTrace(m.correlationId(), m.interfaceId(), address, length);
        }
        return isValid;
    }

    private static long addressOf(MutableDirectBuffer buffer, int index) {
        return buffer.addressOffset() + index;
    }
}
