package io.vireo.control.linux.netlink;

import org.agrona.concurrent.UnsafeBuffer;

/** Walks the messages of a datagram: {@code while (messages.next()) switch (messages.type()) …}. A flyweight. */
final class MessageReader {
    private static final int TYPE_OFFSET = 4;
    private static final int FLAGS_OFFSET = 6;
    private static final int SEQUENCE_OFFSET = 8;

    private final UnsafeBuffer buffer;
    private int next;
    private int limit;
    private int start;
    private int end;

    MessageReader(UnsafeBuffer buffer) {
        this.buffer = buffer;
    }

    MessageReader wrap(int lengthBytes) {
        next = 0;
        limit = lengthBytes;
        return this;
    }

    boolean next() {
        if (limit - next < MessageWriter.HEADER_BYTES) {
            return false;
        }
        int length = buffer.getInt(next);
        if (length < MessageWriter.HEADER_BYTES || length > limit - next) {
            throw new MalformedMessageException(
                    "a netlink message of " + length + " bytes where " + (limit - next) + " are");
        }
        start = next;
        end = next + length;
        next = Math.min(limit, next + AttributeReader.align(length));
        return true;
    }

    int type() {
        return Short.toUnsignedInt(buffer.getShort(start + TYPE_OFFSET));
    }

    int flags() {
        return Short.toUnsignedInt(buffer.getShort(start + FLAGS_OFFSET));
    }

    int sequence() {
        return buffer.getInt(start + SEQUENCE_OFFSET);
    }

    /** Where the fixed part begins, after checking that it has that many bytes. */
    int body(int fixedBytes) {
        int offset = start + MessageWriter.HEADER_BYTES;
        if (end - offset < fixedBytes) {
            throw new MalformedMessageException(
                    "message " + type() + " has " + (end - offset) + " bytes instead of " + fixedBytes);
        }
        return offset;
    }

    int end() {
        return end;
    }
}
