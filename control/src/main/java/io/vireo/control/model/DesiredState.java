package io.vireo.control.model;

import java.util.List;

/**
 * A committed configuration with identities and defaults filled in: what the node is brought to. Every reference in it
 * leads to something that is in it.
 *
 * @param node    name of the node.
 * @param version version of the configuration in the store, 0 for the empty one.
 * @param ports   in the order of the configuration.
 * @param routers of all VPNs, in the order of the configuration.
 */
public record DesiredState(String node, long version, List<DesiredPort> ports, List<DesiredRouter> routers) {

    public DesiredState {
        ports = List.copyOf(ports);
        routers = List.copyOf(routers);
    }
}
