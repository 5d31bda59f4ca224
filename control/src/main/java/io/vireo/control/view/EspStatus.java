package io.vireo.control.view;

import java.util.List;

/**
 * The ESP tunnels of a node.
 *
 * @param incarnation of the data plane.
 * @param ticket greater than any before: for one {@link Keys#accept}; each tunnel has one, in their order, from this one on.
 * @param tunnels in the order of their paths.
 */
public record EspStatus(long incarnation, long ticket, List<EspTunnel> tunnels) {

    public EspStatus {
        tunnels = List.copyOf(tunnels);
    }
}
