package io.vireo.control.network.transaction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Documents to be brought onto nodes.
 *
 * @param version of whatever they are parts of; a number by which the caller asks later whether it was decided.
 * @param apis    the address of each node's API, by its name.
 * @param phases  documents by the nodes' names, in the order in which nodes are to have them; at least one.
 */
public record SetUp(long version, Map<String, String> apis, List<Map<String, String>> phases) {

    public SetUp {
        apis = Map.copyOf(apis);
        // In the order given, which is the order of reports.
        phases = phases.stream()
                .map(phase -> (Map<String, String>) new LinkedHashMap<>(phase))
                .toList();
    }

    /** Of one phase. */
    public static SetUp of(long version, Map<String, String> apis, Map<String, String> documents) {
        return new SetUp(version, apis, List.of(documents));
    }
}
