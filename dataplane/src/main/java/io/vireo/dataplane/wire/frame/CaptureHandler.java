package io.vireo.dataplane.wire.frame;

import io.vireo.dataplane.wire.code.Direction;
import io.vireo.dataplane.wire.code.DropReason;
import org.agrona.DirectBuffer;

/** Receives copies of frames: control. Single-threaded per reader. */
public interface CaptureHandler {
    /**
     * A captured frame, which lies in the ring: valid during the call only.
     *
     * @param captureId of the capture that asked for it
     * @param interfaceId where it was; -1 = not yet known
     * @param direction at which point of its way
     * @param dropReason DROPPED: {@link DropReason} code; else -1
     * @param timestampNs when it arrived, ns since 1970 UTC
     * @param originalLength bytes of the whole frame
     */
    void onCaptured(
            int captureId,
            int interfaceId,
            Direction direction,
            int dropReason,
            long timestampNs,
            int originalLength,
            DirectBuffer frame,
            int offset,
            int length);
}
