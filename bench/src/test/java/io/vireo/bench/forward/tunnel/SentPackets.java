package io.vireo.bench.forward.tunnel;

import java.nio.ByteBuffer;

/** What Vireo's end of a tunnel sends, made of what the far end would: with the addresses exchanged, and Vireo's TTLs. */
public final class SentPackets {
    private SentPackets() {}

    public static byte[] of(TunnelKind kind, byte[] inner) {
        ByteBuffer packet = ByteBuffer.wrap(kind.encapsulate(inner));
        if (kind.title().startsWith("MPLS")) {
            packet.put(packet.capacity() - inner.length - 1, (byte) OuterIpv4.HOP_LIMIT);
        }
        if (kind instanceof Vxlan) {
            int frame = packet.capacity() - inner.length - 14;
            packet.putLong(frame, TunnelKind.REMOTE_MAC << 16 | TunnelKind.LOCAL_MAC >>> 32)
                    .putInt(frame + 8, (int) TunnelKind.LOCAL_MAC);
        }
        return kind.etherType() == OuterIpv4.ETHERTYPE ? withOuterHeader(packet) : bytes(packet);
    }

    private static byte[] withOuterHeader(ByteBuffer packet) {
        packet.putInt(12, (int) OuterIpv4.LOCAL).putInt(16, (int) OuterIpv4.REMOTE);
        packet.putShort(4, (short) 0x1234); // identification
        return withChecksum(packet.put(8, (byte) OuterIpv4.HOP_LIMIT));
    }

    static byte[] withChecksum(ByteBuffer packet) {
        packet.putShort(10, (short) 0);
        return bytes(packet.putShort(10, (short) ~InternetChecksum.sum(packet, 0, (packet.get(0) & 0xf) * 4)));
    }

    @SuppressWarnings("ByteBufferBackingArray") // wraps the packet
    private static byte[] bytes(ByteBuffer packet) {
        return packet.array();
    }
}
