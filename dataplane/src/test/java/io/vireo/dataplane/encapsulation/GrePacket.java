package io.vireo.dataplane.encapsulation;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The obvious way to write a GRE header: field by field, and the checksum word by word. */
public final class GrePacket {
    public static final int PROTOCOL = 47;
    public static final int IPV4 = 0x0800;
    static final int IPV6 = 0x86dd;
    static final int ETHERNET = 0x6558;

    private static final int CHECKSUM = 0x8000;
    private static final int KEY = 0x2000;
    private static final int SEQUENCE = 0x1000;

    private GrePacket() {}

    /** As RFC 2784 §2.1 and RFC 2890 §2 lay it out; the checksum is over the packet inside too. */
    public static byte[] header(
            int type, @Nullable Integer key, boolean hasChecksum, @Nullable Integer sequence, byte[] inner) {
        return header(0, type, key, hasChecksum, sequence, inner);
    }

    /** With further bits in the first word, and nothing in Reserved1. */
    static byte[] header(
            int bits, int type, @Nullable Integer key, boolean hasChecksum, @Nullable Integer sequence, byte[] inner) {
        int flags = bits | (hasChecksum ? CHECKSUM : 0) | (key != null ? KEY : 0) | (sequence != null ? SEQUENCE : 0);
        ByteBuffer header = ByteBuffer.allocate(16).putShort((short) flags).putShort((short) type);
        if (hasChecksum) {
            header.putInt(0);
        }
        if (key != null) {
            header.putInt(key);
        }
        if (sequence != null) {
            header.putInt(sequence);
        }
        byte[] bytes = new byte[header.position()];
        header.get(0, bytes);
        if (hasChecksum) {
            ByteBuffer.wrap(bytes).putShort(4, checksum(bytes, inner));
        }
        return bytes;
    }

    public static byte[] with(byte[] header, byte[] inner) {
        return ByteBuffer.allocate(header.length + inner.length)
                .put(header)
                .put(inner)
                .array();
    }

    /** RFC 1071 §1. */
    static short checksum(byte[] header, byte[] inner) {
        ByteBuffer words = ByteBuffer.allocate(header.length + inner.length + 1)
                .put(header)
                .put(inner);
        int sum = 0;
        for (int at = 0; at + 1 < words.capacity(); at += 2) {
            sum += words.getShort(at) & 0xffff;
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
