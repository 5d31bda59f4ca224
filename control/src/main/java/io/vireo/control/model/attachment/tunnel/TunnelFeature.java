package io.vireo.control.model.attachment.tunnel;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.Attachment;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Limits;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.attachment.feature.AttachmentFeature;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.attachment.feature.Numbers;
import io.vireo.control.model.attachment.feature.VirtualLink;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.control.model.wire.WireAddresses;
import io.vireo.dataplane.wire.value.InterfaceSpec;

/** A tunnel: what all kinds have in common, and the kind. */
public record TunnelFeature(Attachment.Tunnel tunnel, EncapsulationFeature encapsulation) implements AttachmentFeature {
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;

    /** What a path of the default MTU leaves inside. */
    @Override
    public int defaultMtu() {
        int outerBytes = tunnel.local().family() == AddressFamily.IPV4 ? IPV4_HEADER_BYTES : IPV6_HEADER_BYTES;
        return Limits.DEFAULT_MTU - (encapsulation.hasOuterHeader() ? outerBytes : 0) - encapsulation.headerBytes();
    }

    @Override
    public void write(Tree tree) {
        Tree kind = new Tree();
        if (encapsulation.saysItsEnds()) {
            kind.put(TunnelReader.UNDERLAY, tunnel.underlay().toString())
                    .put(TunnelReader.LOCAL, tunnel.local().toString())
                    .put(TunnelReader.REMOTE, tunnel.remote().toString())
                    .putUnless(TunnelReader.HOP_LIMIT, tunnel.hopLimit(), Limits.DEFAULT_HOP_LIMIT);
        }
        ModeFields.write(tunnel.modes(), kind);
        KeepaliveFields.write(tunnel.keepalive(), kind);
        encapsulation.write(kind);
        tree.put(
                TunnelReader.ENCAPSULATION,
                new Tree().put(encapsulation.name(), kind.fields()).fields());
    }

    @Override
    public void checkUnique(RouterPath router, Interface owner, InterfaceChecks checks) {
        new TunnelChecks(tunnel, encapsulation.ofVpn(checks.vpnId(router)), checks).checkUnique();
    }

    @Override
    public void checkReferences(RouterPath router, Interface owner, InterfaceChecks checks) {
        EncapsulationFeature ofVpn = encapsulation.ofVpn(checks.vpnId(router));
        TunnelChecks tunnelChecks = new TunnelChecks(tunnel, ofVpn, checks);
        tunnelChecks.checkReferences(router);
        KeepaliveFields.check(tunnel, owner, checks);
        if (owner.scheduling() != null) {
            tunnelChecks.checkSchedulingPort(owner.scheduling());
        }
        ofVpn.check(tunnel, checks);
    }

    @Override
    public void program(InterfaceSpec spec, RouterPath router, Numbers numbers) {
        spec.tunnel(
                encapsulation.code(),
                numbers.routerId(tunnel.underlay()),
                WireAddresses.family(tunnel.local().family()),
                WireAddresses.high(tunnel.local()),
                WireAddresses.low(tunnel.local()),
                WireAddresses.high(tunnel.remote()),
                WireAddresses.low(tunnel.remote()),
                tunnel.hopLimit());
        ModeFields.program(tunnel.modes(), spec.tunnel());
        KeepaliveFields.program(tunnel.keepalive(), spec.tunnel());
        encapsulation.ofVpn(numbers.vpnId(router)).program(spec.tunnel());
    }

    @Override
    public String describe() {
        return encapsulation.describe() + ModeFields.describe(tunnel.modes()) + " in " + tunnel.underlay() + " "
                + tunnel.local() + " -> " + tunnel.remote();
    }

    @Override
    public VirtualLink virtualLink(RouterPath router) {
        return new VirtualLink(
                encapsulation.name(),
                tunnel.underlay().toString(),
                tunnel.local().toString(),
                tunnel.remote().toString());
    }
}
