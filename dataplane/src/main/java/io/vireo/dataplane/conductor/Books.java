package io.vireo.dataplane.conductor;

import io.vireo.dataplane.nexthop.Adjacencies;
import io.vireo.dataplane.nexthop.NextHopSets;

/** Everything the conductor keeps, and the removals that concern several of them. Single user: the conductor. */
record Books(
        Routers routers,
        Interfaces interfaces,
        Ports ports,
        Adjacencies adjacencies,
        NextHopSets nextHops,
        RouteTable ipv4,
        RouteTable ipv6,
        UsedLengths lengths,
        Routes routes,
        NeighbourRoutes neighbours,
        Refusal refusal) {

    /** Removes an interface that is there, with its neighbours. Routes over it stay, and drop. */
    void removeInterface(final int interfaceId) {
        neighbours.withdrawAllOf(interfaceId);
        interfaces.remove(interfaceId);
    }

    /** Removes a router with its routes; refused while it has interfaces. */
    boolean removeRouter(final int router) {
        if (!routers.remove(router)) {
            return false;
        }
        lengths.clear(router);
        return true;
    }
}
