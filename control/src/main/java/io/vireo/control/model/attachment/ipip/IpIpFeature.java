package io.vireo.control.model.attachment.ipip;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.Attachment;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Limits;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.attachment.feature.AttachmentFeature;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.attachment.feature.Numbers;
import io.vireo.control.model.attachment.tunnel.TunnelChecks;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.control.model.wire.WireAddresses;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.value.InterfaceSpec;

/** A tunnel whose packets are IP packets in IP packets. */
public record IpIpFeature(Attachment.Tunnel tunnel) implements AttachmentFeature {
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;

    /** What a path of the default MTU leaves inside. */
    @Override
    public int defaultMtu() {
        return Limits.DEFAULT_MTU
                - (tunnel.local().family() == AddressFamily.IPV4 ? IPV4_HEADER_BYTES : IPV6_HEADER_BYTES);
    }

    @Override
    public void write(Tree tree) {
        Tree ipip = new Tree()
                .put(TunnelChecks.UNDERLAY, tunnel.underlay().toString())
                .put(TunnelChecks.LOCAL, tunnel.local().toString())
                .put(TunnelChecks.REMOTE, tunnel.remote().toString())
                .putUnless(TunnelChecks.HOP_LIMIT, tunnel.hopLimit(), Limits.DEFAULT_HOP_LIMIT);
        tree.put(
                IpIpReader.ENCAPSULATION,
                new Tree().put(IpIpReader.IPIP, ipip.fields()).fields());
    }

    @Override
    public void checkUnique(Interface owner, InterfaceChecks checks) {
        new TunnelChecks(tunnel, checks).checkUnique();
    }

    @Override
    public void checkReferences(RouterPath router, Interface owner, InterfaceChecks checks) {
        new TunnelChecks(tunnel, checks).checkReferences(router);
    }

    @Override
    public void program(InterfaceSpec spec, RouterPath router, Numbers numbers) {
        spec.tunnel(
                Encapsulation.IPIP,
                numbers.routerId(tunnel.underlay()),
                WireAddresses.family(tunnel.local().family()),
                WireAddresses.high(tunnel.local()),
                WireAddresses.low(tunnel.local()),
                WireAddresses.high(tunnel.remote()),
                WireAddresses.low(tunnel.remote()),
                tunnel.hopLimit());
    }

    @Override
    public String describe() {
        return "ipip in " + tunnel.underlay() + " " + tunnel.local() + " -> " + tunnel.remote();
    }
}
