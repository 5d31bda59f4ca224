package io.vireo.control.linux.netlink;

import io.vireo.control.model.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes one netlink request at a time: a header, a fixed part, then attributes, each aligned to 4 bytes
 * ({@code netlink(7)}, {@code rtnetlink(7)}). Not thread-safe.
 */
final class MessageWriter {
    static final int HEADER_BYTES = 16;
    static final int ATTRIBUTE_HEADER_BYTES = 4;

    private static final int FLAGS_OFFSET = 6;
    private static final int CAPACITY_BYTES = 8 * 1024;

    private final MemorySegment segment = Arena.ofAuto().allocate(CAPACITY_BYTES, Long.BYTES);
    private final ByteBuffer buffer = segment.asByteBuffer().order(ByteOrder.nativeOrder());

    /** Starts a message; the length is filled in by {@link #end}. */
    MessageWriter begin(int type, int flags, int sequence) {
        buffer.clear();
        buffer.putInt(0)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(sequence)
                .putInt(0);
        return this;
    }

    MessageWriter addFlags(int flags) {
        buffer.putShort(FLAGS_OFFSET, (short) (buffer.getShort(FLAGS_OFFSET) | flags));
        return this;
    }

    MessageWriter putByte(int value) {
        buffer.put((byte) value);
        return this;
    }

    MessageWriter putShort(int value) {
        buffer.putShort((short) value);
        return this;
    }

    MessageWriter putInt(int value) {
        buffer.putInt(value);
        return this;
    }

    MessageWriter attribute(int type, int value) {
        header(type, Integer.BYTES);
        buffer.putInt(value);
        return this;
    }

    MessageWriter attribute(int type, byte[] value) {
        header(type, value.length);
        buffer.put(value);
        return align();
    }

    MessageWriter attribute(int type, IpAddress value) {
        return attribute(type, value.toBytes());
    }

    /** A string attribute, terminated by a zero. */
    MessageWriter attribute(int type, String value) {
        return attribute(type, (value + "\0").getBytes(StandardCharsets.UTF_8));
    }

    /** Starts an attribute of unknown length; give what it returns to {@link #endLength}. */
    int beginAttribute(int type) {
        int start = buffer.position();
        header(type, 0);
        return start;
    }

    /** Starts a structure whose first 16 bits are its own length, as an attribute or {@code struct rtnexthop} is. */
    int beginLength() {
        int start = buffer.position();
        buffer.putShort((short) 0);
        return start;
    }

    MessageWriter endLength(int start) {
        buffer.putShort(start, (short) (buffer.position() - start));
        return align();
    }

    /** Completes the message; valid until the next {@link #begin}. */
    MemorySegment end() {
        buffer.putInt(0, buffer.position());
        return segment.asSlice(0, buffer.position());
    }

    private void header(int type, int lengthBytes) {
        buffer.putShort((short) (ATTRIBUTE_HEADER_BYTES + lengthBytes)).putShort((short) type);
    }

    private MessageWriter align() {
        while ((buffer.position() & 3) != 0) {
            buffer.put((byte) 0);
        }
        return this;
    }
}
