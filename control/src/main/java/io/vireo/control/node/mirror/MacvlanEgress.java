package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.LinkMessage;

/**
 * What Linux sends by a macvlan leaves by the interface it is on top of: routes and neighbours of the one are the other's. Part
 * of {@link RouteSync}; only the node agent's thread uses it.
 */
final class MacvlanEgress {
    private final RouteResolver resolver;
    private final RouteMirror mirror;
    private final NeighbourSync neighbours;

    MacvlanEgress(RouteResolver resolver, RouteMirror mirror, NeighbourSync neighbours) {
        this.resolver = resolver;
        this.mirror = mirror;
        this.neighbours = neighbours;
    }

    /** A link is there, or has changed. */
    void follow(LinkMessage link) {
        setParent(link.ifindex(), VirtualMacs.sends(link) ? link.parentIfindex() : 0);
    }

    /** A link is gone. */
    void forget(LinkMessage link) {
        setParent(link.ifindex(), 0);
    }

    private void setParent(int ifindex, int parent) {
        if (parent != resolver.parent(ifindex)) {
            neighbours.withdraw(ifindex);
            resolver.setParent(ifindex, parent);
            reprogram(ifindex);
        }
    }

    /** The data plane knows an interface from now on, or no longer. */
    void interfaceChanged(int parent) {
        resolver.macvlansOf(parent).forEach(this::reprogram);
    }

    private void reprogram(int macvlan) {
        mirror.interfaceChanged(macvlan);
        neighbours.onBound(macvlan);
    }
}
