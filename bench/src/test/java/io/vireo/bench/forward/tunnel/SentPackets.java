package io.vireo.bench.forward.tunnel;

import java.nio.ByteBuffer;

/** What Vireo's end of a tunnel sends, made of what the far end would: with the addresses exchanged, and Vireo's TTL. */
public final class SentPackets {
    private SentPackets() {}

    public static byte[] of(TunnelKind kind, byte[] inner) {
        ByteBuffer packet = ByteBuffer.wrap(kind.encapsulate(inner));
        packet.putInt(12, (int) OuterIpv4.LOCAL).putInt(16, (int) OuterIpv4.REMOTE);
        packet.putShort(4, (short) 0x1234); // identification
        return withChecksum(packet.put(8, (byte) OuterIpv4.HOP_LIMIT));
    }

    @SuppressWarnings("ByteBufferBackingArray") // wraps the packet
    static byte[] withChecksum(ByteBuffer packet) {
        packet.putShort(10, (short) 0);
        return packet.putShort(10, (short) ~InternetChecksum.sum(packet, 0, (packet.get(0) & 0xf) * 4))
                .array();
    }
}
