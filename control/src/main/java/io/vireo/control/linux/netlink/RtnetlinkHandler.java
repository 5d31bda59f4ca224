package io.vireo.control.linux.netlink;

/** What the kernel tells about a network namespace. Called on the thread that polls or dumps. */
public interface RtnetlinkHandler {
    default void onLink(LinkMessage link) {}

    default void onLinkRemoved(LinkMessage link) {}

    default void onAddress(AddressMessage address) {}

    default void onAddressRemoved(AddressMessage address) {}

    /** A route beside those that are there; IPv6 tells all ways of a multipath route each time one is added. */
    default void onRoute(RouteMessage route) {}

    /** A route in place of one of the same prefix, table, type of service and metric. */
    default void onRouteReplaced(RouteMessage route) {}

    /** A route, or for IPv6 some of its ways, is gone. */
    default void onRouteRemoved(RouteMessage route) {}

    default void onNeighbour(NeighbourMessage neighbour) {}

    default void onNeighbourRemoved(NeighbourMessage neighbour) {}

    /** A next-hop object came, changed or lost a member. The routes that use it are not always told (Linux 6.x). */
    default void onNextHop(int nextHopId) {}

    default void onNextHopRemoved(int nextHopId) {}

    /**
     * The kernel had to drop notifications, and what still waited was discarded: what is known of the namespace is to be
     * read anew, and this is the moment from which on nothing is missed.
     */
    default void onOverrun() {}
}
