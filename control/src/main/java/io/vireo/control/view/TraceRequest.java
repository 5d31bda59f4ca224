package io.vireo.control.view;

import io.vireo.dataplane.wire.layout.FrameLimits;

/**
 * A frame to trace.
 *
 * @param interfacePath the interface at which it is to be received.
 * @param frame   an untagged Ethernet frame.
 */
@SuppressWarnings("ArrayRecordComponent") // A frame is handed on once, never compared.
public record TraceRequest(InterfacePath interfacePath, byte[] frame) {
    /** Bounds of a frame's length, in bytes. */
    public static final int MIN_FRAME_BYTES = FrameLimits.MIN_BYTES;

    public static final int MAX_FRAME_BYTES = FrameLimits.MAX_BYTES;
}
