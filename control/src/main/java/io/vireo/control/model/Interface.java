package io.vireo.control.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An interface of a virtual router.
 *
 * @param name       unique in its router, at most {@link Limits#MAX_INTERFACE_NAME_LENGTH} characters.
 * @param attachment what it is attached to.
 * @param mtu        largest IP packet, in bytes.
 * @param followsUnderlay whether the MTU is rather what the way underneath a tunnel leaves, and {@code mtu} what holds until one is known.
 * @param mac        its Ethernet address, or null to have one derived from the names.
 * @param addresses  its addresses, each in a subnet of its own router.
 * @param adminState whether it shall carry packets.
 * @param scheduling how what leaves by it is scheduled, or null when nothing is said; not on a loopback.
 * @param emulation  how the wire behind it is emulated in the sending direction, or null; not on a loopback or a tunnel.
 * @param members    which packets that come in by it are of which VPN, or null: all are of its own.
 */
public record Interface(
        String name,
        Attachment attachment,
        int mtu,
        boolean followsUnderlay,
        @Nullable MacAddress mac,
        List<InterfaceAddress> addresses,
        AdminState adminState,
        @Nullable Scheduling scheduling,
        @Nullable Emulation emulation,
        @Nullable Members members) {

    public Interface {
        addresses = List.copyOf(addresses);
    }

    /** Whether packets go in and out by it; not on a loopback. */
    public boolean carriesPackets() {
        return attachment.carriesPackets();
    }
}
