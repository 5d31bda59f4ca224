package io.vireo.bench.forward.tunnel;

import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.value.InterfaceSpec;

/** A label on the link itself (RFC 3032), the same both ways. */
record Mpls() implements TunnelKind {
    static final int LABEL = 0x54321;

    /** Of the label, as the far end sends it. */
    static final int REMOTE_TTL = 61;

    @Override
    public String title() {
        return "MPLS";
    }

    @Override
    public InterfaceSpec localEnd(InterfaceSpec spec, int underlayRouter) {
        return OuterIpv4.localEnd(spec, Encapsulation.MPLS, underlayRouter).mpls(LABEL, LABEL);
    }

    @Override
    public int etherType() {
        return LabelStackEntry.ETHERTYPE;
    }

    @Override
    public byte[] encapsulate(byte[] inner) {
        return LabelStackEntry.push(LABEL, REMOTE_TTL, inner);
    }

    @Override
    public byte[] decapsulate(byte[] outer) {
        return LabelStackEntry.pop(LABEL, OuterIpv4.HOP_LIMIT, outer);
    }
}
