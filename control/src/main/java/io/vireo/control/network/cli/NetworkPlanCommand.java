package io.vireo.control.network.cli;

import io.vireo.control.cli.Documents;
import io.vireo.control.cli.ExitCode;
import io.vireo.control.cli.Scaled;
import io.vireo.control.cli.Table;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code vireo network plan}. */
@Command(
        name = "plan",
        description = "Shows what a network document would do: the paths of virtual links, what would be left of each"
                + " substrate link, and what each node would have to change. Changes nothing.")
final class NetworkPlanCommand extends NetworkClientCommand {
    @Option(
            names = {"-f", "--file"},
            required = true,
            description = "The network document, YAML or JSON; - for the standard input.",
            paramLabel = "FILE")
    private String file = "";

    @Option(names = "--nodes", description = "Show each node's difference, too.")
    private boolean withNodes;

    @Override
    public Integer call() {
        JsonNode plan = client().post("/v1/network/plan", Documents.read(file));
        if (isJson()) {
            printJson(plan);
        } else {
            print(plan);
        }
        return ExitCode.DONE;
    }

    private void print(JsonNode plan) {
        out().print(
                        plan.at("/diff/changes").isEmpty()
                                ? "no difference\n"
                                : plan.at("/diff/text").asString());
        Table links = new Table("link", "a", "b", "guaranteed", "path");
        for (JsonNode link : plan.path("links")) {
            links.row(
                    link.path("vpn").asString() + "/" + link.path("link").asString(),
                    link.at("/a/node").asString(),
                    link.at("/b/node").asString(),
                    Scaled.of(link.path("guaranteedBitsPerSecond").asLong()),
                    link.path("substrateLinks")
                            .valueStream()
                            .map(JsonNode::asString)
                            .collect(Collectors.joining(" ")));
        }
        out().println();
        out().print(links.toText());
        Table substrate = new Table("substrate", "from", "to", "reservable", "sold", "left");
        for (JsonNode load : plan.path("substrate")) {
            substrate.row(
                    load.path("link").asString(),
                    load.path("from").asString(),
                    load.path("to").asString(),
                    Scaled.of(load.path("reservableBitsPerSecond").asLong()),
                    Scaled.of(load.path("soldBitsPerSecond").asLong()),
                    Scaled.of(load.path("leftBitsPerSecond").asLong()));
        }
        out().println();
        out().print(substrate.toText());
        for (JsonNode node : plan.path("nodes")) {
            out().println();
            out().println("node " + node.path("node").asString() + ": "
                    + node.at("/diff/changes").size() + " changes");
            if (withNodes) {
                out().print(node.at("/diff/text").asString());
            }
        }
    }
}
