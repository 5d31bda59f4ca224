package io.vireo.bench.forward.tunnel;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The IPv4 header of an outer packet (RFC 791 §3.1, RFC 2003 §3.1), without options; what is inside has neither DSCP, ECN nor DF. */
public final class OuterIpv4 {
    /** Vireo's end of the tunnel: 198.51.100.1. */
    public static final long LOCAL = 198L << 24 | 51 << 16 | 100 << 8 | 1;

    /** The far end: 198.51.100.2. */
    public static final long REMOTE = LOCAL + 1;

    /** TTL of the packets that Vireo sends into the tunnel: another one than any packet inside has. */
    public static final int HOP_LIMIT = 100;

    static final int BYTES = 20;

    private static final int VERSION_AND_WORDS = 0x45;
    private static final int REMOTE_HOP_LIMIT = 61;

    private OuterIpv4() {}

    static InterfaceSpec localEnd(InterfaceSpec spec, Encapsulation encapsulation, int underlayRouter) {
        return spec.tunnel(encapsulation, underlayRouter, AddressFamily.IPV4, 0, LOCAL, 0, REMOTE, HOP_LIMIT);
    }

    /** A packet from the far end to Vireo's. */
    static byte[] encapsulate(int protocol, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(BYTES + payload.length)
                .put((byte) VERSION_AND_WORDS)
                .put((byte) 0)
                .putShort((short) (BYTES + payload.length))
                .putInt(0)
                .put((byte) REMOTE_HOP_LIMIT)
                .put((byte) protocol)
                .putShort((short) 0)
                .putInt((int) REMOTE)
                .putInt((int) LOCAL)
                .put(payload);
        return packet.putShort(10, (short) ~InternetChecksum.sum(packet, 0, BYTES))
                .array();
    }

    /**
     * What is behind the header of a packet from Vireo's end to the far end. Its identification may be any.
     *
     * @throws IllegalArgumentException if another field is wrong
     */
    static byte[] decapsulate(int protocol, byte[] bytes) {
        ByteBuffer packet = ByteBuffer.wrap(bytes);
        require(
                bytes.length > BYTES && packet.getShort(0) == (short) (VERSION_AND_WORDS << Byte.SIZE),
                "a wrong outer header");
        require(packet.getShort(2) == (short) bytes.length, "a wrong outer length");
        require(packet.getShort(6) == 0, "a wrong outer fragment field");
        require(packet.get(8) == HOP_LIMIT, "a wrong outer TTL");
        require(packet.get(9) == protocol, "a wrong protocol");
        require(InternetChecksum.sum(packet, 0, BYTES) == InternetChecksum.RIGHT, "a wrong outer checksum");
        require(packet.getInt(12) == (int) LOCAL, "a wrong outer source");
        require(packet.getInt(16) == (int) REMOTE, "a wrong outer destination");
        return Arrays.copyOfRange(bytes, BYTES, bytes.length);
    }

    static void require(boolean isRight, String fault) {
        if (!isRight) {
            throw new IllegalArgumentException(fault);
        }
    }
}
