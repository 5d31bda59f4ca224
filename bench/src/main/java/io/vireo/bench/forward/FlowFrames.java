package io.vireo.bench.forward;

import io.vireo.dataplane.wire.code.AddressFamily;
import java.nio.ByteBuffer;

/** Makes the frames of flows. */
final class FlowFrames {
    /** MAC address of every router's interface: 02:00:00:00:00:01. */
    static final long ROUTER_MAC = 0x020000000001L;

    /** MAC address of the sender: 02:00:00:00:00:02. */
    static final long SENDER_MAC = 0x020000000002L;

    static final int HOP_LIMIT = 64;
    static final int ETHERTYPE_VLAN = 0x8100;
    static final int ETHERTYPE_IPV4 = 0x0800;
    static final int ETHERTYPE_IPV6 = 0x86DD;
    static final int IPV4_HEADER_BYTES = 20;

    private static final int IPV6_HEADER_BYTES = 40;
    private static final int UDP = 17;
    private static final int NO_NEXT_HEADER = 59; // RFC 8200 §4.7: a tagged frame of 64 bytes has no room for UDP

    private FlowFrames() {}

    /** A frame of that length, which counts no FCS, with a VLAN tag. */
    static byte[] tagged(Flow flow, int vlan, int bytes) {
        byte[] frame = new byte[bytes];
        ByteBuffer fields = ByteBuffer.wrap(frame);
        putMacs(fields);
        fields.putShort((short) ETHERTYPE_VLAN).putShort((short) vlan);
        putPacket(fields, flow);
        return frame;
    }

    /** The same without a tag, for programs that know no VLANs. */
    static byte[] untagged(Flow flow, int bytes) {
        byte[] frame = new byte[bytes];
        ByteBuffer fields = ByteBuffer.wrap(frame);
        putMacs(fields);
        putPacket(fields, flow);
        return frame;
    }

    private static void putMacs(ByteBuffer frame) {
        frame.putShort((short) (ROUTER_MAC >> 32)).putInt((int) ROUTER_MAC);
        frame.putShort((short) (SENDER_MAC >> 32)).putInt((int) SENDER_MAC);
    }

    private static void putPacket(ByteBuffer frame, Flow flow) {
        if (flow.family() == AddressFamily.IPV4) {
            frame.putShort((short) ETHERTYPE_IPV4);
            putIpv4(frame, flow);
        } else {
            frame.putShort((short) ETHERTYPE_IPV6);
            putIpv6(frame, flow);
        }
    }

    /** IPv4 and UDP up to the end of the frame: RFC 791 §3.1, RFC 768. */
    private static void putIpv4(ByteBuffer frame, Flow flow) {
        int start = frame.position();
        int packetBytes = frame.remaining();
        frame.put((byte) 0x45).put((byte) 0).putShort((short) packetBytes);
        frame.putInt(0).put((byte) HOP_LIMIT).put((byte) UDP).putShort((short) 0);
        frame.putInt(192 << 24 | 2 << 8 | 1).putInt((int) flow.lo()); // from 192.0.2.1
        frame.putShort(start + 10, (short) ~sum(frame, start));
        frame.putShort((short) 1024).putShort((short) 9); // source port; discard
        frame.putShort((short) (packetBytes - IPV4_HEADER_BYTES)).putShort((short) 0); // no UDP checksum
    }

    /** IPv6 without a next header: RFC 8200 §3. */
    private static void putIpv6(ByteBuffer frame, Flow flow) {
        int payloadBytes = frame.remaining() - IPV6_HEADER_BYTES;
        frame.putInt(6 << 28).putShort((short) payloadBytes);
        frame.put((byte) NO_NEXT_HEADER).put((byte) HOP_LIMIT);
        frame.putLong(0x2001_0db8_0000_0000L).putLong(1); // from 2001:db8::1
        frame.putLong(flow.hi()).putLong(flow.lo());
    }

    /** The one's complement sum of an IPv4 header, RFC 1071: 0xffff when its checksum is right. */
    static int sum(ByteBuffer frame, int start) {
        int sum = 0;
        for (int offset = 0; offset < IPV4_HEADER_BYTES; offset += Short.BYTES) {
            sum += Short.toUnsignedInt(frame.getShort(start + offset));
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }
}
