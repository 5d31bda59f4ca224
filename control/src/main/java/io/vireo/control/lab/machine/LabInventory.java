package io.vireo.control.lab.machine;

import io.vireo.control.lab.topology.LabNames;
import io.vireo.control.linux.netlink.LinkMessage;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What this machine has that is a lab's, or has a name that would be.
 *
 * @param names of the lab.
 * @param links the devices of the machine's own namespace, by name.
 * @param hosts the namespaces whose names begin as the lab's do, by name.
 * @param nodes the nodes whose names begin so, by name, with their mark.
 */
public record LabInventory(
        LabNames names,
        Map<String, LinkMessage> links,
        Map<String, FoundHost> hosts,
        Map<String, Optional<NodeMark>> nodes) {
    /** Sorts by names. */
    public LabInventory {
        links = new TreeMap<>(links);
        hosts = new TreeMap<>(hosts);
        nodes = new TreeMap<>(nodes);
    }

    /**
     * A namespace.
     *
     * @param mark  the alias of its loopback.
     * @param links its devices by name.
     */
    public record FoundHost(String mark, Map<String, LinkMessage> links) {
        /** Sorts by names. */
        public FoundHost {
            links = new TreeMap<>(links);
        }
    }

    /** The device at an end of a link, or null. */
    public @Nullable LinkMessage link(WireEnd end) {
        if (!end.isOfHost()) {
            return links.get(end.device());
        }
        FoundHost host = hosts.get(end.namespace());
        return host == null ? null : host.links().get(end.device());
    }

    /** Whether the lab has made this namespace. */
    public boolean isOwnHost(String namespace) {
        FoundHost host = hosts.get(namespace);
        return host != null && isOwn(host.mark());
    }

    /** Whether the lab has made this node. */
    public boolean isOwnNode(String node) {
        return nodes.getOrDefault(node, Optional.empty())
                .map(mark -> mark.lab().equals(names.lab()))
                .orElse(false);
    }

    /** Whether a mark is one of this lab's. */
    boolean isOwn(String mark) {
        return mark.startsWith(names.markPrefix());
    }
}
