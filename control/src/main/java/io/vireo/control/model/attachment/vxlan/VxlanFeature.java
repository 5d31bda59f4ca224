package io.vireo.control.model.attachment.vxlan;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Encapsulation.Vxlan;
import io.vireo.control.model.HeaderModes;
import io.vireo.control.model.Limits;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.attachment.tunnel.EncapsulationFeature;
import io.vireo.control.model.attachment.tunnel.TunnelKey;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.value.TunnelSpec;
import java.util.List;

/** A tunnel whose packets have a UDP and a VXLAN header, and an Ethernet frame behind them. */
public record VxlanFeature(Vxlan vxlan) implements EncapsulationFeature {
    /** Of the UDP and VXLAN headers, and of the frame inside. */
    private static final int HEADER_BYTES = 8 + 8 + 14;

    @Override
    public String name() {
        return VxlanReader.VXLAN;
    }

    @Override
    public int headerBytes() {
        return HEADER_BYTES;
    }

    @Override
    public void write(Tree tree) {
        tree.put(VxlanReader.VNI, vxlan.vni()).putUnless(VxlanReader.PORT, vxlan.port(), Limits.VXLAN_PORT);
    }

    /** Two tunnels of a VNI are two, if their packets come to different ports. */
    @Override
    public TunnelKey key() {
        return new TunnelKey(VxlanReader.VNI, List.of(vxlan.vni(), vxlan.port()));
    }

    @Override
    public void check(Attachment.Tunnel tunnel, InterfaceChecks checks) {
        if (tunnel.modes().fragment() == HeaderModes.Fragment.OUTER) {
            checks.problem(
                    tunnel, "fragment", "is outer, and packets of VXLAN are not to be fragmented (RFC 7348 4.3)");
        }
    }

    @Override
    public Encapsulation code() {
        return Encapsulation.VXLAN;
    }

    @Override
    public void program(TunnelSpec tunnel) {
        tunnel.vxlan(vxlan.port(), vxlan.vni());
    }

    @Override
    public String describe() {
        return VxlanReader.VXLAN + " VNI " + vxlan.vni()
                + (vxlan.port() == Limits.VXLAN_PORT ? "" : " port " + vxlan.port());
    }
}
