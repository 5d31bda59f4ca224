package io.vireo.dataplane.encapsulation;

import java.nio.ByteBuffer;

/** The obvious way to write a UDP header, a VXLAN header and an Ethernet header before a packet: field by field. */
public final class VxlanPacket {
    public static final int PROTOCOL = 17;
    public static final int PORT = 4789;

    /** UDP and VXLAN. */
    static final int HEADER_BYTES = 16;

    private static final int ETHERNET_BYTES = 14;

    /** The first of those that a flow may have: {@link OuterPacket#withoutFlow} makes it of all of them. */
    private static final int SOURCE_PORT = 49_152;

    private VxlanPacket() {}

    /** As RFC 7348 §5 lays it out, without the frame. */
    public static byte[] header(int vni, int frameBytes) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .putShort((short) SOURCE_PORT)
                .putShort((short) PORT)
                .putShort((short) (HEADER_BYTES + frameBytes))
                .putShort((short) 0)
                .putInt(0x0800_0000)
                .putInt(vni << 8)
                .array();
    }

    /** The Ethernet header of a frame between the two ends of a tunnel. */
    static byte[] ethernet(byte[] packet, boolean isSentHere) {
        long destination = isSentHere ? TunnelRig.FAR_MAC : TunnelRig.TUNNEL_MAC;
        long source = isSentHere ? TunnelRig.TUNNEL_MAC : TunnelRig.FAR_MAC;
        return ByteBuffer.allocate(ETHERNET_BYTES)
                .putInt((int) (destination >>> 16))
                .putShort((short) destination)
                .putInt((int) (source >>> 16))
                .putShort((short) source)
                .putShort((short) TunnelRig.type(packet))
                .array();
    }
}
