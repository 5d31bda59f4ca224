package io.vireo.dataplane.wire.ring;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Copies Ethernet frames between raw memory and a ring, as the last field of a message: its length in 2 bytes, then its
 * bytes. Reusable, no allocation. Not thread-safe.
 */
public final class FrameCopier {
    private final UnsafeBuffer frame = new UnsafeBuffer();

    /** Writes a frame that lies at a raw address. */
    public void put(MutableDirectBuffer buffer, int index, long frameAddress, int frameLength) {
        frame.wrap(frameAddress, frameLength);
        put(buffer, index, frame, 0, frameLength);
    }

    /** Writes a frame that lies in a buffer. */
    public static void put(MutableDirectBuffer buffer, int index, DirectBuffer frame, int offset, int length) {
        buffer.putShort(index, (short) length, ByteOrder.LITTLE_ENDIAN);
        buffer.putBytes(index + MessageFrame.LENGTH_PREFIX, frame, offset, length);
    }
}
