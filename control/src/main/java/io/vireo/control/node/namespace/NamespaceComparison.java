package io.vireo.control.node.namespace;

import io.vireo.control.linux.NetworkNamespace;
import io.vireo.control.linux.netlink.AddressMessage;
import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.MacAddress;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.RouterPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares a namespace with what the configuration says of it, and with nothing else: what daemons and operators have added is
 * theirs. Changes nothing.
 */
final class NamespaceComparison {
    private final NetworkNamespace namespace;
    private final Rtnetlink netlink;
    private final StaticRoutes routes;
    private final List<Drift> drift = new ArrayList<>();

    NamespaceComparison(NetworkNamespace namespace, Rtnetlink netlink, StaticRoutes routes) {
        this.namespace = namespace;
        this.netlink = netlink;
        this.routes = routes;
    }

    /** What differs; to be asked once. */
    List<Drift> drift(RouterPlan plan) {
        if (!NetworkNamespace.exists(namespace.name())) {
            add("namespace " + namespace.name(), "without its name");
        }
        drift.addAll(namespace.call(NamespaceSysctls::drift));
        Map<String, LinkMessage> links = new HashMap<>();
        netlink.links().forEach(link -> links.put(link.name(), link));
        List<AddressMessage> addresses = netlink.addresses();
        compareLoopback(links.get(RouterNamespace.LOOPBACK), plan.loopbackAddresses(), addresses);
        for (InterfacePlan wanted : plan.interfaces()) {
            LinkMessage link = links.get(wanted.name());
            if (link == null) {
                add("interface " + wanted.name(), "missing");
            } else {
                compareLink(link, wanted);
                compareAddresses(link, wanted.addresses(), addresses);
            }
        }
        drift.addAll(routes.drift(plan.routes()));
        return List.copyOf(drift);
    }

    private void compareLoopback(
            @Nullable LinkMessage loopback, List<InterfaceAddress> wanted, List<AddressMessage> addresses) {
        if (loopback != null) {
            if (!loopback.isUp()) {
                add("interface " + loopback.name(), "down");
            }
            compareAddresses(loopback, wanted, addresses);
        }
    }

    private void compareLink(LinkMessage link, InterfacePlan wanted) {
        String subject = "interface " + wanted.name();
        if (link.isUp() != wanted.adminUp()) {
            add(subject, link.isUp() ? "up" : "down");
        }
        if (link.mtu() != wanted.mtu() && !wanted.followsUnderlay()) {
            add(subject, "MTU " + link.mtu() + " instead of " + wanted.mtu());
        }
        if (link.macBits() != wanted.mac().bits()) {
            String found = link.macBits() < 0 ? "none" : new MacAddress(link.macBits()).toString();
            add(subject, "MAC " + found + " instead of " + wanted.mac());
        }
        if (link.resolvesNeighbours() != wanted.attachment().resolvesNeighbours()) {
            add(subject, link.resolvesNeighbours() ? "with ARP" : "without ARP");
        }
    }

    private void compareAddresses(LinkMessage link, List<InterfaceAddress> wanted, List<AddressMessage> addresses) {
        for (AddressStep step : AddressStep.between(AddressSync.of(link, addresses), wanted)) {
            if (!step.drift().isEmpty()) {
                add("address " + step.address() + " of " + link.name(), step.drift());
            }
        }
    }

    private void add(String subject, String text) {
        drift.add(new Drift(subject, text));
    }
}
