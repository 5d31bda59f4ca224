package io.vireo.control.model.document;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Interface;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.Router;
import io.vireo.control.model.Routing;
import io.vireo.control.model.Routing.BgpNeighbor;
import io.vireo.control.model.Routing.Speaker;
import io.vireo.control.model.Vpn;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what {@code routing} says of interfaces, neighbours and addresses that are not the router's. */
final class RoutingCheck {
    private final Problems problems;
    private final Origins origins;

    RoutingCheck(Problems problems, Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    void check(Configuration configuration) {
        for (Vpn vpn : configuration.vpns()) {
            for (Router router : vpn.routers()) {
                if (router.routing() != null) {
                    check(router.routing(), vpn.interfacesOf(router));
                }
            }
        }
    }

    private void check(Routing routing, List<Interface> interfaces) {
        Set<String> names = interfaces.stream().map(Interface::name).collect(Collectors.toSet());
        switch (routing.speaker()) {
            case Speaker.Ospf ospf ->
                checkNames(ospf.interfaces().stream().map(each -> new Named(each.name(), each)), names);
            case Speaker.Rip rip ->
                checkNames(rip.interfaces().stream().map(each -> new Named(each.name(), each)), names);
            case Speaker.Bgp bgp -> checkBgp(bgp, routing, interfaces);
            case Speaker.None _, Speaker.Own _ -> {
                return;
            }
        }
        boolean needsId = !(routing.speaker() instanceof Speaker.Rip);
        if (needsId && routing.routerId() == null && !hasIpv4(interfaces)) {
            problems.add(
                    origins.of(routing),
                    "routerId",
                    "is missing, and the router has no IPv4 address from which it could follow");
        }
    }

    /** @param settings the record of the document that names the interface */
    private record Named(String name, Record settings) {}

    private void checkNames(Stream<Named> named, Set<String> names) {
        Set<String> seen = new HashSet<>();
        named.forEach(each -> {
            if (!names.contains(each.name())) {
                problems.add(origins.of(each.settings()), "name", "is not an interface of this router");
            } else if (!seen.add(each.name())) {
                problems.add(origins.of(each.settings()), "name", "stands in this list twice");
            }
        });
    }

    private void checkBgp(Speaker.Bgp bgp, Routing routing, List<Interface> interfaces) {
        Set<IpAddress> own = interfaces.stream()
                .flatMap(each -> each.addresses().stream())
                .map(address -> address.address())
                .collect(Collectors.toSet());
        Set<IpAddress> seen = new HashSet<>();
        for (BgpNeighbor neighbor : bgp.neighbors()) {
            if (own.contains(neighbor.address())) {
                problems.add(origins.of(neighbor), "address", "is the router's own");
            } else if (!seen.add(neighbor.address())) {
                problems.add(origins.of(neighbor), "address", "is that of another neighbor of this list");
            } else if (!routing.families().contains(neighbor.address().family())) {
                problems.add(
                        origins.of(neighbor),
                        "address",
                        "is of a family that is not among families: no routes would be exchanged");
            }
        }
        for (IpPrefix network : bgp.networks()) {
            if (!routing.families().contains(network.network().family())) {
                problems.add(origins.of(routing), "networks", network + " is of a family that is not among families");
            }
        }
    }

    private static boolean hasIpv4(List<Interface> interfaces) {
        return interfaces.stream()
                .flatMap(each -> each.addresses().stream())
                .anyMatch(address -> address.address().family() == AddressFamily.IPV4);
    }
}
