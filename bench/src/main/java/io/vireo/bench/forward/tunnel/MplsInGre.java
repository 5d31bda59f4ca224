package io.vireo.bench.forward.tunnel;

import static io.vireo.bench.forward.tunnel.OuterIpv4.require;

import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A label behind GRE (RFC 4023 §3.2). */
record MplsInGre() implements TunnelKind {
    private static final int PROTOCOL = 47;
    private static final int HEADER_BYTES = 4;

    @Override
    public String title() {
        return "MPLS in GRE";
    }

    @Override
    public InterfaceSpec localEnd(InterfaceSpec spec, int underlayRouter) {
        return OuterIpv4.localEnd(spec, Encapsulation.MPLS_GRE, underlayRouter).mpls(Mpls.LABEL, Mpls.LABEL);
    }

    @Override
    public byte[] encapsulate(byte[] inner) {
        byte[] labelled = LabelStackEntry.push(Mpls.LABEL, Mpls.REMOTE_TTL, inner);
        ByteBuffer gre = ByteBuffer.allocate(HEADER_BYTES + labelled.length)
                .putInt(LabelStackEntry.ETHERTYPE)
                .put(labelled);
        return OuterIpv4.encapsulate(PROTOCOL, gre.array());
    }

    @Override
    public byte[] decapsulate(byte[] outer) {
        byte[] gre = OuterIpv4.decapsulate(PROTOCOL, outer);
        require(gre.length >= HEADER_BYTES, "no room for a GRE header");
        require(ByteBuffer.wrap(gre).getInt() == LabelStackEntry.ETHERTYPE, "a wrong GRE header");
        return LabelStackEntry.pop(Mpls.LABEL, OuterIpv4.HOP_LIMIT, Arrays.copyOfRange(gre, HEADER_BYTES, gre.length));
    }
}
