package io.vireo.control.model.attachment.substrate;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Interface;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.attachment.feature.AttachmentFeature;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.attachment.feature.Numbers;
import io.vireo.control.model.attachment.feature.VirtualLink;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.dataplane.wire.value.InterfaceSpec;

/** An end of a virtual link that only crosses the node: over its substrate link like any other, and on by the other end. */
public record CrossingFeature(Attachment.Crossing crossing) implements AttachmentFeature {
    private VirtualLinkFeature link() {
        return new VirtualLinkFeature(crossing.link());
    }

    @Override
    public int defaultMtu() {
        return link().defaultMtu();
    }

    @Override
    public void write(Tree tree) {
        link().writeOwn(tree);
    }

    @Override
    public void checkUnique(RouterPath router, Interface owner, InterfaceChecks checks) {
        link().checkUnique(router, owner, checks);
    }

    @Override
    public void checkReferences(RouterPath router, Interface owner, InterfaceChecks checks) {
        link().checkReferences(router, owner, checks);
    }

    @Override
    public void program(InterfaceSpec spec, RouterPath router, Numbers numbers) {
        link().program(spec, router, numbers);
        spec.crossesTo(numbers.interfaceId(router, crossing.otherEnd()));
    }

    @Override
    public String describe() {
        return link().describe() + ", crosses to " + crossing.otherEnd();
    }

    @Override
    public VirtualLink virtualLink(RouterPath router) {
        return link().virtualLink(router);
    }
}
