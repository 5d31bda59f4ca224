package io.vireo.control.model;

import java.util.List;

/**
 * A virtual router.
 *
 * @param name       unique in its VPN.
 * @param punt       how many packets it may send up to its control plane.
 * @param interfaces access and loopback interfaces; the ends of links are described by the link.
 * @param routes     static routes.
 * @param labels     what it does with MPLS labels.
 */
public record Router(
        String name, PuntLimit punt, List<Interface> interfaces, List<Route> routes, List<IncomingLabel> labels) {

    /** One that knows no labels. */
    public Router(String name, PuntLimit punt, List<Interface> interfaces, List<Route> routes) {
        this(name, punt, interfaces, routes, List.of());
    }

    public Router {
        interfaces = List.copyOf(interfaces);
        routes = List.copyOf(routes);
        labels = List.copyOf(labels);
    }
}
