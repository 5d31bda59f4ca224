package io.vireo.control.model.attachment.feature;

import io.vireo.control.model.Interface;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import org.jspecify.annotations.Nullable;

/** What is special about one attachment. Immutable; made where it is needed. */
public interface AttachmentFeature {

    /** The MTU of an interface of which none is said, in bytes. */
    int defaultMtu();

    /** Writes its fields into an interface's mapping, as its {@link AttachmentReader} reads them. */
    void write(Tree tree);

    /** Reports what may be there once but is there twice. Everything that could be read is checked. */
    void checkUnique(RouterPath router, Interface owner, InterfaceChecks checks);

    /** Reports what it refers to and is not there or does not fit. Only a document that could be read whole is checked. */
    void checkReferences(RouterPath router, Interface owner, InterfaceChecks checks);

    /** Says to what the data plane shall attach the interface. */
    void program(InterfaceSpec spec, RouterPath router, Numbers numbers);

    /** For people: the part of {@code show interfaces} that says where its packets go. */
    String describe();

    /** The virtual link that an interface of a router is an end of; null when it is none. */
    @Nullable
    VirtualLink virtualLink(RouterPath router);
}
