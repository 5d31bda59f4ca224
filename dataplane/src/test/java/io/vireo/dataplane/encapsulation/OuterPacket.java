package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The obvious way to put a packet into a packet, field by field and in no hurry: what the path's answer is compared with. */
final class OuterPacket {
    private static final int TAGGED_HEADER_BYTES = 18;
    private static final int FLOW_LABEL = 0xfffff;
    private static final int IPV4 = 4;
    private static final int IPV6 = 41;
    private static final byte[] NO_HEADER = {};

    private OuterPacket() {}

    /** IP in IP, as RFC 2003 §3.1 and RFC 4213 §3.5 lay it out. */
    static byte[] ipv4(byte[] inner, int source, int destination, int ttl, int identification) {
        return ipv4(protocolOf(inner), NO_HEADER, inner, source, destination, ttl, identification);
    }

    /** With a header of the tunnel's kind before the packet inside. */
    static byte[] ipv4(
            int protocol, byte[] header, byte[] inner, int source, int destination, int ttl, int identification) {
        int bytes = 20 + header.length + inner.length;
        int dontFragment = isIpv4(inner) ? inner[6] & 0x40 : 0;
        byte[] packet = ByteBuffer.allocate(bytes)
                .put((byte) 0x45)
                .put((byte) trafficClass(inner))
                .putShort((short) bytes)
                .putShort((short) identification)
                .put((byte) dontFragment)
                .put((byte) 0)
                .put((byte) ttl)
                .put((byte) protocol)
                .putShort((short) 0)
                .putInt(source)
                .putInt(destination)
                .put(header)
                .put(inner)
                .array();
        TestFrames.fixChecksum(packet, 20);
        return packet;
    }

    /** IP in IP, as RFC 2473 §3 and §6 say. */
    static byte[] ipv6(
            byte[] inner, long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, int hopLimit) {
        return ipv6(
                protocolOf(inner), NO_HEADER, inner, sourceHigh, sourceLow, destinationHigh, destinationLow, hopLimit);
    }

    /** With a header of the tunnel's kind before the packet inside. */
    static byte[] ipv6(
            int nextHeader,
            byte[] header,
            byte[] inner,
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            int hopLimit) {
        return ByteBuffer.allocate(40 + header.length + inner.length)
                .putInt(6 << 28 | trafficClass(inner) << 20)
                .putShort((short) (header.length + inner.length))
                .put((byte) nextHeader)
                .put((byte) hopLimit)
                .putLong(sourceHigh)
                .putLong(sourceLow)
                .putLong(destinationHigh)
                .putLong(destinationLow)
                .put(header)
                .put(inner)
                .array();
    }

    /**
     * Takes the flow label out of a tagged frame whose outer packet is IPv6, which is any number but 0 (RFC 6438 §3), or the flow
     * identifiers out of IPv4 headers within each other, and makes the source ports of VXLAN all alike, which must be dynamic ones. Leaves
     * other frames as they are.
     */
    static byte[] withoutFlow(byte[] taggedFrame) {
        ByteBuffer frame = ByteBuffer.wrap(taggedFrame.clone());
        int firstWord = frame.getInt(TAGGED_HEADER_BYTES);
        if (firstWord >>> 28 == 6) {
            assertThat(firstWord & FLOW_LABEL).isNotZero();
            frame.putInt(TAGGED_HEADER_BYTES, firstWord & ~FLOW_LABEL);
            if (isVxlan(frame, TAGGED_HEADER_BYTES + 6, TAGGED_HEADER_BYTES + 40)) {
                removeSourcePort(frame, TAGGED_HEADER_BYTES + 40);
            }
        }
        int at = TAGGED_HEADER_BYTES;
        while (at + 20 < taggedFrame.length && frame.get(at) >>> 4 == 4) {
            if (frame.get(at) == 0x47 && frame.getShort(at + 20) == (short) 0x9e08) {
                byte[] header = Arrays.copyOfRange(frame.array(), at, at + 28);
                TestFrames.fixChecksum(header);
                assertThat(header).isEqualTo(Arrays.copyOfRange(frame.array(), at, at + 28));
                header[26] = 0;
                header[27] = 0;
                TestFrames.fixChecksum(header);
                frame.put(at, header);
            }
            if (isVxlan(frame, at + 9, at + 20)) {
                removeSourcePort(frame, at + 20);
                at += 20 + VxlanPacket.HEADER_BYTES + 14;
            } else {
                at += frame.get(at + 9) == IPV4 ? (frame.get(at) & 0xf) * 4 : taggedFrame.length;
            }
        }
        return frame.array();
    }

    private static boolean isVxlan(ByteBuffer frame, int protocolAt, int udpAt) {
        return frame.get(protocolAt) == VxlanPacket.PROTOCOL
                && frame.capacity() >= udpAt + VxlanPacket.HEADER_BYTES
                && frame.getShort(udpAt + 2) == VxlanPacket.PORT;
    }

    private static void removeSourcePort(ByteBuffer frame, int udpAt) {
        assertThat(frame.getShort(udpAt) & 0xffff).isBetween(49_152, 65_535);
        frame.putShort(udpAt, (short) 49_152);
    }

    /** Cuts off what is behind the header of a tunnel, and says so in the length. */
    static byte[] withoutEnd(byte[] packet, int bytes) {
        byte[] shorter = Arrays.copyOf(packet, packet.length - bytes);
        ByteBuffer header = ByteBuffer.wrap(shorter);
        if (isIpv4(packet)) {
            header.putShort(2, (short) shorter.length);
            TestFrames.fixChecksum(shorter, 20);
        } else {
            header.putShort(4, (short) (shorter.length - 40));
        }
        return shorter;
    }

    /** An IPv6 packet of UDP with its checksum, summed word by word as RFC 8200 §8.1 says. */
    static byte[] withUdpChecksum(byte[] packet) {
        byte[] changed = packet.clone();
        changed[46] = 0;
        changed[47] = 0;
        int sum = packet.length - 40 + 17;
        for (int n = 8; n < packet.length; n++) {
            sum += (changed[n] & 0xff) << (n % 2 == 0 ? 8 : 0);
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        int checksum = ~((sum & 0xffff) + (sum >>> 16)) & 0xffff;
        ByteBuffer.wrap(changed).putShort(46, (short) (checksum == 0 ? 0xffff : checksum));
        return changed;
    }

    /** Of IP in IP. */
    static int protocolOf(byte[] inner) {
        return isIpv4(inner) ? IPV4 : IPV6;
    }

    private static boolean isIpv4(byte[] packet) {
        return packet.length >= 20 && packet[0] >> 4 == 4;
    }

    static int trafficClass(byte[] packet) {
        if (packet.length < 20) {
            return 0; // no IP packet
        }
        return isIpv4(packet) ? packet[1] & 0xff : (packet[0] & 0xf) << 4 | (packet[1] & 0xf0) >> 4;
    }
}
