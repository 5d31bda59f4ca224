package io.vireo.control.model.document;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.Interface;
import io.vireo.control.model.InterfaceAddress;
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
                    Map<String, List<InterfaceAddress>> interfaces = interfacesOf(vpn, router);
                    router.routes().forEach(route -> checkRoute(route, interfaces));
                }
            }
        }
    }

    /** Addresses by name of interface, without loopbacks: nobody is reached through those. */
    private static Map<String, List<InterfaceAddress>> interfacesOf(Vpn vpn, Router router) {
        Map<String, List<InterfaceAddress>> interfaces = new HashMap<>();
        for (Interface face : vpn.interfacesOf(router)) {
            if (face.carriesPackets()) {
                interfaces.put(face.name(), face.addresses());
            }
        }
        return interfaces;
    }

    private void checkRoute(Route route, Map<String, List<InterfaceAddress>> interfaces) {
        YamlNode.Mapping mapping = origins.of(route);
        if (route.prefix().network().isMulticast()) {
            problems.add(mapping, "prefix", "is a multicast range");
        }
        String name = route.interfaceName();
        if (name != null && !interfaces.containsKey(name)) {
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
                checkOnLink(
                        gateway, name == null ? interfaces : Map.of(name, interfaces.get(name)), viaNode(mapping, i));
            }
        }
    }

    private void checkOnLink(IpAddress gateway, Map<String, List<InterfaceAddress>> interfaces, YamlNode node) {
        boolean onLink = false;
        for (List<InterfaceAddress> addresses : interfaces.values()) {
            for (InterfaceAddress address : addresses) {
                if (address.address().equals(gateway)) {
                    problems.add(node, "is the router's own address");
                    return;
                }
                onLink |= address.subnet().contains(gateway);
            }
        }
        if (!onLink) {
            problems.add(node, "leads nowhere: no interface of this router has a subnet with that address");
        }
    }

    private static YamlNode viaNode(YamlNode.Mapping mapping, int index) {
        YamlNode via = mapping.fields().get("via");
        return via instanceof YamlNode.Sequence list ? list.items().get(index) : via == null ? mapping : via;
    }
}
