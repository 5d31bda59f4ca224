package io.vireo.dataplane.wire.command;

/** Carries out the commands about captures; see {@link CommandHandlers} for what all have in common. */
public interface CaptureCommandHandler {
    /** Begins to copy frames; interfaceId and dropReason may be -1. */
    void onStartCapture(
            long correlationId, int captureId, int interfaceId, int dropReason, int snapLength, long packetLimit);

    /** Ends a capture. */
    void onStopCapture(long correlationId, int captureId);
}
