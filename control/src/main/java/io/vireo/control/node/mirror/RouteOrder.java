package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.RoutePlacement;
import io.vireo.control.model.AddressFamily;
import java.util.List;

/** How the kernel keeps the routes of one prefix, and which of them it uses. The families differ. */
sealed interface RouteOrder permits Ipv4RouteOrder, Ipv6RouteOrder {
    static RouteOrder of(AddressFamily family) {
        return family == AddressFamily.IPV4 ? Ipv4RouteOrder.INSTANCE : Ipv6RouteOrder.INSTANCE;
    }

    /** What the kernel has when it has notified, or listed, a route. */
    RouteUpdate added(RouteCandidates known, KernelRoute route, RoutePlacement placement);

    /** What the kernel has when it has notified that a route is gone. */
    RouteUpdate removed(RouteCandidates known, KernelRoute route);

    /** The routes of which the kernel uses one: several if which one depends on the packet, none if all are dead. */
    List<KernelRoute> eligible(RouteCandidates candidates);
}
