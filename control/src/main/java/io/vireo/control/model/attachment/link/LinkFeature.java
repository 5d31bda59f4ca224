package io.vireo.control.model.attachment.link;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Limits;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.attachment.feature.AttachmentFeature;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.attachment.feature.Numbers;
import io.vireo.control.model.attachment.feature.VirtualLink;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.dataplane.wire.value.InterfaceSpec;

/**
 * An end of a link between two virtual routers of the node. In a document it stands in the link, not among its router's
 * interfaces, and is read, written and checked with it.
 */
public record LinkFeature(Attachment.LinkEnd end) implements AttachmentFeature {

    @Override
    public int defaultMtu() {
        return Limits.DEFAULT_MTU;
    }

    @Override
    public void write(Tree tree) {
        throw new IllegalStateException("the end of a link to " + describe() + " is written with its link");
    }

    @Override
    public void checkUnique(RouterPath router, Interface owner, InterfaceChecks checks) {}

    @Override
    public void checkReferences(RouterPath router, Interface owner, InterfaceChecks checks) {}

    @Override
    public void program(InterfaceSpec spec, RouterPath router, Numbers numbers) {
        RouterPath peer = new RouterPath(router.vpn(), end.peerRouter());
        spec.link(numbers.interfaceId(peer, end.peerInterface()));
    }

    @Override
    public String describe() {
        return end.peerRouter() + "/" + end.peerInterface();
    }

    @Override
    public VirtualLink virtualLink(RouterPath router) {
        return new VirtualLink("link", "", "", router.vpn() + "/" + describe());
    }
}
