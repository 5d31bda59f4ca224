package io.vireo.dataplane.wire.frame;

import io.vireo.dataplane.wire.code.TraceStage;
import io.vireo.dataplane.wire.code.Verdict;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.ring.Rings;
import io.vireo.dataplane.wire.sbe.PuntedDecoder;
import io.vireo.dataplane.wire.sbe.TraceEndDecoder;
import io.vireo.dataplane.wire.sbe.TraceStepDecoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Takes what a worker hands up and calls the {@link PuntHandler}. Single consumer: one thread of control per worker's
 * ring. No allocation. A message that is not well formed is counted and skipped.
 */
public final class PuntReader {
    /** Ordinary frames that are taken before urgent ones are looked for again. */
    private static final int ORDINARY_LIMIT = 32;

    private final RingBuffer ring;
    private final RingBuffer priorityRing;
    private final PuntHandler handler;
    private final AtomicCounter malformed;
    private final MessageFrame frame = new MessageFrame();
    private final PuntedDecoder punted = new PuntedDecoder();
    private final TraceStepDecoder traceStep = new TraceStepDecoder();
    private final TraceEndDecoder traceEnd = new TraceEndDecoder();
    private final MessageHandler messageHandler = this::onMessage;

    /** Reads a worker's punt rings. */
    public PuntReader(SharedMemory memory, int worker, PuntHandler handler) {
        ring = memory.puntRing(worker);
        priorityRing = memory.priorityPuntRing(worker);
        this.handler = handler;
        malformed = memory.systemCounters().get(SystemCounter.PUNTS_MALFORMED);
    }

    /**
     * Hands over what has arrived, at most {@code messageLimit} messages; returns how many were taken. What is urgent comes
     * first, and again between two slices of the rest, of which there is always a quarter.
     */
    public int poll(int messageLimit) {
        int taken = priorityRing.read(messageHandler, messageLimit - messageLimit / 4);
        while (taken < messageLimit) {
            int ordinary = ring.read(messageHandler, Math.min(ORDINARY_LIMIT, messageLimit - taken));
            taken += ordinary;
            if (ordinary == 0) {
                return taken;
            }
            if (taken < messageLimit) {
                taken += priorityRing.read(messageHandler, messageLimit - taken);
            }
        }
        return taken;
    }

    /** Throws away what was meant for an earlier control and is stale by now; returns how many messages. */
    public int discard() {
        return Rings.discard(priorityRing) + Rings.discard(ring);
    }

    public void onMessage(int recordType, MutableDirectBuffer buffer, int offset, int length) {
        if (!frame.open(recordType, buffer, offset, length) || !dispatch(buffer)) {
            malformed.increment(); // other readers write it too
        }
    }

    private boolean dispatch(MutableDirectBuffer buffer) {
        return switch (frame.templateId()) {
            case PuntedDecoder.TEMPLATE_ID -> onPunted(buffer);
            case TraceStepDecoder.TEMPLATE_ID -> onTraceStep(buffer);
            case TraceEndDecoder.TEMPLATE_ID -> onTraceEnd(buffer);
            default -> false;
        };
    }

    private boolean onPunted(MutableDirectBuffer buffer) {
        PuntedDecoder m = punted;
        if (!frame.hasBlock(PuntedDecoder.BLOCK_LENGTH) || !frame.hasBytes()) {
            return false;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        handler.onPunted(
                m.interfaceId(),
                m.routerId(),
                m.reason(),
                m.timestampNs(),
                buffer,
                m.limit() + PuntedDecoder.frameHeaderLength(),
                m.frameLength());
        return true;
    }

    private boolean onTraceStep(MutableDirectBuffer buffer) {
        TraceStepDecoder m = traceStep;
        if (!frame.hasBlock(TraceStepDecoder.BLOCK_LENGTH) || !frame.hasBytes()) {
            return false;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        TraceStage stage = TraceStage.ofCode(m.stageRaw());
        Verdict verdict = Verdict.ofCode(m.verdictRaw());
        if (stage == null || verdict == null) {
            return false;
        }
        handler.onTraceStep(
                m.correlationId(),
                stage,
                verdict,
                m.reason(),
                m.interfaceId(),
                m.routerId(),
                m.egressInterfaceId(),
                m.nextHopHigh(),
                m.nextHopLow(),
                m.prefixLength(),
                buffer,
                m.limit() + TraceStepDecoder.frameHeaderLength(),
                m.frameLength());
        return true;
    }

    private boolean onTraceEnd(MutableDirectBuffer buffer) {
        TraceEndDecoder m = traceEnd;
        if (!frame.hasBlock(TraceEndDecoder.BLOCK_LENGTH)) {
            return false;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        Verdict verdict = Verdict.ofCode(m.verdictRaw());
        if (verdict != null) {
            handler.onTraceEnd(m.correlationId(), m.steps(), verdict, m.reason(), m.egressInterfaceId());
        }
        return verdict != null;
    }
}
