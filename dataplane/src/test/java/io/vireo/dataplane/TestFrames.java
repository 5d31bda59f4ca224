package io.vireo.dataplane;

import java.nio.ByteBuffer;

/** Frames made by hand, field by field, without any code of the path: what tests send. */
public final class TestFrames {
    static final int ETHERNET_BYTES = 14;

    private TestFrames() {}

    /** An Ethernet frame with any payload. */
    public static byte[] ethernet(long destination, long source, int type, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET_BYTES + payload.length);
        putMac(frame, destination);
        putMac(frame, source);
        return frame.putShort((short) type).put(payload).array();
    }

    /** The same, with a VLAN tag. */
    public static byte[] tagged(long destination, long source, int vlan, int type, byte[] payload) {
        ByteBuffer inner = ByteBuffer.allocate(4 + payload.length);
        inner.putShort((short) vlan).putShort((short) type).put(payload);
        return ethernet(destination, source, 0x8100, inner.array());
    }

    private static void putMac(ByteBuffer frame, long mac) {
        frame.putShort((short) (mac >>> 32)).putInt((int) mac);
    }

    /** An IPv4 packet with a right checksum. */
    public static byte[] ipv4(int source, int destination, int ttl, int payloadBytes) {
        return ipv4(new byte[0], source, destination, ttl, payloadBytes);
    }

    /** An IPv4 packet with options, whose bytes must be a multiple of 4. */
    public static byte[] ipv4(byte[] options, int source, int destination, int ttl, int payloadBytes) {
        int headerBytes = 20 + options.length;
        ByteBuffer packet = ByteBuffer.allocate(headerBytes + payloadBytes);
        packet.put((byte) (0x40 | (headerBytes / 4))).put((byte) 0).putShort((short) (headerBytes + payloadBytes));
        packet.putShort((short) 0x1234)
                .putShort((short) 0x4000)
                .put((byte) ttl)
                .put((byte) 17)
                .putShort((short) 0);
        packet.putInt(source).putInt(destination).put(options);
        for (int i = 0; i < payloadBytes; i++) {
            packet.put((byte) i);
        }
        fixChecksum(packet.array(), headerBytes);
        return packet.array();
    }

    /** Writes the right header checksum of a packet that may have options. */
    public static void fixChecksum(byte[] packet) {
        fixChecksum(packet, (packet[0] & 0xf) * 4);
    }

    /** Writes the right header checksum, summed word by word as RFC 791 says. */
    public static void fixChecksum(byte[] packet, int headerBytes) {
        packet[10] = 0;
        packet[11] = 0;
        int sum = 0;
        for (int i = 0; i < headerBytes; i += 2) {
            sum += ((packet[i] & 0xff) << 8) | (packet[i + 1] & 0xff);
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        packet[10] = (byte) (~sum >> 8);
        packet[11] = (byte) ~sum;
    }

    /** An IPv6 packet whose payload is zeros. */
    public static byte[] ipv6(
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            int nextHeader,
            int hopLimit,
            int payloadBytes) {
        ByteBuffer packet = ByteBuffer.allocate(40 + payloadBytes);
        packet.putInt(0x60000000)
                .putShort((short) payloadBytes)
                .put((byte) nextHeader)
                .put((byte) hopLimit);
        packet.putLong(sourceHigh).putLong(sourceLow).putLong(destinationHigh).putLong(destinationLow);
        return packet.array();
    }

    /** A copy with one byte changed. */
    public static byte[] with(byte[] frame, int offset, int value) {
        byte[] changed = frame.clone();
        changed[offset] = (byte) value;
        return changed;
    }

    /** A copy with zeros appended, or cut off. */
    public static byte[] resized(byte[] frame, int bytes) {
        return java.util.Arrays.copyOf(frame, bytes);
    }
}
