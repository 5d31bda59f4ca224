package io.vireo.control.lab.topology;

import java.util.List;
import java.util.Optional;

/**
 * A lab of several nodes on one machine.
 *
 * @param name  unique among the labs of the machine; everything that is made for the lab has a name that begins with it.
 * @param nodes its Vireo nodes.
 * @param hosts its Linux hosts.
 * @param links what joins them.
 */
public record LabTopology(String name, List<LabNode> nodes, List<LabHost> hosts, List<LabLink> links) {
    /** Copies the lists. */
    public LabTopology {
        nodes = List.copyOf(nodes);
        hosts = List.copyOf(hosts);
        links = List.copyOf(links);
    }

    /** The host of that name. */
    public Optional<LabHost> host(String host) {
        return hosts.stream().filter(candidate -> candidate.name().equals(host)).findFirst();
    }

    /** The names of a node's ports that links join, in the order of the links. */
    public List<String> joinedPorts(String node) {
        return links.stream()
                .flatMap(link -> link.ends().stream())
                .filter(end -> end instanceof LabEnd.OfNode && end.owner().equals(node))
                .map(LabEnd::device)
                .toList();
    }

    /** The names of everything that is made for it. */
    public LabNames names() {
        return new LabNames(name);
    }
}
