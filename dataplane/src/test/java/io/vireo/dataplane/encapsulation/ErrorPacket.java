package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.TestFrames;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The obvious way to write an ICMP error, field by field. */
final class ErrorPacket {
    private ErrorPacket() {}

    /** RFC 792, RFC 1191 §4: from the router, about as much of the packet as 576 bytes hold. */
    static byte[] ipv4(int type, int code, int mtu, int from, int to, byte[] about) {
        byte[] quoted = Arrays.copyOf(about, Math.min(about.length, 576 - 28));
        byte[] packet = ByteBuffer.allocate(28 + quoted.length)
                .putInt(0x45c0_0000 | 28 + quoted.length)
                .putInt(0)
                .putInt(255 << 24 | 1 << 16)
                .putInt(from)
                .putInt(to)
                .putInt(type << 24 | code << 16)
                .putInt(mtu)
                .put(quoted)
                .array();
        TestFrames.fixChecksum(packet, 20);
        ByteBuffer.wrap(packet).putShort(22, (short) checksum(0, packet, 20));
        return packet;
    }

    /** RFC 4443 §3.2, §3.3: about as much as 1,280 bytes hold. */
    static byte[] ipv6(int type, int mtu, long fromHigh, long fromLow, byte[] about) {
        byte[] quoted = Arrays.copyOf(about, Math.min(about.length, 1_280 - 48));
        byte[] packet = ByteBuffer.allocate(48 + quoted.length)
                .putInt(0x6000_0000)
                .putShort((short) (8 + quoted.length))
                .put((byte) 58)
                .put((byte) 255)
                .putLong(fromHigh)
                .putLong(fromLow)
                .put(about, 8, 16)
                .putInt(type << 24)
                .putInt(mtu)
                .put(quoted)
                .array();
        int sum = checksum(58 + 8 + quoted.length, packet, 8);
        ByteBuffer.wrap(packet).putShort(42, (short) sum);
        return packet;
    }

    private static int checksum(int first, byte[] packet, int from) {
        byte[] even = Arrays.copyOfRange(packet, from, packet.length + 1);
        int sum = first;
        for (int i = 0; i + 1 < even.length; i += 2) {
            sum += ((even[i] & 0xff) << 8) | (even[i + 1] & 0xff);
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return ~sum & 0xffff;
    }
}
