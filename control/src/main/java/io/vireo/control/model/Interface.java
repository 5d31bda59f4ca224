package io.vireo.control.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An access or loopback interface of a virtual router.
 *
 * @param name       unique in its router, at most {@link Limits#MAX_INTERFACE_NAME_LENGTH} characters.
 * @param attachment where its packets come from.
 * @param mtu        largest IP packet, in bytes.
 * @param mac        its Ethernet address, or null to have one derived from the names.
 * @param addresses  its addresses, each in a subnet of its own router.
 * @param adminState whether it shall carry packets.
 * @param scheduling how what leaves by it is scheduled, or null when nothing is said; never on a loopback.
 */
public record Interface(
        String name,
        Attachment attachment,
        int mtu,
        @Nullable MacAddress mac,
        List<InterfaceAddress> addresses,
        AdminState adminState,
        @Nullable Scheduling scheduling) {

    public Interface {
        addresses = List.copyOf(addresses);
    }

    /** Where an interface meets the world. */
    public sealed interface Attachment {}

    /**
     * A port, or one VLAN of it.
     *
     * @param port the port's name.
     * @param vlan VLAN identifier, or 0 for untagged frames.
     */
    public record Access(String port, int vlan) implements Attachment {}

    /** Nowhere: the addresses are the router's own. */
    public record Loopback() implements Attachment {}

    public boolean isLoopback() {
        return attachment instanceof Loopback;
    }
}
