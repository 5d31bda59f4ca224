package io.vireo.control.linux.netlink;

/** What the kernel notifies about a network namespace. Called on the thread that polls or dumps. */
public interface RtnetlinkHandler {
    default void onLink(LinkMessage link) {}

    default void onLinkRemoved(LinkMessage link) {}

    default void onAddress(AddressMessage address) {}

    default void onAddressRemoved(AddressMessage address) {}

    /** A route that is there; IPv6 names all next hops of a multipath route each time one is added. */
    default void onRoute(RouteMessage route, RoutePlacement placement) {}

    /** A route, or for IPv6 some of its next hops, is gone. */
    default void onRouteRemoved(RouteMessage route) {}

    default void onNeighbour(NeighbourMessage neighbour) {}

    default void onNeighbourRemoved(NeighbourMessage neighbour) {}

    /** A next-hop object that is there: it is new, changed or lost a member. */
    default void onNextHop(NextHopObject nextHop) {}

    /** A next-hop object is gone, and with it, in silence, the routes that used it. */
    default void onNextHopRemoved(int nextHopId) {}

    default void onRule(RuleMessage rule) {}

    default void onRuleRemoved(RuleMessage rule) {}

    /**
     * The kernel had to drop notifications, and what was still queued was discarded: the state of the namespace is to be
     * dumped again, and this is the moment from which on nothing is missed.
     */
    default void onOverrun() {}
}
