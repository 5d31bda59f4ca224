package io.vireo.control.model;

import java.util.List;

/**
 * An interface of the data plane with its identity.
 *
 * @param interfaceId dense identity, kept for as long as the router has an interface of this name.
 * @param name        name of the interface and of its TAP.
 * @param attachment  where its packets come from and go to.
 * @param mac         its Ethernet address, and that of the TAP.
 * @param mtu         largest IP packet, in bytes.
 * @param addresses   its addresses.
 * @param adminState  whether it shall carry packets.
 */
public record DesiredInterface(
        int interfaceId,
        String name,
        Attachment attachment,
        MacAddress mac,
        int mtu,
        List<InterfaceAddress> addresses,
        AdminState adminState) {

    public DesiredInterface {
        addresses = List.copyOf(addresses);
    }

    /** Where packets come from and go to. */
    public sealed interface Attachment {}

    /**
     * A port, or one VLAN of it.
     *
     * @param portId the port.
     * @param vlan   VLAN identifier, or 0 for untagged frames.
     */
    public record Access(int portId, int vlan) implements Attachment {}

    /**
     * An internal virtual link.
     *
     * @param peerInterfaceId the interface at the other end.
     */
    public record LinkPeer(int peerInterfaceId) implements Attachment {}
}
