package io.vireo.control.network.cli;

import static io.vireo.control.cli.Column.text;
import static io.vireo.control.cli.Column.texts;

import io.vireo.control.cli.Column;
import io.vireo.control.cli.ControlClient;
import io.vireo.control.cli.Scaled;
import io.vireo.control.cli.TableCommand;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code vireo network show}. */
@Command(
        name = "show",
        description = "Shows what there is in the network.",
        mixinStandardHelpOptions = true,
        subcommands = {
            NetworkShowCommand.Links.class,
            NetworkShowCommand.Nodes.class,
            NetworkShowCommand.Paths.class,
            NetworkShowCommand.Substrate.class
        })
final class NetworkShowCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** A request for all objects of a kind. */
    @Command
    abstract static class Show extends TableCommand {
        @Mixin
        private final ControllerOptions controller = new ControllerOptions();

        private final String path;

        Show(String path, Column... columns) {
            super(columns);
            this.path = path;
        }

        @Override
        protected final ControlClient client() {
            return controller.client();
        }

        @Override
        protected final String path() {
            return path;
        }
    }

    @Command(name = "nodes", description = "The nodes: whether they answer, and have what they should.")
    static final class Nodes extends Show {
        Nodes() {
            super(
                    "/v1/network/nodes",
                    text("node", "/node"),
                    new Column("state", node -> state(node, "reachable", "answers", "away")),
                    new Column("data plane", node -> state(node, "forwarding", "forwards", "down")),
                    text("version", "/configVersion"),
                    new Column("part", node -> state(node, "inSync", "as it should", "changed")),
                    text("error", "/error"));
        }

        private static String state(JsonNode node, String field, String yes, String no) {
            return node.path(field).asBoolean() ? yes : no;
        }
    }

    @Command(
            name = "links",
            description =
                    "The virtual links: what is guaranteed and sent, in bit/s, at their two ends, and how they are.")
    static final class Links extends Show {
        Links() {
            super(
                    "/v1/network/links",
                    new Column("link", NetworkShowCommand::link),
                    text("a", "/a/node"),
                    text("b", "/b/node"),
                    new Column("state", link -> link.path("up").asBoolean() ? "up" : ends(link)),
                    new Column(
                            "guaranteed",
                            link -> Scaled.of(link.path("plannedBitsPerSecond").asLong())),
                    new Column(
                            "a sends",
                            link -> Scaled.of(link.at("/a/sentBitsPerSecond").asLong())),
                    new Column(
                            "b sends",
                            link -> Scaled.of(link.at("/b/sentBitsPerSecond").asLong())),
                    new Column(
                            "dropped",
                            link -> link.at("/a/droppedPackets").asLong()
                                    + link.at("/b/droppedPackets").asLong()),
                    texts("path", "/path"));
        }

        private static String ends(JsonNode link) {
            return (link.at("/a/state").asString() + "/" + link.at("/b/state").asString()).toLowerCase(Locale.ROOT);
        }
    }

    private static String link(JsonNode link) {
        return link.path("vpn").asString() + "/" + link.path("link").asString();
    }

    @Command(name = "paths", description = "The virtual links: their ends and the substrate links that they take.")
    static final class Paths extends Show {
        Paths() {
            super(
                    "/v1/network/links",
                    new Column("link", NetworkShowCommand::link),
                    new Column("a", link -> end(link.path("a"))),
                    new Column("b", link -> end(link.path("b"))),
                    texts("path", "/path"));
        }

        private static String end(JsonNode end) {
            return end.path("node").asString() + " " + end.path("path").asString();
        }
    }

    @Command(
            name = "substrate",
            description = "The substrate links, each direction: what is sold and what is left, in bit/s.")
    static final class Substrate extends Show {
        Substrate() {
            super(
                    "/v1/network/substrate",
                    text("link", "/link"),
                    text("from", "/from"),
                    text("to", "/to"),
                    new Column("state", load -> load.path("up").asBoolean() ? "up" : "down"),
                    rate("reservable", "/reservableBitsPerSecond"),
                    rate("sold", "/soldBitsPerSecond"),
                    rate("left", "/leftBitsPerSecond"),
                    text("links", "/virtualLinks"));
        }

        private static Column rate(String heading, String place) {
            return new Column(heading, load -> Scaled.of(load.at(place).asLong()));
        }
    }
}
