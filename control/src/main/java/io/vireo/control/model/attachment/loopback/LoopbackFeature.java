package io.vireo.control.model.attachment.loopback;

import io.vireo.control.model.Interface;
import io.vireo.control.model.Limits;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.attachment.feature.AttachmentFeature;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.attachment.feature.Numbers;
import io.vireo.control.model.attachment.feature.VirtualLink;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import org.jspecify.annotations.Nullable;

/** Addresses of the router itself. Refers to nothing, and any number of them may be there. */
public record LoopbackFeature() implements AttachmentFeature {

    @Override
    public int defaultMtu() {
        return Limits.DEFAULT_MTU;
    }

    @Override
    public void write(Tree tree) {
        tree.put(LoopbackReader.LOOPBACK, true);
    }

    @Override
    public void checkUnique(RouterPath router, Interface owner, InterfaceChecks checks) {}

    @Override
    public void checkReferences(RouterPath router, Interface owner, InterfaceChecks checks) {}

    @Override
    public void program(InterfaceSpec spec, RouterPath router, Numbers numbers) {
        throw new IllegalStateException("a loopback of " + router + " is no interface of the data plane");
    }

    @Override
    public String describe() {
        return LoopbackReader.LOOPBACK;
    }

    @Override
    public @Nullable VirtualLink virtualLink(RouterPath router) {
        return null;
    }
}
