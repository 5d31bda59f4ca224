package io.vireo.control.model.attachment.substrate;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Port;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.SubstrateLink;
import io.vireo.control.model.attachment.feature.AttachmentFeature;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.attachment.feature.Numbers;
import io.vireo.control.model.attachment.feature.VirtualLink;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.dataplane.wire.value.InterfaceSpec;

/** An interface that is the end of a virtual link over a substrate link. */
public record VirtualLinkFeature(Attachment.VirtualLink virtualLink) implements AttachmentFeature {
    private static final int HEADER_BYTES = 8;

    @Override
    public int defaultMtu() {
        return Limits.DEFAULT_MTU - HEADER_BYTES;
    }

    @Override
    public void write(Tree tree) {
        Tree kind = new Tree();
        writeOwn(kind);
        tree.put(
                VirtualLinkReader.ENCAPSULATION,
                new Tree().put(VirtualLinkReader.SUBSTRATE, kind.fields()).fields());
    }

    /** Writes the fields that say over which substrate link it is, and which of those there. */
    void writeOwn(Tree tree) {
        SubstrateLink link = virtualLink.link();
        tree.put(VirtualLinkReader.LINK, link.name()).put(VirtualLinkReader.ID, virtualLink.id());
        if (link.isMultiAccess()) {
            tree.put(VirtualLinkReader.PEER_MAC, virtualLink.peerMac().toString());
        }
    }

    private record Identifier(String link, int id) {}

    @Override
    public void checkUnique(RouterPath router, Interface owner, InterfaceChecks checks) {
        checks.once(
                new Identifier(virtualLink.link().name(), virtualLink.id()),
                virtualLink,
                VirtualLinkReader.ID,
                "is that of another virtual link on substrate link "
                        + virtualLink.link().name());
    }

    @Override
    public void checkReferences(RouterPath router, Interface owner, InterfaceChecks checks) {
        Port port = checks.port(virtualLink.port());
        if (port != null && owner.mtu() > port.mtu() - HEADER_BYTES) {
            checks.problem(
                    owner,
                    "mtu",
                    "is above the " + port.mtu() + " of port " + port.name()
                            + ", of which the virtual link's header takes " + HEADER_BYTES);
        }
    }

    @Override
    public void program(InterfaceSpec spec, RouterPath router, Numbers numbers) {
        SubstrateLink link = virtualLink.link();
        spec.substrate(
                numbers.portId(link.port()),
                link.vlan(),
                link.mac().bits(),
                virtualLink.peerMac().bits(),
                virtualLink.id(),
                virtualLink.etherType(),
                link.priority());
    }

    @Override
    public String describe() {
        return "virtual link " + virtualLink.id() + " on " + virtualLink.link().name() + ", " + frames() + " to "
                + virtualLink.peerMac();
    }

    private String frames() {
        SubstrateLink link = virtualLink.link();
        return link.vlan() == 0 ? link.port() : link.port() + "." + link.vlan();
    }

    @Override
    public VirtualLink virtualLink(RouterPath router) {
        return new VirtualLink(
                VirtualLinkReader.SUBSTRATE,
                frames(),
                virtualLink.link().mac().toString(),
                virtualLink.peerMac().toString());
    }
}
