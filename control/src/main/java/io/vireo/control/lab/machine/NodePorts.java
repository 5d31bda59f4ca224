package io.vireo.control.lab.machine;

import io.vireo.control.cli.ControlClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The ports of a node that links of a lab join, as its control reports them. */
final class NodePorts {
    private static final String UP = "up";

    private NodePorts() {}

    /** Those that do not forward, each with its state and the reason. */
    static List<String> down(ControlClient client, List<String> ports) {
        Map<String, JsonNode> found = new HashMap<>();
        client.get("/v1/ports").forEach(port -> found.put(port.path("name").asString(""), port));
        return ports.stream()
                .filter(port -> !stateOf(found.get(port)).equals(UP))
                .map(port -> describe(port, found.get(port)))
                .toList();
    }

    private static String describe(String port, @Nullable JsonNode found) {
        String reason = found == null ? "" : found.path("reason").asString("");
        return "port " + port + " is " + stateOf(found) + (reason.isEmpty() ? "" : ": " + reason);
    }

    private static String stateOf(@Nullable JsonNode port) {
        return port == null ? "missing" : port.path("state").asString("");
    }
}
