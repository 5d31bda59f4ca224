package io.vireo.control.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An end of a virtual link: an interface of a virtual router.
 *
 * @param router        name of the router, of the same VPN.
 * @param interfaceName name of the interface, unique in that router.
 * @param mac           its Ethernet address, or null to have one derived from the names.
 * @param addresses     its addresses.
 * @param adminState    whether it shall carry packets.
 * @param emulation     how the link is emulated in this end's direction, or null: as the link says.
 */
public record LinkEnd(
        String router,
        String interfaceName,
        @Nullable MacAddress mac,
        List<InterfaceAddress> addresses,
        AdminState adminState,
        @Nullable Emulation emulation) {

    public LinkEnd {
        addresses = List.copyOf(addresses);
    }

    /** As the interface that it is to its router. */
    Interface asInterface(LinkEnd peer, Link link) {
        return new Interface(
                interfaceName,
                new Attachment.LinkEnd(peer.router, peer.interfaceName),
                link.mtu(),
                false,
                mac,
                addresses,
                adminState,
                null,
                link.emulationOf(this),
                null);
    }
}
