package io.vireo.bench.forward.tunnel;

import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.value.InterfaceSpec;

/** A label behind UDP (RFC 7510). */
record MplsInUdp() implements TunnelKind {
    private static final int PORT = 6635;

    @Override
    public String title() {
        return "MPLS in UDP";
    }

    @Override
    public InterfaceSpec localEnd(InterfaceSpec spec, int underlayRouter) {
        InterfaceSpec end =
                OuterIpv4.localEnd(spec, Encapsulation.MPLS_UDP, underlayRouter).mpls(Mpls.LABEL, Mpls.LABEL);
        end.tunnel().udpPort(PORT);
        return end;
    }

    @Override
    public byte[] encapsulate(byte[] inner) {
        return UdpHeader.encapsulate(PORT, LabelStackEntry.push(Mpls.LABEL, Mpls.REMOTE_TTL, inner));
    }

    @Override
    public byte[] decapsulate(byte[] outer) {
        return LabelStackEntry.pop(Mpls.LABEL, OuterIpv4.HOP_LIMIT, UdpHeader.decapsulate(PORT, outer));
    }
}
