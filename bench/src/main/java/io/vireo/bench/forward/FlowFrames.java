package io.vireo.bench.forward;

import io.vireo.bench.forward.tunnel.InternetChecksum;
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
    static final int IPV4_HEADER_BYTES = 20;
    static final int TAGGED_HEADER_BYTES = 18;

    private static final int UNTAGGED_HEADER_BYTES = 14;
    static final int IPV4_HOP_LIMIT = 8;
    private static final int IPV4_CHECKSUM = 10;
    static final int IPV6_HOP_LIMIT = 7;
    private static final int IPV6_HEADER_BYTES = 40;
    private static final int UDP = 17;
    private static final int NO_NEXT_HEADER = 59; // RFC 8200 §4.7: a tagged frame of 64 bytes has no room for UDP

    private FlowFrames() {}

    /** A packet's frame with a VLAN tag. */
    static byte[] tagged(byte[] packet, int vlan) {
        return tagged(Payload.packet(packet), vlan);
    }

    /** A frame with a VLAN tag. */
    @SuppressWarnings("ByteBufferBackingArray") // the buffer was made for this frame
    static byte[] tagged(Payload payload, int vlan) {
        ByteBuffer frame = withMacs(TAGGED_HEADER_BYTES + payload.bytes().length);
        frame.putShort((short) ETHERTYPE_VLAN).putShort((short) vlan);
        return frame.putShort((short) payload.etherType()).put(payload.bytes()).array();
    }

    /** A flow's frame of that length, which counts no FCS, without a tag, for programs that know no VLANs. */
    static byte[] untagged(Flow flow, int bytes) {
        byte[] packet = packet(flow, bytes - UNTAGGED_HEADER_BYTES);
        return withMacs(bytes)
                .putShort((short) Payload.packet(packet).etherType())
                .put(packet)
                .array();
    }

    private static ByteBuffer withMacs(int bytes) {
        return ByteBuffer.allocate(bytes)
                .putShort((short) (ROUTER_MAC >> 32))
                .putInt((int) ROUTER_MAC)
                .putShort((short) (SENDER_MAC >> 32))
                .putInt((int) SENDER_MAC);
    }

    private static boolean isIpv4(byte[] packet) {
        return packet[0] >> 4 == 4;
    }

    /** A flow's packet of that length. */
    static byte[] packet(Flow flow, int bytes) {
        ByteBuffer packet = ByteBuffer.allocate(bytes);
        if (flow.family() == AddressFamily.IPV4) {
            putIpv4(packet, flow);
        } else {
            putIpv6(packet, flow);
        }
        return packet.array();
    }

    /** What a router makes of a packet: the hop limit is less by one, and all else as it was. */
    static byte[] forwarded(byte[] packet) {
        if (isIpv4(packet)) {
            return withIpv4HopLimit(packet, packet[IPV4_HOP_LIMIT] - 1);
        }
        byte[] forwarded = packet.clone();
        forwarded[IPV6_HOP_LIMIT]--;
        return forwarded;
    }

    /** An IPv4 packet with another hop limit, and the checksum of that. */
    static byte[] withIpv4HopLimit(byte[] packet, int hopLimit) {
        ByteBuffer fields = ByteBuffer.wrap(packet.clone());
        fields.put(IPV4_HOP_LIMIT, (byte) hopLimit).putShort(IPV4_CHECKSUM, (short) 0);
        return fields.putShort(IPV4_CHECKSUM, (short) ~InternetChecksum.sum(fields, 0, IPV4_HEADER_BYTES))
                .array();
    }

    /** IPv4 and UDP up to the end: RFC 791 §3.1, RFC 768. */
    private static void putIpv4(ByteBuffer packet, Flow flow) {
        int packetBytes = packet.remaining();
        packet.put((byte) 0x45).put((byte) 0).putShort((short) packetBytes);
        packet.putInt(0).put((byte) HOP_LIMIT).put((byte) UDP).putShort((short) 0);
        packet.putInt(192 << 24 | 2 << 8 | 1).putInt((int) flow.lo()); // from 192.0.2.1
        packet.putShort(IPV4_CHECKSUM, (short) ~InternetChecksum.sum(packet, 0, IPV4_HEADER_BYTES));
        packet.putShort((short) 1024).putShort((short) 9); // source port; discard
        packet.putShort((short) (packetBytes - IPV4_HEADER_BYTES)).putShort((short) 0); // no UDP checksum
    }

    /** IPv6 without a next header: RFC 8200 §3. */
    private static void putIpv6(ByteBuffer packet, Flow flow) {
        int payloadBytes = packet.remaining() - IPV6_HEADER_BYTES;
        packet.putInt(6 << 28).putShort((short) payloadBytes);
        packet.put((byte) NO_NEXT_HEADER).put((byte) HOP_LIMIT);
        packet.putLong(0x2001_0db8_0000_0000L).putLong(1); // from 2001:db8::1
        packet.putLong(flow.hi()).putLong(flow.lo());
    }
}
