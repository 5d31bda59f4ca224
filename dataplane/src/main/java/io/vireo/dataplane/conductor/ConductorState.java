package io.vireo.dataplane.conductor;

import io.vireo.dataplane.nexthop.Adjacencies;
import io.vireo.dataplane.nexthop.NextHopSets;

/** Everything the conductor keeps, and the removals that concern several of them. Single user: the conductor. */
record ConductorState(
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
        Classes classes,
        Refusal refusal) {

    /** Removes an interface that is there, with its neighbours. Routes over it stay, and drop. Refused while it has classes. */
    boolean removeInterface(int interfaceId) {
        if (!classes.mayRemoveInterface(interfaceId)) {
            return false;
        }
        neighbours.withdrawAllOf(interfaceId);
        classes.interfaceRemoved(interfaceId);
        interfaces.remove(interfaceId);
        return true;
    }

    /** Removes a port with all it has queued; refused while it has interfaces or classes. */
    boolean removePort(long correlationId, int port) {
        if (!classes.mayRemovePort(port) || !ports.remove(correlationId, port)) {
            return false;
        }
        classes.portRemoved(port);
        return true;
    }

    /** Removes a router with its routes; refused while it has interfaces. */
    boolean removeRouter(int router) {
        if (!routers.remove(router)) {
            return false;
        }
        lengths.clear(router);
        return true;
    }
}
