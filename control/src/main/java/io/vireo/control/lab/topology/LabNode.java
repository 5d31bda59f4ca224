package io.vireo.control.lab.topology;

import io.vireo.control.model.document.yaml.YamlNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Vireo node of a lab.
 *
 * @param name          unique among the nodes and hosts of the lab.
 * @param configFile    the file that holds its configuration, relative to the topology's; or null.
 * @param configuration its configuration, written in the topology; or null. One of the two is there.
 * @param workers       threads that forward.
 * @param settings      settings of its data plane over those of a lab, by name, in the document's order.
 */
public record LabNode(
        String name,
        @Nullable String configFile,
        @Nullable YamlNode configuration,
        int workers,
        Map<String, String> settings) {
    /** Copies the settings. */
    public LabNode {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
