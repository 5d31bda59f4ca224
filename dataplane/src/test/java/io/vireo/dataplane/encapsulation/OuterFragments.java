package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.TestFrames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts outer packets into fragments, field by field, as RFC 791 §3.2 and RFC 8200 §4.5 say. */
public final class OuterFragments {
    static final int MORE = 1;
    private static final int FRAGMENT_HEADER = 44;

    private OuterFragments() {}

    /** A packet in fragments of so many bytes of payload each, a multiple of eight, and the rest. */
    static List<byte[]> cut(byte[] packet, int chunk, int identification) {
        int payload = packet.length - headerBytes(packet);
        List<byte[]> fragments = new ArrayList<>();
        for (int from = 0; from < payload; from += chunk) {
            fragments.add(piece(packet, from, Math.min(from + chunk, payload), identification));
        }
        return fragments;
    }

    /** The fragment of a packet that has its payload from one byte to before another. */
    public static byte[] piece(byte[] packet, int from, int to, int identification) {
        int header = headerBytes(packet);
        byte[] part = Arrays.copyOfRange(packet, header + from, header + to);
        return fragment(packet, from, part, to < packet.length - header, identification);
    }

    /** A fragment with any payload, of a packet of which only the header counts. */
    static byte[] fragment(byte[] packet, int offset, byte[] payload, boolean hasMore, int identification) {
        int header = headerBytes(packet);
        return packet[0] >> 4 == 4
                ? ipv4(Arrays.copyOf(packet, header), offset, payload, hasMore, identification)
                : ipv6(Arrays.copyOf(packet, header), offset, payload, hasMore, identification);
    }

    private static byte[] ipv4(byte[] header, int offset, byte[] payload, boolean hasMore, int identification) {
        byte[] fragment = ByteBuffer.allocate(header.length + payload.length)
                .put(header)
                .put(payload)
                .putShort(2, (short) (header.length + payload.length))
                .putShort(4, (short) identification)
                .putShort(6, (short) ((hasMore ? 0x2000 : 0) | offset / 8))
                .array();
        TestFrames.fixChecksum(fragment);
        return fragment;
    }

    private static byte[] ipv6(byte[] header, int offset, byte[] payload, boolean hasMore, int identification) {
        int nextHeader = header.length == 40 ? 6 : 40; // of the IPv6 header, or of the options behind it
        ByteBuffer fragment = ByteBuffer.allocate(header.length + 8 + payload.length);
        fragment.put(header).put(header[nextHeader]).put((byte) 0).putShort((short) (offset | (hasMore ? MORE : 0)));
        fragment.putInt(identification).put(payload);
        fragment.put(nextHeader, (byte) FRAGMENT_HEADER).putShort(4, (short) (fragment.capacity() - 40));
        return fragment.array();
    }

    /** Bytes of what each fragment has before its part, but for IPv6's fragment header: options of IPv6 are the encapsulation limit. */
    static int headerBytes(byte[] packet) {
        if (packet[0] >> 4 == 4) {
            return (packet[0] & 0xf) * 4;
        }
        return packet[6] == 60 ? 48 : 40;
    }
}
