package io.vireo.bench.forward.tunnel;

import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.value.InterfaceSpec;

/** An outer header and nothing else (RFC 2003); IPv4 in it. */
record IpInIp() implements TunnelKind {
    static final int PROTOCOL = 4;

    @Override
    public String title() {
        return "IP in IP";
    }

    @Override
    public InterfaceSpec localEnd(InterfaceSpec spec, int underlayRouter) {
        return OuterIpv4.localEnd(spec, Encapsulation.IPIP, underlayRouter);
    }

    @Override
    public byte[] encapsulate(byte[] inner) {
        return OuterIpv4.encapsulate(PROTOCOL, inner);
    }

    @Override
    public byte[] decapsulate(byte[] outer) {
        return OuterIpv4.decapsulate(PROTOCOL, outer);
    }
}
