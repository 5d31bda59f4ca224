package io.vireo.control.linux.netlink;

import io.vireo.control.model.IpAddress;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Walks the attributes of a message: {@code while (attributes.next()) switch (attributes.type()) …}. A flyweight over
 * the receive buffer; whatever it reads lies within the attribute, or it throws.
 */
final class AttributeReader {
    private static final int TYPE_MASK = 0x3fff; // less NLA_F_NESTED and NLA_F_NET_BYTEORDER
    private static final int HEADER_BYTES = MessageWriter.ATTRIBUTE_HEADER_BYTES;

    private final UnsafeBuffer buffer;
    private int next;
    private int limit;
    private int type;
    private int offset;
    private int length;

    AttributeReader(UnsafeBuffer buffer) {
        this.buffer = buffer;
    }

    AttributeReader wrap(int start, int end) {
        if (start > end || end > buffer.capacity()) {
            throw new MalformedMessageException("attributes from " + start + " to " + end);
        }
        next = start;
        limit = end;
        return this;
    }

    /** Steps to the next attribute, if there is one. */
    boolean next() {
        if (limit - next < HEADER_BYTES) {
            return false;
        }
        int total = Short.toUnsignedInt(buffer.getShort(next));
        if (total < HEADER_BYTES || total > limit - next) {
            throw new MalformedMessageException("an attribute of " + total + " bytes where " + (limit - next) + " are");
        }
        type = buffer.getShort(next + Short.BYTES) & TYPE_MASK;
        offset = next + HEADER_BYTES;
        length = total - HEADER_BYTES;
        next += align(total);
        return true;
    }

    int type() {
        return type;
    }

    int offset() {
        return offset;
    }

    int end() {
        return offset + length;
    }

    int intValue() {
        require(Integer.BYTES);
        return buffer.getInt(offset);
    }

    /** The 32-bit number that stands so many bytes behind the attribute's beginning. */
    int intValue(int bytesBefore) {
        require(bytesBefore + Integer.BYTES);
        return buffer.getInt(offset + bytesBefore);
    }

    /** A hash of the attribute's number and bytes. */
    long hash() {
        long hash = type;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + buffer.getByte(offset + i);
        }
        return hash;
    }

    /** A hash of a tunnel header, which is never 0. */
    long encapsulation() {
        long hash = hash();
        return hash == 0 ? 1 : hash;
    }

    int shortValue() {
        require(Short.BYTES);
        return Short.toUnsignedInt(buffer.getShort(offset));
    }

    int byteValue() {
        require(Byte.BYTES);
        return buffer.getByte(offset) & 0xff;
    }

    /** The IPv4 or IPv6 address that fills the attribute, or null for another length. */
    @Nullable
    IpAddress address() {
        return address(offset, length);
    }

    /** As {@link #address}, behind a prefix such as the family of {@code struct rtvia}. */
    @Nullable
    IpAddress addressBehind(int prefixBytes) {
        require(prefixBytes);
        return address(offset + prefixBytes, length - prefixBytes);
    }

    /** The six bytes of an Ethernet address as a number, first byte most significant, or -1 for another length. */
    long macBits() {
        if (length != 6) {
            return -1;
        }
        return (long) Short.toUnsignedInt(Short.reverseBytes(buffer.getShort(offset))) << 32
                | Integer.toUnsignedLong(Integer.reverseBytes(buffer.getInt(offset + Short.BYTES)));
    }

    /** Text up to its terminating zero. */
    String text() {
        int textLength = 0;
        while (textLength < length && buffer.getByte(offset + textLength) != 0) {
            textLength++;
        }
        byte[] bytes = new byte[textLength];
        buffer.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private @Nullable IpAddress address(int at, int bytes) {
        return switch (bytes) {
            case 4 -> IpAddress.ofIpv4(Integer.reverseBytes(buffer.getInt(at)));
            case 16 ->
                IpAddress.ofIpv6(
                        Long.reverseBytes(buffer.getLong(at)), Long.reverseBytes(buffer.getLong(at + Long.BYTES)));
            default -> null;
        };
    }

    private void require(int bytes) {
        if (length < bytes) {
            throw new MalformedMessageException("attribute " + type + " has " + length + " bytes instead of " + bytes);
        }
    }

    static int align(int length) {
        return length + 3 & ~3;
    }
}
