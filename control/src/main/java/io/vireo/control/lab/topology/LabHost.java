package io.vireo.control.lab.topology;

import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.IpAddress;
import java.util.List;

/**
 * A Linux host of a lab: a network namespace.
 *
 * @param name      unique among the nodes and hosts of the lab.
 * @param addresses those of its interface {@link LabEnd#DEFAULT_INTERFACE}.
 * @param gateways  its default routes, one per address family at most.
 */
public record LabHost(String name, List<InterfaceAddress> addresses, List<IpAddress> gateways) {
    /** Copies the lists. */
    public LabHost {
        addresses = List.copyOf(addresses);
        gateways = List.copyOf(gateways);
    }
}
