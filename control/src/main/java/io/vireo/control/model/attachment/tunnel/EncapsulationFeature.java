package io.vireo.control.model.attachment.tunnel;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.value.TunnelSpec;
import org.jspecify.annotations.Nullable;

/** What is special about one kind of tunnel. Immutable; made where it is needed. */
public interface EncapsulationFeature {

    /** As its {@link EncapsulationReader} has it. */
    String name();

    /** Whether there is an outer IP header. */
    default boolean hasOuterHeader() {
        return true;
    }

    /** Whether the document says underlay and addresses where it says the kind. */
    default boolean saysItsEnds() {
        return true;
    }

    /** Bytes of header between the outer IP header and the packet inside. */
    int headerBytes();

    /** The same of a tunnel whose interface is of a VPN with this id. */
    default EncapsulationFeature ofVpn(long vpnId) {
        return this;
    }

    /** Reports what the kind does not allow beyond what {@link TunnelReader} and {@link TunnelFeature} ask of every tunnel. */
    default void check(Attachment.Tunnel tunnel, InterfaceChecks checks) {
        // Most kinds allow what tunnels do.
    }

    /** Writes its own fields, as its {@link EncapsulationReader} reads them. */
    default void write(Tree tree) {
        // Some have none.
    }

    /** What distinguishes it from another tunnel of its kind between the same addresses; null: nothing does. */
    default @Nullable TunnelKey key() {
        return null;
    }

    /** The data plane's word for the kind. */
    Encapsulation code();

    /** Says to the data plane what its own fields are. */
    void program(TunnelSpec tunnel);

    /** For people: the kind with what its own fields say. */
    String describe();
}
