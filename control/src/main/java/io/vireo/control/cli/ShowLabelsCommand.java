package io.vireo.control.cli;

import static io.vireo.control.cli.Column.count;
import static io.vireo.control.cli.Column.text;

import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code vireo show labels}. */
@Command(
        name = "labels",
        description = "What routers do with packets that come with MPLS labels, and how many came with each.")
final class ShowLabelsCommand extends ShowCommands.ShowAll {
    ShowLabelsCommand() {
        super(
                "/v1/labels",
                new Column("router", ShowLabelsCommand::router),
                count("label", "/label"),
                new Column("out", ShowLabelsCommand::out),
                new Column("to", ShowLabelsCommand::target),
                text("ttl", "/ttl"),
                count("packets", "/packets"),
                count("bytes", "/bytes"));
    }

    private static String router(JsonNode entry) {
        return entry.path("vpn").asString() + "/" + entry.path("router").asString();
    }

    private static String out(JsonNode entry) {
        String labels =
                entry.path("outLabels").valueStream().map(JsonNode::asString).collect(Collectors.joining("/"));
        return labels.isEmpty() ? "pop" : labels;
    }

    private static String target(JsonNode entry) {
        if (entry.path("nextHops").isEmpty()) {
            return entry.has("receiver") ? entry.path("receiver").asString() : "itself";
        }
        return entry.path("nextHops")
                .valueStream()
                .map(hop -> "via " + hop.path("gateway").asString() + " dev "
                        + hop.path("interfaceName").asString())
                .collect(Collectors.joining(", "));
    }
}
