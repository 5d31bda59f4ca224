package io.vireo.bench.forward.tunnel;

import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.nio.ByteBuffer;

/**
 * An outer header whose stream identifier is the VPN-ID (RFC 791 §3.1); IPv4 in it.
 *
 * @param vpnId at most 16 bits
 */
record Vns(int vpnId) implements TunnelKind {
    private static final int PROTOCOL = 4;
    private static final int STREAM_ID = 136;
    private static final int OPTION_BYTES = 4;

    @Override
    public String title() {
        return "VNS";
    }

    @Override
    public InterfaceSpec localEnd(InterfaceSpec spec, int underlayRouter) {
        return OuterIpv4.localEnd(spec, Encapsulation.VNS, underlayRouter).vns(VnsOption.STREAM_ID, vpnId);
    }

    @Override
    public byte[] encapsulate(byte[] inner) {
        return OuterIpv4.encapsulate(PROTOCOL, options(), inner);
    }

    @Override
    public byte[] decapsulate(byte[] outer) {
        return OuterIpv4.decapsulate(PROTOCOL, options(), outer);
    }

    private byte[] options() {
        return ByteBuffer.allocate(OPTION_BYTES)
                .put((byte) STREAM_ID)
                .put((byte) OPTION_BYTES)
                .putShort((short) vpnId)
                .array();
    }
}
