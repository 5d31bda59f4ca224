package io.vireo.control.model.document;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.Interface;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Route;
import io.vireo.control.model.Router;
import io.vireo.control.model.Vpn;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds static routes that lead nowhere: whose gateway no interface of the router can reach directly. */
final class RouteCheck {
    private final Problems problems;
    private final Origins origins;

    RouteCheck(Problems problems, Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    void check(Configuration configuration) {
        for (Vpn vpn : configuration.vpns()) {
            for (Router router : vpn.routers()) {
                if (!router.routes().isEmpty()) {
                    List<Interface> interfaces = vpn.interfacesOf(router);
                    Reachable reachable = reachableFrom(interfaces);
                    router.routes().forEach(route -> addOnLink(route, reachable));
                    router.routes().forEach(route -> checkRoute(route, reachable));
                    router.routes().forEach(route -> checkLabels(route, interfaces));
                }
            }
        }
    }

    /** What is reached through each interface of a router, and through any. */
    private record Reachable(Map<String, OnLink> byInterface, OnLink byAny) {}

    /** Without loopbacks: nobody is reached through those. */
    private static Reachable reachableFrom(List<Interface> interfaces) {
        Reachable reachable = new Reachable(new HashMap<>(), new OnLink());
        for (Interface face : interfaces) {
            if (face.carriesPackets()) {
                reachable
                        .byInterface()
                        .computeIfAbsent(face.name(), ignored -> new OnLink())
                        .addAll(face.addresses());
                reachable.byAny().addAll(face.addresses());
            }
        }
        return reachable;
    }

    /** Linux takes a gateway that such a route leads to ({@code fib_check_nh_v4_gw}, {@code ip6_route_check_nh}). */
    private static void addOnLink(Route route, Reachable reachable) {
        OnLink onLink =
                route.interfaceName() == null ? null : reachable.byInterface().get(route.interfaceName());
        if (onLink != null && route.via().isEmpty()) {
            onLink.add(route.prefix());
            reachable.byAny().add(route.prefix());
        }
    }

    private void checkRoute(Route route, Reachable reachable) {
        YamlNode.Mapping mapping = origins.of(route);
        if (route.prefix().network().isMulticast()) {
            problems.add(mapping, "prefix", "is a multicast range");
        }
        String name = route.interfaceName();
        OnLink onLink =
                name == null ? reachable.byAny() : reachable.byInterface().get(name);
        if (onLink == null) {
            problems.add(mapping, "interface", "is not an access interface, tunnel or end of a link of this router");
            return;
        }
        for (int i = 0; i < route.via().size(); i++) {
            IpAddress gateway = route.via().get(i);
            if (gateway.family() != route.prefix().family()) {
                problems.add(viaNode(mapping, i), "is not of the same family as " + route.prefix());
            } else if (gateway.isLinkLocal() && name == null) {
                problems.add(viaNode(mapping, i), "is link-local; say which interface it is behind");
            } else if (!gateway.isLinkLocal()) {
                checkOnLink(gateway, route, onLink, viaNode(mapping, i));
            }
        }
    }

    /** Labels need a link that has a place for them, whose neighbours are known by address. */
    private void checkLabels(Route route, List<Interface> interfaces) {
        if (route.labels() == null) {
            return;
        }
        YamlNode.Mapping mapping = origins.of(route);
        String name = route.interfaceName();
        if (name != null && !LabelCheck.canSend(name, interfaces)) {
            problems.add(mapping, "interface", LabelCheck.NO_LINK);
            return;
        }
        for (int i = 0; i < route.via().size(); i++) {
            IpAddress gateway = route.via().get(i);
            boolean isKnown = gateway.isLinkLocal() || route.onLink();
            String defect = isKnown ? null : LabelCheck.defectOnLink(gateway, name, interfaces);
            if (defect != null) {
                problems.add(viaNode(mapping, i), defect);
            }
        }
    }

    private void checkOnLink(IpAddress gateway, Route route, OnLink onLink, YamlNode node) {
        if (onLink.isOwn(gateway)) {
            problems.add(node, "is the router's own address");
        } else if (!route.onLink() && !onLink.contains(gateway)) {
            problems.add(
                    node,
                    "leads nowhere: no interface of this router has a subnet with that address, and no route without via leads"
                            + " to it; if it is on the link all the same, name the interface and say onLink: true");
        }
    }

    private static YamlNode viaNode(YamlNode.Mapping mapping, int index) {
        YamlNode via = mapping.fields().get("via");
        return via instanceof YamlNode.Sequence list ? list.items().get(index) : via == null ? mapping : via;
    }
}
