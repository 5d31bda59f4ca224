package io.vireo.control.network.controller;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a planner made of a document.
 *
 * @param apis the address of each node's API, by the node's name.
 * @param parts what each node is to have, a whole configuration document, by the node's name.
 * @param allocations what was taken for something by its name, for the next plan; the planner's own text.
 * @param links the virtual links and their paths.
 * @param keyedNodes the nodes on which encrypted virtual links end.
 * @param loads the substrate links and what of them is sold.
 */
public record PlannedNetwork(
        Map<String, String> apis,
        Map<String, String> parts,
        String allocations,
        List<VirtualLinkPath> links,
        List<String> keyedNodes,
        List<SubstrateLoad> loads) {
    /** What a node has that is not of the network. */
    static final String NO_PART = "{}\n";

    /** Of no network. */
    static final PlannedNetwork EMPTY = new PlannedNetwork(Map.of(), Map.of(), "", List.of(), List.of(), List.of());

    public PlannedNetwork {
        apis = new TreeMap<>(apis);
        parts = new TreeMap<>(parts);
        links = List.copyOf(links);
        keyedNodes = List.copyOf(keyedNodes);
        loads = List.copyOf(loads);
    }

    /** The parts that are not what they were before. */
    Map<String, String> partsOtherThan(PlannedNetwork before) {
        Map<String, String> changed = new TreeMap<>(parts);
        changed.entrySet()
                .removeIf(part -> part.getValue().equals(before.parts().get(part.getKey())));
        return changed;
    }

    /** The same, and nothing for nodes that are no longer of the network. */
    Map<String, String> partsToBringOver(PlannedNetwork before) {
        Map<String, String> wanted = partsOtherThan(before);
        for (String node : before.parts().keySet()) {
            if (!parts.containsKey(node)) {
                wanted.put(node, NO_PART);
            }
        }
        return wanted;
    }
}
