package io.vireo.control.network.plan;

import io.vireo.control.network.model.NetworkLink;
import io.vireo.control.network.model.NetworkVpn;
import io.vireo.control.network.model.NetworkVpn.VpnLink;
import java.util.List;

/**
 * A virtual link whose ends have nodes and which has a path.
 *
 * @param nodeA of its router a.
 * @param nodeB of its router b.
 * @param path from a to b; none within a node.
 */
record RoutedLink(NetworkVpn vpn, VpnLink link, String nodeA, String nodeB, List<NetworkLink> path) {
    String name() {
        return vpn.name() + "/" + link.name();
    }

    List<String> pathNames() {
        return path.stream().map(NetworkLink::name).toList();
    }
}
