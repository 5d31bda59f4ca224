package io.vireo.dataplane.conductor;

import io.vireo.dataplane.nexthop.Adjacencies;
import io.vireo.dataplane.nexthop.NextHopSets;

/** Everything the conductor keeps. Single user: the conductor. */
record ConductorState(
        Routers routers,
        Interfaces interfaces,
        Ports ports,
        Adjacencies adjacencies,
        NextHopSets nextHops,
        RouteTable ipv4,
        RouteTable ipv6,
        Routes routes,
        Labels labels,
        NeighbourRoutes neighbours,
        OwnAddresses addresses,
        Tunnels tunnels,
        TunnelRoutes tunnelRoutes,
        Emulations emulations,
        MemberLists members,
        SecurityAssociations associations,
        Classes classes) {}
