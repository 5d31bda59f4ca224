package io.vireo.control.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The things {@code vireo show} can show: each a question to the API and the table of its answer. */
final class ShowCommands {

    private ShowCommands() {}

    /** A question whose answer is printed as a table. */
    abstract static class Show extends ClientCommand {

        abstract String path();

        abstract Table table(JsonNode answer);

        @Override
        public final Integer call() {
            final JsonNode answer = client().get(path());
            if (isJson()) {
                printJson(answer);
            } else {
                out().print(table(answer).toText());
            }
            return ExitCode.DONE;
        }
    }

    /** A question about one virtual router. */
    abstract static class ShowOfRouter extends Show {
        @Parameters(
                index = "0",
                description = "The virtual router; the VPN alone when it has one here.",
                paramLabel = "VPN[/ROUTER]")
        private String router = "";

        @Override
        final String path() {
            return RouterName.resolve(client(), router).apiPath() + "/" + what();
        }

        abstract String what();
    }

    @Command(name = "ports", description = "Ports and their counters.")
    static final class Ports extends Show {
        @Override
        String path() {
            return "/v1/ports";
        }

        @Override
        Table table(final JsonNode answer) {
            final Table table = new Table(
                    "port",
                    "id",
                    "device",
                    "state",
                    "mac",
                    "speed",
                    "rx packets",
                    "tx packets",
                    "refused",
                    "missed",
                    "errors");
            for (final JsonNode port : answer) {
                final JsonNode counts = port.path("counts");
                table.row(
                        text(port, "name"),
                        port.path("portId").asInt(),
                        text(port, "device"),
                        text(port, "state"),
                        text(port, "mac"),
                        port.path("speedMbps").asInt() == 0
                                ? ""
                                : port.path("speedMbps").asInt() + "M",
                        counts.path("rxPackets").asLong(),
                        counts.path("txPackets").asLong(),
                        counts.path("refusedPackets").asLong(),
                        counts.path("missedPackets").asLong(),
                        counts.path("inputErrors").asLong()
                                + counts.path("outputErrors").asLong());
            }
            return table;
        }
    }

    @Command(name = "vpns", description = "VPNs of this node.")
    static final class Vpns extends Show {
        @Override
        String path() {
            return "/v1/vpns";
        }

        @Override
        Table table(final JsonNode answer) {
            final Table table = new Table("vpn", "vpn-id", "routers", "links");
            for (final JsonNode vpn : answer) {
                table.row(
                        text(vpn, "name"),
                        Long.toString(vpn.path("id").asLong()),
                        joined(vpn.path("routers")),
                        joined(vpn.path("links")));
            }
            return table;
        }
    }

    @Command(name = "routers", description = "Virtual routers and their counters.")
    static final class Routers extends Show {
        @Override
        String path() {
            return "/v1/routers";
        }

        @Override
        Table table(final JsonNode answer) {
            final Table table = new Table(
                    "router", "id", "namespace", "rx packets", "tx packets", "dropped", "punted", "punt-limited");
            for (final JsonNode router : answer) {
                final JsonNode counts = router.path("counts");
                table.row(
                        text(router, "vpn") + "/" + text(router, "router"),
                        router.path("routerId").asInt(),
                        text(router, "namespace"),
                        counts.path("rxPackets").asLong(),
                        counts.path("txPackets").asLong(),
                        counts.path("dropPackets").asLong(),
                        counts.path("puntPackets").asLong(),
                        counts.path("puntLimitedPackets").asLong());
            }
            return table;
        }
    }

    @Command(name = "interfaces", description = "Interfaces and their counters.")
    static final class Interfaces extends Show {
        @Override
        String path() {
            return "/v1/interfaces";
        }

        @Override
        Table table(final JsonNode answer) {
            final Table table = new Table(
                    "interface",
                    "id",
                    "at",
                    "state",
                    "mac",
                    "mtu",
                    "addresses",
                    "rx packets",
                    "tx packets",
                    "dropped",
                    "punted");
            for (final JsonNode face : answer) {
                final JsonNode status = face.path("status");
                final JsonNode counts = status.path("counts");
                table.row(
                        text(face, "path"),
                        status.path("interfaceId").asInt(),
                        text(status, "attachment"),
                        state(status),
                        text(status, "mac"),
                        Integer.toString(status.path("mtu").asInt()),
                        joined(status.path("addresses")),
                        counts.path("rxPackets").asLong(),
                        counts.path("txPackets").asLong(),
                        counts.path("dropPackets").asLong(),
                        counts.path("puntPackets").asLong());
            }
            return table;
        }

        private static String state(final JsonNode status) {
            if (!status.path("adminUp").asBoolean()) {
                return "disabled";
            }
            return status.path("up").asBoolean() ? "up" : "down";
        }
    }

    @Command(name = "routes", description = "Routes of a virtual router, as the data plane holds them.")
    static final class Routes extends ShowOfRouter {
        @Override
        String what() {
            return "routes";
        }

        @Override
        Table table(final JsonNode answer) {
            final Table table = new Table("prefix", "kind", "next hops");
            for (final JsonNode route : answer) {
                table.row(
                        text(route, "prefix"),
                        text(route, "kind"),
                        route.path("nextHops")
                                .valueStream()
                                .map(Routes::nextHop)
                                .collect(Collectors.joining(", ")));
            }
            return table;
        }

        private static String nextHop(final JsonNode hop) {
            final String weight = hop.path("weight").asInt() > 1
                    ? " weight " + hop.path("weight").asInt()
                    : "";
            return hop.has("gateway")
                    ? "via " + text(hop, "gateway") + " dev " + text(hop, "interfaceName") + weight
                    : "dev " + text(hop, "interfaceName") + weight;
        }
    }

    @Command(name = "neighbours", description = "Neighbours of a virtual router, as the data plane holds them.")
    static final class Neighbours extends ShowOfRouter {
        @Override
        String what() {
            return "neighbours";
        }

        @Override
        Table table(final JsonNode answer) {
            final Table table = new Table("address", "interface", "mac");
            for (final JsonNode neighbour : answer) {
                table.row(text(neighbour, "address"), text(neighbour, "interfaceName"), text(neighbour, "mac"));
            }
            return table;
        }
    }

    @Command(name = "drops", description = "Dropped packets by reason.")
    static final class Drops extends Show {
        @Override
        String path() {
            return "/v1/drops";
        }

        @Override
        Table table(final JsonNode answer) {
            final Table table = new Table("router", "reason", "packets", "that is");
            for (final JsonNode drop : answer) {
                table.row(
                        drop.has("vpn") ? text(drop, "vpn") + "/" + text(drop, "router") : "-",
                        text(drop, "reason"),
                        drop.path("packets").asLong(),
                        text(drop, "description"));
            }
            return table;
        }
    }

    @Command(name = "counters", description = "System counters of the data plane.")
    static final class Counters extends Show {
        @Override
        String path() {
            return "/v1/counters";
        }

        @Override
        Table table(final JsonNode answer) {
            final Table table = new Table("counter", "value", "counts");
            for (final JsonNode counter : answer) {
                table.row(text(counter, "name"), counter.path("value").asLong(), text(counter, "description"));
            }
            return table;
        }
    }

    @Command(name = "events", description = "The latest events; `vireo events` follows them.")
    static final class Events extends Show {
        @Override
        String path() {
            return "/v1/events";
        }

        @Override
        Table table(final JsonNode answer) {
            final Table table = new Table("time", "severity", "type", "subject", "what happened");
            for (final JsonNode numbered : answer) {
                final JsonNode event = numbered.path("event");
                table.row(
                        Times.brief(text(event, "time")),
                        text(event, "severity").toLowerCase(Locale.ROOT),
                        text(event, "type"),
                        text(event, "subject"),
                        text(event, "text"));
            }
            return table;
        }
    }

    @Command(name = "config", description = "The current configuration, as it was written.")
    static final class Config extends ClientCommand {
        @Override
        public Integer call() {
            final JsonNode config = client().get("/v1/config");
            if (isJson()) {
                printJson(config.path("configuration"));
            } else {
                out().print(config.path("document").asString());
            }
            return ExitCode.DONE;
        }
    }

    private static String text(final JsonNode node, final String field) {
        return node.path(field).asString("");
    }

    private static String joined(final JsonNode list) {
        return list.valueStream().map(JsonNode::asString).collect(Collectors.joining(" "));
    }
}
