package io.vireo.bench.forward.tunnel;

import static io.vireo.bench.forward.tunnel.OuterIpv4.require;

import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** An Ethernet frame behind UDP and a VXLAN header (RFC 7348 §5); IPv4 in it. */
record Vxlan(int vni) implements TunnelKind {
    private static final int PORT = 4789;
    private static final int FLAGS = 0x0800_0000;
    private static final int HEADER_BYTES = 8;
    private static final int FRAME_BYTES = 14;
    private static final int TYPE_IPV4 = 0x0800;
    private static final long SHORT_MASK = 0xffff;

    @Override
    public String title() {
        return "VXLAN";
    }

    @Override
    public InterfaceSpec localEnd(InterfaceSpec spec, int underlayRouter) {
        return OuterIpv4.localEnd(spec, Encapsulation.VXLAN, underlayRouter).vxlan(PORT, vni);
    }

    @Override
    public byte[] encapsulate(byte[] inner) {
        ByteBuffer vxlan = ByteBuffer.allocate(HEADER_BYTES + FRAME_BYTES + inner.length)
                .putInt(FLAGS)
                .putInt(vni << Byte.SIZE)
                .put(addresses(LOCAL_MAC, REMOTE_MAC))
                .putShort((short) TYPE_IPV4);
        return UdpHeader.encapsulate(PORT, vxlan.put(inner).array());
    }

    @Override
    public byte[] decapsulate(byte[] outer) {
        byte[] vxlan = UdpHeader.decapsulate(PORT, outer);
        require(vxlan.length > HEADER_BYTES + FRAME_BYTES, "no room for VXLAN");
        ByteBuffer fields = ByteBuffer.wrap(vxlan);
        require(fields.getInt() == FLAGS, "wrong VXLAN flags");
        require(fields.getInt() == vni << Byte.SIZE, "a wrong VNI");
        byte[] addresses = Arrays.copyOfRange(vxlan, HEADER_BYTES, HEADER_BYTES + FRAME_BYTES - Short.BYTES);
        require(Arrays.equals(addresses, addresses(REMOTE_MAC, LOCAL_MAC)), "wrong addresses inside");
        require(fields.getShort(HEADER_BYTES + addresses.length) == TYPE_IPV4, "a wrong type inside");
        return Arrays.copyOfRange(vxlan, HEADER_BYTES + FRAME_BYTES, vxlan.length);
    }

    private static byte[] addresses(long destination, long source) {
        return ByteBuffer.allocate(FRAME_BYTES - Short.BYTES)
                .putLong(destination << Short.SIZE | (source >>> Integer.SIZE & SHORT_MASK))
                .putInt((int) source)
                .array();
    }
}
