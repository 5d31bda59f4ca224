package io.vireo.control.view;

import io.vireo.dataplane.wire.counters.TrafficCounts;
import java.util.List;

/**
 * An interface of a virtual router.
 *
 * @param name        its name.
 * @param interfaceId its identity in the data plane.
 * @param attachment  {@code p1}, {@code p1.10} (VLAN 10 of port p1) or {@code r2/to-r1} (the other end of a link).
 * @param mac         its Ethernet address.
 * @param mtu         largest IP packet, in bytes.
 * @param addresses   its addresses with their prefix lengths, as configured.
 * @param adminUp     whether it shall carry packets.
 * @param up          whether it does.
 * @param emulation   how the wire behind it is emulated in the sending direction, a link's bandwidth included; or empty.
 * @param counts      what it counted.
 */
public record InterfaceStatus(
        String name,
        int interfaceId,
        String attachment,
        String mac,
        int mtu,
        List<String> addresses,
        boolean adminUp,
        boolean up,
        String emulation,
        TrafficCounts counts) {

    public InterfaceStatus {
        addresses = List.copyOf(addresses);
    }
}
