package io.vireo.control.lab.machine;

import io.vireo.control.lab.topology.LabNames;
import io.vireo.control.linux.NetworkNamespace;
import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.supervisor.NodePaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at this machine. Needs root. */
public final class InventoryReader {
    private static final String LOOPBACK = "lo";

    private InventoryReader() {}

    /** What is there of a lab. */
    public static LabInventory read(LabNames names) {
        Map<String, LabInventory.FoundHost> hosts = new HashMap<>();
        for (String namespace : NetworkNamespace.list(names.prefix())) {
            if (NetworkNamespace.exists(namespace)) {
                hosts.put(namespace, readHost(namespace));
            }
        }
        Map<String, Optional<NodeMark>> nodes = new HashMap<>();
        for (String node : nodeNames(names)) {
            nodes.put(node, NodeMark.read(NodePaths.of(node)));
        }
        return new LabInventory(names, readLinks("the machine"), hosts, nodes);
    }

    private static LabInventory.FoundHost readHost(String name) {
        try (NetworkNamespace namespace = NetworkNamespace.open(name)) {
            Map<String, LinkMessage> links = namespace.call(() -> readLinks(name));
            LinkMessage loopback = links.get(LOOPBACK);
            return new LabInventory.FoundHost(loopback == null ? "" : loopback.alias(), links);
        }
    }

    private static Map<String, LinkMessage> readLinks(String where) {
        try (Rtnetlink netlink = Rtnetlink.open(where)) {
            Map<String, LinkMessage> links = new HashMap<>();
            netlink.links().forEach(link -> links.put(link.name(), link));
            return links;
        }
    }

    private static List<String> nodeNames(LabNames names) {
        NodePaths any = NodePaths.of(NodePaths.DEFAULT_NODE);
        List<String> found = new ArrayList<>();
        for (Path directory : List.of(any.stateDirectory(), any.sharedDirectory())) {
            found.addAll(namesIn(directory.resolveSibling(""), names.prefix()));
        }
        return found.stream().distinct().toList();
    }

    private static List<String> namesIn(Path directory, String prefix) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isDirectory)
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith(prefix))
                    .filter(InventoryReader::isNodeName)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    private static boolean isNodeName(String name) {
        try {
            return !NodePaths.of(name).node().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
