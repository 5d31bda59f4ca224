package io.vireo.bench.forward.tunnel;

import static io.vireo.bench.forward.tunnel.OuterIpv4.require;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A UDP header without checksum (RFC 768) behind {@link OuterIpv4}; its source port stands for the flow inside. */
final class UdpHeader {
    /** The first dynamic port (RFC 6335 §6): the least that stands for a flow, and the one that the far end has. */
    static final int FIRST_PORT = 49152;

    static final int BYTES = 8;

    private static final int PROTOCOL = 17;

    private UdpHeader() {}

    static byte[] encapsulate(int port, byte[] payload) {
        ByteBuffer udp = ByteBuffer.allocate(BYTES + payload.length)
                .putShort((short) FIRST_PORT)
                .putShort((short) port)
                .putShort((short) (BYTES + payload.length))
                .putShort((short) 0);
        return OuterIpv4.encapsulate(PROTOCOL, udp.put(payload).array());
    }

    static byte[] decapsulate(int port, byte[] outer) {
        byte[] bytes = OuterIpv4.decapsulate(PROTOCOL, outer);
        require(bytes.length > BYTES, "no room for UDP");
        ByteBuffer udp = ByteBuffer.wrap(bytes);
        require(Short.toUnsignedInt(udp.getShort()) >= FIRST_PORT, "a wrong source port");
        require(udp.getShort() == (short) port, "a wrong destination port");
        require(udp.getShort() == (short) bytes.length, "a wrong UDP length");
        require(udp.getShort() == 0, "a wrong UDP checksum");
        return Arrays.copyOfRange(bytes, BYTES, bytes.length);
    }
}
