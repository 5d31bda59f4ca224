package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.VnsOption;
import java.nio.ByteBuffer;

/** The obvious way to write the options of an IPv4 header that say of which VPN it is: byte by byte. */
public final class VnsPacket {
    static final int STREAM_ID = 136;
    static final int EXPERIMENTAL = 158;

    private VnsPacket() {}

    /** One of {@link VnsOption}, padded to whole words. */
    public static byte[] options(int option, int vpnId, int flow) {
        byte high = (byte) (vpnId >> 24);
        byte second = (byte) (vpnId >> 16);
        byte third = (byte) (vpnId >> 8);
        byte low = (byte) vpnId;
        return switch (option) {
            case VnsOption.STREAM_ID -> new byte[] {(byte) STREAM_ID, 4, third, low};
            case VnsOption.EXPERIMENTAL -> new byte[] {(byte) EXPERIMENTAL, 6, high, second, third, low, 0, 0};
            case VnsOption.EXPERIMENTAL_WITH_FLOW ->
                new byte[] {(byte) EXPERIMENTAL, 8, high, second, third, low, (byte) (flow >> 8), (byte) flow};
            default -> throw new IllegalArgumentException("option " + option);
        };
    }

    /** Puts options, a multiple of 4 bytes, into an IPv4 packet that has none. */
    public static byte[] withOptions(byte[] packet, byte[] options) {
        byte[] longer = ByteBuffer.allocate(packet.length + options.length)
                .put(packet, 0, 20)
                .put(options)
                .put(packet, 20, packet.length - 20)
                .put(0, (byte) (0x45 + options.length / 4))
                .putShort(2, (short) (packet.length + options.length))
                .array();
        TestFrames.fixChecksum(longer, 20 + options.length);
        return longer;
    }
}
