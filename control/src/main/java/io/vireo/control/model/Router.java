package io.vireo.control.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual router.
 *
 * @param name       unique in its VPN.
 * @param punt       how many packets it may send up to its control plane.
 * @param interfaces access and loopback interfaces; the ends of links are described by the link.
 * @param routes     static routes.
 * @param labels     what it does with MPLS labels.
 * @param routing    what speaks routing protocols for it, or null: nothing that the node starts.
 */
public record Router(
        String name,
        PuntLimit punt,
        List<Interface> interfaces,
        List<Route> routes,
        List<IncomingLabel> labels,
        @Nullable Routing routing) {

    /** One that knows no labels and speaks no routing protocol. */
    public Router(String name, PuntLimit punt, List<Interface> interfaces, List<Route> routes) {
        this(name, punt, interfaces, routes, List.of(), null);
    }

    public Router {
        interfaces = List.copyOf(interfaces);
        routes = List.copyOf(routes);
        labels = List.copyOf(labels);
    }
}
