package io.vireo.control.linux.netlink;

/** What the kernel notifies about a network namespace. Called on the thread that polls or dumps. */
public interface RtnetlinkHandler {
    default void onLink(LinkMessage link) {}

    default void onLinkRemoved(LinkMessage link) {}

    default void onAddress(AddressMessage address) {}

    default void onAddressRemoved(AddressMessage address) {}

    /** A route beside those that are there; IPv6 notifies all next hops of a multipath route each time one is added. */
    default void onRoute(RouteMessage route) {}

    /** A route in place of one of the same prefix, table, type of service and metric. */
    default void onRouteReplaced(RouteMessage route) {}

    /** A route, or for IPv6 some of its next hops, is gone. */
    default void onRouteRemoved(RouteMessage route) {}

    default void onNeighbour(NeighbourMessage neighbour) {}

    default void onNeighbourRemoved(NeighbourMessage neighbour) {}

    /** A next-hop object came, changed or lost a member. The routes that use it are not always notified (Linux 6.x). */
    default void onNextHop(int nextHopId) {}

    default void onNextHopRemoved(int nextHopId) {}

    /**
     * The kernel had to drop notifications, and what was still queued was discarded: the state of the namespace is to be
     * dumped again, and this is the moment from which on nothing is missed.
     */
    default void onOverrun() {}
}
