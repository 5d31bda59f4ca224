package io.vireo.bench.forward.tunnel;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The IPv4 header of an outer packet (RFC 791 §3.1, RFC 2003 §3.1); what is inside has neither DSCP, ECN nor DF. */
public final class OuterIpv4 {
    /** Vireo's end of the tunnel: 198.51.100.1. */
    public static final long LOCAL = 198L << 24 | 51 << 16 | 100 << 8 | 1;

    /** The far end: 198.51.100.2. */
    public static final long REMOTE = LOCAL + 1;

    /** TTL of the packets that Vireo sends into the tunnel: another one than any packet inside has. */
    public static final int HOP_LIMIT = 100;

    static final int ETHERTYPE = 0x0800;
    static final int BYTES = 20;

    private static final int VERSION = 4;
    private static final int NETWORK_CONTROL = 48 << 2; // DSCP CS6, RFC 4594 §3.1
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int REMOTE_HOP_LIMIT = 61;

    private OuterIpv4() {}

    static InterfaceSpec localEnd(InterfaceSpec spec, Encapsulation encapsulation, int underlayRouter) {
        return spec.tunnel(encapsulation, underlayRouter, AddressFamily.IPV4, 0, LOCAL, 0, REMOTE, HOP_LIMIT);
    }

    /** Makes a tunnel's end the other one, where that is Vireo's too. */
    public static InterfaceSpec exchangeEnds(InterfaceSpec end) {
        end.tunnel().ends(AddressFamily.IPV4, 0, /* localLow= */ REMOTE, 0, /* remoteLow= */ LOCAL);
        return end;
    }

    /** A packet from the far end to Vireo's, without options. */
    static byte[] encapsulate(int protocol, byte[] payload) {
        return encapsulate(protocol, new byte[0], payload);
    }

    /** A packet from the far end to Vireo's. */
    static byte[] encapsulate(int protocol, byte[] options, byte[] payload) {
        int headerBytes = BYTES + options.length;
        ByteBuffer packet = ByteBuffer.allocate(headerBytes + payload.length)
                .put(versionAndWords(options))
                .put((byte) 0)
                .putShort((short) (headerBytes + payload.length))
                .putInt(0)
                .put((byte) REMOTE_HOP_LIMIT)
                .put((byte) protocol)
                .putShort((short) 0)
                .putInt((int) REMOTE)
                .putInt((int) LOCAL)
                .put(options)
                .put(payload);
        return packet.putShort(10, (short) ~InternetChecksum.sum(packet, 0, headerBytes))
                .array();
    }

    private static byte versionAndWords(byte[] options) {
        return (byte) (VERSION << 4 | (BYTES + options.length) / Integer.BYTES);
    }

    /** As {@link #decapsulate(int, byte[], byte[])}, without options. */
    static byte[] decapsulate(int protocol, byte[] bytes) {
        return decapsulate(protocol, new byte[0], bytes);
    }

    /**
     * What is behind the header of a packet from Vireo's end to the far end. Its identification may be any.
     *
     * @throws IllegalArgumentException if another field is wrong
     */
    static byte[] decapsulate(int protocol, byte[] options, byte[] bytes) {
        return decapsulate(protocol, options, bytes, 0, 0);
    }

    /** As {@link #decapsulate(int, byte[])}, of a packet of network control that must not be fragmented: both are said outside, too. */
    static byte[] decapsulateControl(int protocol, byte[] bytes) {
        return decapsulate(protocol, new byte[0], bytes, NETWORK_CONTROL, DONT_FRAGMENT);
    }

    private static byte[] decapsulate(int protocol, byte[] options, byte[] bytes, int tos, int fragment) {
        ByteBuffer packet = ByteBuffer.wrap(bytes);
        int headerBytes = BYTES + options.length;
        int first = versionAndWords(options) << Byte.SIZE | tos;
        require(bytes.length > headerBytes && packet.getShort(0) == (short) first, "a wrong outer header");
        require(packet.getShort(2) == (short) bytes.length, "a wrong outer length");
        require(packet.getShort(6) == fragment, "a wrong outer fragment field");
        require(packet.get(8) == HOP_LIMIT, "a wrong outer TTL");
        require(packet.get(9) == protocol, "a wrong protocol");
        require(InternetChecksum.sum(packet, 0, headerBytes) == InternetChecksum.RIGHT, "a wrong outer checksum");
        require(packet.getInt(12) == (int) LOCAL, "a wrong outer source");
        require(packet.getInt(16) == (int) REMOTE, "a wrong outer destination");
        require(Arrays.equals(options, 0, options.length, bytes, BYTES, headerBytes), "a wrong option");
        return Arrays.copyOfRange(bytes, headerBytes, bytes.length);
    }

    static void require(boolean isRight, String fault) {
        if (!isRight) {
            throw new IllegalArgumentException(fault);
        }
    }
}
