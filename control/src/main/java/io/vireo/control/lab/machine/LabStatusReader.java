package io.vireo.control.lab.machine;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ControlClient;
import io.vireo.control.lab.topology.LabEnd;
import io.vireo.control.lab.topology.LabHost;
import io.vireo.control.lab.topology.LabLink;
import io.vireo.control.lab.topology.LabNames;
import io.vireo.control.lab.topology.LabTopology;
import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.supervisor.NodePaths;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Looks how a lab is. Needs root, to look into its namespaces. */
public final class LabStatusReader {
    private final LabTopology topology;
    private final LabNames names;
    private final LabInventory found;

    private LabStatusReader(LabTopology topology, LabInventory found) {
        this.topology = topology;
        this.names = topology.names();
        this.found = found;
    }

    /** How the lab of a topology is. */
    public static LabStatus read(LabTopology topology) {
        return new LabStatusReader(topology, InventoryReader.read(topology.names())).read();
    }

    private LabStatus read() {
        return new LabStatus(
                topology.name(),
                topology.nodes().stream().map(node -> readNode(node.name())).toList(),
                topology.links().stream().map(this::readLink).toList(),
                topology.hosts().stream().map(this::readHost).toList());
    }

    private LabStatus.OfNode readNode(String node) {
        String name = names.node(node);
        try {
            ControlClient client = ControlClient.connect(NodePaths.of(name).controlSocket());
            JsonNode status = client.get("/v1/status");
            return new LabStatus.OfNode(
                    node,
                    name,
                    "up",
                    status.path("dataplane").path("state").asString("DOWN"),
                    status.path("configVersion").asLong(),
                    status.path("routerCount").asLong(),
                    NodePorts.down(client, topology.joinedPorts(node)),
                    status.path("alarms").size());
        } catch (CliException e) {
            System.getLogger(LabStatusReader.class.getName())
                    .log(System.Logger.Level.DEBUG, "{0}: {1}", name, e.getMessage());
            return new LabStatus.OfNode(node, name, "down", "DOWN", 0, 0, List.of(), 0);
        }
    }

    private LabStatus.OfLink readLink(LabLink link) {
        return new LabStatus.OfLink(readEnd(link, link.a()), readEnd(link, link.b()));
    }

    private LabStatus.OfEnd readEnd(LabLink link, LabEnd labEnd) {
        WireEnd end = WireEnd.of(names, labEnd);
        LinkMessage device = found.link(end);
        String namespace = end.isOfHost() ? end.namespace() : null;
        if (device == null || !device.alias().equals(names.mark(link))) {
            return new LabStatus.OfEnd(labEnd.label(), end.device(), namespace, 0, "missing");
        }
        String carrier = device.isOperational() ? "up" : "down";
        return new LabStatus.OfEnd(labEnd.label(), end.device(), namespace, device.mtu(), carrier);
    }

    private LabStatus.OfHost readHost(LabHost host) {
        List<InterfaceAddress> addresses = new ArrayList<>(host.addresses());
        for (LabLink link : topology.links()) {
            for (LabEnd end : link.ends()) {
                if (end instanceof LabEnd.OfHost of && of.owner().equals(host.name())) {
                    addresses.addAll(of.addresses());
                }
            }
        }
        String namespace = names.namespace(host.name());
        return new LabStatus.OfHost(
                host.name(),
                namespace,
                found.isOwnHost(namespace) ? "up" : "missing",
                addresses.stream().map(InterfaceAddress::toString).toList());
    }
}
