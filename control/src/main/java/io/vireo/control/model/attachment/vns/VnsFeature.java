package io.vireo.control.model.attachment.vns;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.Attachment;
import io.vireo.control.model.Encapsulation.Vns;
import io.vireo.control.model.VpnIdEncoding;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.attachment.tunnel.EncapsulationFeature;
import io.vireo.control.model.attachment.tunnel.TunnelKey;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dataplane.wire.value.TunnelSpec;

/**
 * A tunnel whose packets say of which VPN they are.
 *
 * @param ownVpnId of the VPN that the interface is of; 0 as long as that does not matter.
 */
public record VnsFeature(Vns vns, long ownVpnId) implements EncapsulationFeature {
    /** Of a tunnel of any VPN. */
    public VnsFeature(Vns vns) {
        this(vns, 0);
    }

    @Override
    public EncapsulationFeature ofVpn(long vpnId) {
        return new VnsFeature(vns, vpnId);
    }

    private long vpnId() {
        Long vpnId = vns.vpnId();
        return vpnId == null ? ownVpnId : vpnId;
    }

    @Override
    public String name() {
        return VnsReader.VNS;
    }

    /** Of the option with its padding. */
    @Override
    public int headerBytes() {
        return vns.option().headerBytes();
    }

    @Override
    public void write(Tree tree) {
        tree.put(VnsReader.VPN_ID, vns.vpnId())
                .putUnless(VnsReader.OPTION, vns.option().toString(), VpnIdEncoding.STREAM_ID.toString())
                .putUnless(VnsReader.FLOW_ID, vns.flowId(), false);
    }

    @Override
    public TunnelKey key() {
        return new TunnelKey(VnsReader.VPN_ID, vpnId());
    }

    @Override
    public void check(Attachment.Tunnel tunnel, InterfaceChecks checks) {
        VpnIdEncoding option = vns.option();
        if (tunnel.local().family() != AddressFamily.IPV4) {
            checks.problem(tunnel, "local", "is not IPv4, whose options carry the VPN-ID; there is none in IPv6");
        }
        String refusal = option.refusalOf(vpnId());
        if (refusal != null) {
            checks.problem(tunnel, vns.vpnId() == null ? VnsReader.OPTION : VnsReader.VPN_ID, refusal);
        }
        if (vns.flowId() && option != VpnIdEncoding.EXPERIMENTAL) {
            checks.problem(
                    tunnel,
                    VnsReader.FLOW_ID,
                    "has no room in " + option + "; it needs 'option: " + VpnIdEncoding.EXPERIMENTAL + "'");
        }
    }

    @Override
    public Encapsulation code() {
        return Encapsulation.VNS;
    }

    @Override
    public void program(TunnelSpec tunnel) {
        tunnel.vns(option(), (int) vpnId());
    }

    private int option() {
        return vns.flowId() ? VnsOption.EXPERIMENTAL_WITH_FLOW : code(vns.option());
    }

    /** The data plane's word for an encoding, without a flow identifier. */
    public static int code(VpnIdEncoding encoding) {
        return switch (encoding) {
            case STREAM_ID -> VnsOption.STREAM_ID;
            case EXPERIMENTAL -> VnsOption.EXPERIMENTAL;
        };
    }

    @Override
    public String describe() {
        return VnsReader.VNS
                + (vns.vpnId() == null ? "" : " VPN-ID " + vns.vpnId())
                + (vns.option() == VpnIdEncoding.STREAM_ID ? "" : " " + vns.option())
                + (vns.flowId() ? " flow" : "");
    }
}
