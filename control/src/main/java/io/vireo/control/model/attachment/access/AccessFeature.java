package io.vireo.control.model.attachment.access;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.Attachment;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Port;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.VpnIdEncoding;
import io.vireo.control.model.attachment.feature.AttachmentFeature;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.attachment.feature.Numbers;
import io.vireo.control.model.attachment.feature.VirtualLink;
import io.vireo.control.model.attachment.vns.VnsFeature;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import org.jspecify.annotations.Nullable;

/** An interface on a port, or on one VLAN of it; perhaps one of several there that differ by the VPN of their packets. */
public record AccessFeature(Attachment.Access access) implements AttachmentFeature {

    @Override
    public int defaultMtu() {
        return Limits.DEFAULT_MTU - vpnIdBytes();
    }

    private int vpnIdBytes() {
        VpnIdEncoding vpnId = access.vpnId();
        return vpnId == null ? 0 : vpnId.headerBytes();
    }

    @Override
    public void write(Tree tree) {
        tree.put(AccessReader.PORT, access.port()).putUnless(AccessReader.VLAN, access.vlan(), 0);
        VpnIdEncoding vpnId = access.vpnId();
        if (vpnId != null) {
            tree.put(AccessReader.VPN_ID, vpnId == VpnIdEncoding.STREAM_ID ? true : vpnId.toString());
        }
        tree.putUnless(AccessReader.SHARED, access.isShared(), false);
        tree.putUnless(AccessReader.MPLS, access.mpls(), false);
    }

    @Override
    public void checkUnique(RouterPath router, Interface owner, InterfaceChecks checks) {
        if (!access.takesAll()) {
            checks.once(
                    new OfVpn(access.port(), access.vlan(), router.vpn()),
                    owner,
                    access.isShared() ? AccessReader.SHARED : AccessReader.VPN_ID,
                    "is that of another interface of this VPN on the same port and VLAN");
            return;
        }
        String field = access.vlan() == 0 ? AccessReader.PORT : AccessReader.VLAN;
        String what = access.vlan() == 0 ? "untagged frames" : "VLAN " + access.vlan();
        Attachment.Access frames = new Attachment.Access(access.port(), access.vlan());
        checks.once(frames, owner, field, what + " of port " + access.port() + " overlaps another interface");
    }

    private record OfVpn(String port, int vlan, String vpn) {}

    @Override
    public void checkReferences(RouterPath router, Interface owner, InterfaceChecks checks) {
        checkVpnId(checks.vpnId(router), owner, checks);
        Port port = checks.port(access.port());
        if (port == null) {
            checks.problem(owner, AccessReader.PORT, "is not a port of this node");
        } else if (owner.mtu() > port.mtu() - vpnIdBytes()) {
            String room = access.vpnId() == null ? "" : ", of which the VPN-ID takes " + vpnIdBytes();
            checks.problem(owner, "mtu", "is above the " + port.mtu() + " of port " + port.name() + room);
        }
    }

    private void checkVpnId(long vpnId, Interface owner, InterfaceChecks checks) {
        VpnIdEncoding encoding = access.vpnId();
        if (encoding == null) {
            return;
        }
        String refusal = encoding.refusalOf(vpnId);
        if (refusal != null) {
            checks.problem(owner, AccessReader.VPN_ID, refusal);
        }
        if (access.mpls()) {
            checks.problem(owner, AccessReader.MPLS, "stands beside a vpnId, which a packet with labels does not say");
        }
        if (owner.addresses().stream().anyMatch(own -> own.address().family() == AddressFamily.IPV6)) {
            checks.problem(owner, "addresses", "has one of IPv6, whose packets cannot say the VPN-ID");
        }
    }

    @Override
    public void program(InterfaceSpec spec, RouterPath router, Numbers numbers) {
        spec.access(numbers.portId(access.port()), access.vlan()).takesLabels(access.mpls());
        VpnIdEncoding vpnId = access.vpnId();
        if (vpnId != null) {
            spec.vns(VnsFeature.code(vpnId), (int) numbers.vpnId(router));
        } else if (access.isShared()) {
            spec.vns(VnsOption.SHARED, (int) numbers.vpnId(router));
        }
    }

    @Override
    public String describe() {
        if (access.isShared()) {
            return frames() + " shared";
        }
        String packets = access.vpnId() == null ? frames() : frames() + " VPN-ID by " + access.vpnId();
        return access.mpls() ? packets + " mpls" : packets;
    }

    /** Others share the port with it. */
    @Override
    public @Nullable VirtualLink virtualLink(RouterPath router) {
        return access.vpnId() == null ? null : new VirtualLink("vpn-id", frames(), "", "");
    }

    private String frames() {
        return access.vlan() == 0 ? access.port() : access.port() + "." + access.vlan();
    }
}
