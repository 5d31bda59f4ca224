package io.vireo.bench.forward.tunnel;

import static io.vireo.bench.forward.tunnel.OuterIpv4.require;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The eight bytes before an IPv4 packet on a virtual link of the substrate: a zero, the identifier, the length and the ethertype of what
 * follows.
 */
public final class VirtualLinkHeader {
    /** Of frames of virtual links: local experimental (IEEE 802 §9.2.4). */
    public static final int ETHERTYPE = 0x88b5;

    static final int BYTES = 8;

    private VirtualLinkHeader() {}

    /** Puts it before a packet. */
    public static byte[] encapsulate(int identifier, byte[] packet) {
        return ByteBuffer.allocate(BYTES + packet.length)
                .putInt(identifier)
                .putShort((short) packet.length)
                .putShort((short) OuterIpv4.ETHERTYPE)
                .put(packet)
                .array();
    }

    /**
     * Takes it off.
     *
     * @throws IllegalArgumentException if it is not as {@link #encapsulate} writes it
     */
    public static byte[] decapsulate(int identifier, byte[] bytes) {
        require(bytes.length > BYTES, "no room for a virtual link's header");
        ByteBuffer header = ByteBuffer.wrap(bytes);
        require(header.getInt() == identifier, "a wrong virtual-link identifier");
        require(header.getShort() == (short) (bytes.length - BYTES), "a wrong length of a virtual link's packet");
        require(header.getShort() == OuterIpv4.ETHERTYPE, "a wrong type of a virtual link's packet");
        return Arrays.copyOfRange(bytes, BYTES, bytes.length);
    }
}
