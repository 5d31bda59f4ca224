package io.vireo.control.lab.machine;

import io.vireo.control.lab.topology.LabEnd;
import io.vireo.control.lab.topology.LabHost;
import io.vireo.control.lab.topology.LabTopology;
import io.vireo.control.linux.NetworkNamespace;
import io.vireo.control.linux.netlink.AddressMessage;
import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.linux.netlink.NextHop;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RouteType;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.process.Command;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes and repairs hosts: their namespaces, addresses and default routes. */
final class HostMaker {
    /** Marks addresses and routes as the lab's ({@code IFA_PROTO}, {@code RTPROT_*}); what others add to a host stays. */
    static final int PROTOCOL = 87;

    private static final IpPrefix ANY_IPV4 = IpPrefix.parse("0.0.0.0/0");
    private static final IpPrefix ANY_IPV6 = IpPrefix.parse("::/0");

    private final LabTopology topology;

    HostMaker(LabTopology topology) {
        this.topology = topology;
    }

    /** Makes the namespace, with nothing in it but its loopback. */
    void make(LabHost host) {
        String namespace = topology.names().namespace(host.name());
        NetworkNamespace.create(namespace).close();
        Command.of(
                        "ip",
                        "-n",
                        namespace,
                        "link",
                        "set",
                        "lo",
                        "up",
                        "alias",
                        topology.names().mark(host))
                .runOrThrow();
    }

    /** Gives a host whose links are there its addresses and routes. Returns what was missing or too much, for people. */
    List<String> configure(LabHost host) {
        String name = topology.names().namespace(host.name());
        try (NetworkNamespace namespace = NetworkNamespace.open(name)) {
            return namespace.call(() -> {
                try (Rtnetlink netlink = Rtnetlink.open(name)) {
                    List<String> repaired = new ArrayList<>();
                    addresses(host).forEach((device, addresses) -> {
                        LinkMessage link = netlink.link(device).orElseThrow();
                        syncAddresses(netlink, link, addresses).forEach(text -> repaired.add(name + ": " + text));
                    });
                    syncGateways(netlink, host).forEach(text -> repaired.add(name + ": " + text));
                    return repaired;
                }
            });
        }
    }

    /** The addresses of each interface that a link joins. */
    private Map<String, List<InterfaceAddress>> addresses(LabHost host) {
        Map<String, List<InterfaceAddress>> addresses = new LinkedHashMap<>();
        topology.links().stream().flatMap(link -> link.ends().stream()).forEach(end -> {
            if (end instanceof LabEnd.OfHost of && of.owner().equals(host.name())) {
                List<InterfaceAddress> all = new ArrayList<>(of.addresses());
                if (of.device().equals(LabEnd.DEFAULT_INTERFACE)) {
                    all.addAll(host.addresses());
                }
                addresses.put(of.device(), all);
            }
        });
        return addresses;
    }

    private static List<String> syncAddresses(Rtnetlink netlink, LinkMessage link, List<InterfaceAddress> wanted) {
        List<String> repaired = new ArrayList<>();
        List<InterfaceAddress> missing = new ArrayList<>(wanted);
        for (AddressMessage found : netlink.addresses()) {
            if (found.ifindex() != link.ifindex() || missing.remove(found.address())) {
                continue;
            }
            if (found.protocol() == PROTOCOL) {
                netlink.deleteAddress(link, found.address());
                repaired.add("address " + found.address() + " of " + link.name() + " removed");
            }
        }
        for (InterfaceAddress address : missing) {
            netlink.addAddress(link, address, PROTOCOL);
            repaired.add("address " + address + " of " + link.name() + " added");
        }
        return repaired;
    }

    private List<String> syncGateways(Rtnetlink netlink, LabHost host) {
        List<String> repaired = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            IpAddress gateway = host.gateways().stream()
                    .filter(candidate -> candidate.family() == family)
                    .findFirst()
                    .orElse(null);
            List<RouteMessage> own = new ArrayList<>();
            netlink.dumpRoutes(family, PROTOCOL, own::add);
            boolean isThere = false;
            for (RouteMessage route : own) {
                if (gateway != null && isVia(route, gateway)) {
                    isThere = true;
                } else {
                    netlink.deleteRoute(route);
                    repaired.add("route " + route.prefix() + " removed");
                }
            }
            if (gateway != null && !isThere) {
                netlink.replaceRoute(route(netlink, host, gateway));
                repaired.add("default route via " + gateway + " added");
            }
        }
        return repaired;
    }

    private RouteMessage route(Rtnetlink netlink, LabHost host, IpAddress gateway) {
        String device = addresses(host).entrySet().stream()
                .filter(entry -> entry.getValue().stream()
                        .anyMatch(address -> address.subnet().contains(gateway)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        int ifindex = netlink.link(device).orElseThrow().ifindex();
        IpPrefix any = gateway.family() == AddressFamily.IPV4 ? ANY_IPV4 : ANY_IPV6;
        return RouteMessage.of(any, RouteType.UNICAST, PROTOCOL, 0, List.of(NextHop.of(ifindex, gateway)));
    }

    private static boolean isVia(RouteMessage route, IpAddress gateway) {
        return route.prefix().prefixLength() == 0
                && route.nextHops().stream().anyMatch(hop -> Objects.equals(hop.gateway(), gateway));
    }
}
