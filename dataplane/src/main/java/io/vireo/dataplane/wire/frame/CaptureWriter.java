package io.vireo.dataplane.wire.frame;

import static io.vireo.dataplane.wire.ring.MessageFrame.HEADER_LENGTH;
import static io.vireo.dataplane.wire.ring.MessageFrame.LENGTH_PREFIX;
import static io.vireo.dataplane.wire.ring.MessageFrame.RECORD_TYPE;

import io.vireo.dataplane.wire.code.Direction;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.layout.FrameLimits;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.ring.FrameCopier;
import io.vireo.dataplane.wire.sbe.CapturedEncoder;
import io.vireo.dataplane.wire.sbe.DirectionCode;
import io.vireo.dataplane.wire.sbe.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/** Copies frames from a worker to control. Single producer: that worker. No allocation; a full ring drops and counts. */
public final class CaptureWriter {
    private final RingBuffer ring;
    private final MutableDirectBuffer buffer;
    private final AtomicCounter dropped;
    private final FrameCopier copier = new FrameCopier();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CapturedEncoder captured = new CapturedEncoder();

    /** Writes into a worker's capture ring. */
    public CaptureWriter(SharedMemory memory, int worker) {
        ring = memory.captureRing(worker);
        buffer = ring.buffer();
        dropped = memory.systemCounters().get(SystemCounter.CAPTURES_DROPPED);
    }

    /**
     * Copies a frame.
     *
     * @param captureId of the capture that asked for it
     * @param interfaceId where it is; -1 = not yet known
     * @param direction at which point of its way
     * @param dropReason DROPPED: {@link DropReason} code; else -1
     * @param timestampNs when it arrived, ns since 1970 UTC
     * @param originalLength bytes of the whole frame
     * @param frameAddress where its Ethernet header lies
     * @param capturedLength how many bytes to copy from there; cut to {@link FrameLimits#MAX_BYTES}
     * @return false when the ring was full
     */
    public boolean capture(
            int captureId,
            int interfaceId,
            Direction direction,
            int dropReason,
            long timestampNs,
            int originalLength,
            long frameAddress,
            int capturedLength) {
        int length = Math.min(capturedLength, FrameLimits.MAX_BYTES);
        int index = ring.tryClaim(RECORD_TYPE, HEADER_LENGTH + CapturedEncoder.BLOCK_LENGTH + LENGTH_PREFIX + length);
        if (index < 0) {
            dropped.increment(); // other workers write it too
            return false;
        }
        captured.wrapAndApplyHeader(buffer, index, header)
                .timestampNs(timestampNs)
                .captureId(captureId)
                .interfaceId(interfaceId)
                .originalLength(originalLength)
                .dropReason((short) dropReason)
                .direction(DirectionCode.get((short) direction.code()));
        copier.put(buffer, captured.limit(), frameAddress, length);
        ring.commit(index);
        return true;
    }
}
