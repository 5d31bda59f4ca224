package io.vireo.dataplane.wire.frame;

import static io.vireo.dataplane.wire.ring.MessageFrame.HEADER_LENGTH;
import static io.vireo.dataplane.wire.ring.MessageFrame.LENGTH_PREFIX;
import static io.vireo.dataplane.wire.ring.MessageFrame.RECORD_TYPE;

import io.vireo.dataplane.wire.code.PuntClass;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.TraceStage;
import io.vireo.dataplane.wire.code.Verdict;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.layout.FrameLimits;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.ring.FrameCopier;
import io.vireo.dataplane.wire.sbe.MessageHeaderEncoder;
import io.vireo.dataplane.wire.sbe.PuntedEncoder;
import io.vireo.dataplane.wire.sbe.TraceEndEncoder;
import io.vireo.dataplane.wire.sbe.TraceStageCode;
import io.vireo.dataplane.wire.sbe.TraceStepEncoder;
import io.vireo.dataplane.wire.sbe.VerdictCode;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Hands frames and trace steps from a worker up to control. Single producer: that worker. No allocation.
 *
 * <p>Frames lie at raw addresses and are copied once, straight into the ring. Each method returns false when the ring is
 * full or the frame longer than {@link FrameLimits#MAX_BYTES}; it is then dropped and counted: a worker never waits.
 */
public final class PuntWriter {
    private final RingBuffer ring;
    private final RingBuffer priorityRing;
    private final MutableDirectBuffer buffer;
    private final AtomicCounter puntsDropped;
    private final AtomicCounter traceStepsDropped;
    private final FrameCopier copier = new FrameCopier();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final PuntedEncoder punted = new PuntedEncoder();
    private final TraceStepEncoder traceStep = new TraceStepEncoder();
    private final TraceEndEncoder traceEnd = new TraceEndEncoder();

    /** Writes into a worker's punt ring. */
    public PuntWriter(SharedMemory memory, int worker) {
        ring = memory.puntRing(worker);
        priorityRing = memory.priorityPuntRing(worker);
        buffer = ring.buffer();
        puntsDropped = memory.systemCounters().get(SystemCounter.PUNTS_DROPPED);
        traceStepsDropped = memory.systemCounters().get(SystemCounter.TRACE_STEPS_DROPPED);
    }

    /**
     * Whether a frame that is beyond its interface's own budget may still go up: half of each ring is kept for those that are
     * within theirs, so that no class and no interface fills it.
     *
     * @param puntClass {@link PuntClass} code
     */
    public boolean hasRoomForExcess(int puntClass) {
        RingBuffer target = ringOf(puntClass);
        return target.size() <= target.capacity() / 2;
    }

    private RingBuffer ringOf(int puntClass) {
        return puntClass < PuntClass.FIRST_ORDINARY_CODE ? priorityRing : ring;
    }

    /**
     * Hands up a frame.
     *
     * @param interfaceId where it arrived
     * @param routerId whose it is
     * @param puntReason {@link PuntReason} code
     * @param puntClass {@link PuntClass} code, which chooses the ring
     * @param timestampNs when it arrived, ns since 1970 UTC
     * @param frameAddress where its Ethernet header lies
     * @param frameLength bytes from there to the end
     */
    public boolean punt(
            int interfaceId,
            int routerId,
            int puntReason,
            int puntClass,
            long timestampNs,
            long frameAddress,
            int frameLength) {
        RingBuffer target = ringOf(puntClass);
        int index = tryClaim(target, PuntedEncoder.BLOCK_LENGTH, frameLength, puntsDropped);
        if (index < 0) {
            return false;
        }
        MutableDirectBuffer to = target.buffer();
        punted.wrapAndApplyHeader(to, index, header)
                .timestampNs(timestampNs)
                .interfaceId(interfaceId)
                .routerId(routerId)
                .reason((short) puntReason);
        copier.put(to, punted.limit(), frameAddress, frameLength);
        target.commit(index);
        return true;
    }

    /** Reports what one stage did to a traced frame; the parameters are those of {@link PuntHandler#onTraceStep}. */
    public boolean traceStep(
            long correlationId,
            TraceStage stage,
            Verdict verdict,
            int reason,
            int interfaceId,
            int routerId,
            int egressInterfaceId,
            long nextHopHigh,
            long nextHopLow,
            int prefixLength,
            long frameAddress,
            int frameLength) {
        int index = tryClaim(ring, TraceStepEncoder.BLOCK_LENGTH, frameLength, traceStepsDropped);
        if (index < 0) {
            return false;
        }
        traceStep
                .wrapAndApplyHeader(buffer, index, header)
                .correlationId(correlationId)
                .nextHopHigh(nextHopHigh)
                .nextHopLow(nextHopLow)
                .interfaceId(interfaceId)
                .routerId(routerId)
                .egressInterfaceId(egressInterfaceId)
                .reason((short) reason)
                .prefixLength((short) prefixLength)
                .stage(TraceStageCode.get((short) stage.code()))
                .verdict(VerdictCode.get((short) verdict.code()));
        copier.put(buffer, traceStep.limit(), frameAddress, frameLength);
        ring.commit(index);
        return true;
    }

    /** Reports that a traced frame has reached its end; the parameters are those of {@link PuntHandler#onTraceEnd}. */
    public boolean traceEnd(long correlationId, int steps, Verdict verdict, int reason, int egressInterfaceId) {
        int index = ring.tryClaim(RECORD_TYPE, HEADER_LENGTH + TraceEndEncoder.BLOCK_LENGTH);
        if (index < 0) {
            traceStepsDropped.increment();
            return false;
        }
        traceEnd.wrapAndApplyHeader(buffer, index, header)
                .correlationId(correlationId)
                .steps(steps)
                .egressInterfaceId(egressInterfaceId)
                .reason((short) reason)
                .verdict(VerdictCode.get((short) verdict.code()));
        ring.commit(index);
        return true;
    }

    private static int tryClaim(RingBuffer ring, int blockLength, int frameLength, AtomicCounter dropped) {
        int index = frameLength <= FrameLimits.MAX_BYTES
                ? ring.tryClaim(RECORD_TYPE, HEADER_LENGTH + blockLength + LENGTH_PREFIX + frameLength)
                : RingBuffer.INSUFFICIENT_CAPACITY;
        if (index < 0) {
            dropped.increment(); // other workers write it too
        }
        return index;
    }
}
