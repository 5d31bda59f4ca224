package io.vireo.control.lab.topology;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Limits;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.YamlNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what is wrong with a topology as a whole: what is there twice, is not there at all, or gets too long a name. */
final class TopologyCheck {
    private final Problems problems;
    private final Origins origins;

    TopologyCheck(Problems problems, Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    void check(LabTopology topology) {
        if (topology.nodes().isEmpty()) {
            problems.add(origins.of(topology), "nodes", "is missing: a lab has a node at least");
        }
        Map<String, String> names = new HashMap<>();
        topology.nodes().forEach(node -> once(names, node.name(), node, "name", "is the name of another node or host"));
        topology.hosts().forEach(host -> once(names, host.name(), host, "name", "is the name of another node or host"));
        checkLinks(topology);
        topology.hosts().forEach(host -> checkHost(topology, host));
    }

    private void checkLinks(LabTopology topology) {
        Map<String, String> ends = new HashMap<>();
        Set<String> nodes = new HashSet<>();
        topology.nodes().forEach(node -> nodes.add(node.name()));
        for (LabLink link : topology.links()) {
            for (LabEnd end : link.ends()) {
                switch (end) {
                    case LabEnd.OfNode node -> checkNodeEnd(topology.names(), node, nodes, ends);
                    case LabEnd.OfHost host -> checkHostEnd(topology, host, ends);
                }
            }
        }
    }

    private void checkNodeEnd(LabNames names, LabEnd.OfNode end, Set<String> nodes, Map<String, String> ends) {
        if (!nodes.contains(end.owner())) {
            problems.add(origins.of(end), "node", "is the name of no node of this lab");
            return;
        }
        once(ends, end.label(), end, "port", "is joined by another link already");
        String device = names.portDevice(end.owner(), end.device());
        if (device.length() > Limits.MAX_INTERFACE_NAME_LENGTH) {
            problems.add(
                    origins.of(end),
                    "port",
                    "becomes the Linux interface " + device + ", which is longer than "
                            + Limits.MAX_INTERFACE_NAME_LENGTH
                            + " characters: shorten the name of the lab, node or port");
        }
    }

    private void checkHostEnd(LabTopology topology, LabEnd.OfHost end, Map<String, String> ends) {
        if (topology.host(end.owner()).isEmpty()) {
            problems.add(origins.of(end), "host", "is the name of no host of this lab");
            return;
        }
        if (end.device().equals("lo")) {
            problems.add(origins.of(end), "interface", "is the loopback of the host");
        }
        YamlNode.Mapping mapping = origins.of(end);
        String field = mapping.fields().containsKey("interface") ? "interface" : "host";
        once(ends, end.label(), end, field, "(its interface " + end.device() + ") is joined by another link already");
    }

    private void checkHost(LabTopology topology, LabHost host) {
        List<InterfaceAddress> addresses = new ArrayList<>(host.addresses());
        boolean hasDefaultInterface = false;
        for (LabLink link : topology.links()) {
            for (LabEnd end : link.ends()) {
                if (end instanceof LabEnd.OfHost of && of.owner().equals(host.name())) {
                    addresses.addAll(of.addresses());
                    hasDefaultInterface |= of.device().equals(LabEnd.DEFAULT_INTERFACE);
                }
            }
        }
        if (!host.addresses().isEmpty() && !hasDefaultInterface) {
            problems.add(
                    origins.of(host),
                    "addresses",
                    "are those of " + LabEnd.DEFAULT_INTERFACE
                            + ", which no link joins; a link's end has addresses too");
        }
        checkAddresses(host, addresses);
        checkGateways(host, addresses);
    }

    private void checkAddresses(LabHost host, List<InterfaceAddress> addresses) {
        Set<IpAddress> seen = new HashSet<>();
        for (InterfaceAddress address : addresses) {
            if (!seen.add(address.address())) {
                problems.add(origins.of(host), "addresses", "has the address " + address.address() + " twice");
            }
        }
    }

    private void checkGateways(LabHost host, List<InterfaceAddress> addresses) {
        Set<AddressFamily> families = EnumSet.noneOf(AddressFamily.class);
        for (IpAddress gateway : host.gateways()) {
            if (!families.add(gateway.family())) {
                problems.add(origins.of(host), "gateway", "has two of one address family");
            }
            if (addresses.stream().noneMatch(address -> address.subnet().contains(gateway))) {
                problems.add(
                        origins.of(host), "gateway", "'" + gateway + "' lies in the subnet of no address of the host");
            }
        }
    }

    /** Reports a key that was seen before, and where. */
    private void once(Map<String, String> seen, String key, Object of, String field, String reason) {
        YamlNode.Mapping mapping = origins.of(of);
        String before = seen.putIfAbsent(key, mapping.pathOf(field));
        if (before != null) {
            problems.add(mapping, field, reason + ", see " + before);
        }
    }
}
