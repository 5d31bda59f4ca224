package io.vireo.control.model.attachment.tunnel;

import io.vireo.control.model.document.yaml.Tree;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import org.jspecify.annotations.Nullable;

/** What is special about one kind of tunnel. Immutable; made where it is needed. */
public interface EncapsulationFeature {

    /** As its {@link EncapsulationReader} has it. */
    String name();

    /** Bytes of header between the outer IP header and the packet inside. */
    int headerBytes();

    /** Writes its own fields, as its {@link EncapsulationReader} reads them. */
    void write(Tree tree);

    /** What distinguishes it from another tunnel of its kind between the same addresses; null: nothing does. */
    @Nullable
    TunnelKey key();

    /** The data plane's word for the kind. */
    Encapsulation code();

    /** Says to the data plane what its own fields are. */
    void program(InterfaceSpec tunnel);

    /** For people: the kind with what its own fields say. */
    String describe();
}
