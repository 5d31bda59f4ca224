package io.vireo.control.cli;

import static io.vireo.control.cli.Column.count;
import static io.vireo.control.cli.Column.text;
import static io.vireo.control.cli.Column.texts;

import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.code.PuntClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The subcommands of {@code vireo show}: each a request to the API and the columns of its table. */
final class ShowCommands {

    private ShowCommands() {}

    /** A request for all objects of a kind. */
    abstract static class ShowAll extends ShowTable {
        private final String path;

        ShowAll(String path, Column... columns) {
            super(columns);
            this.path = path;
        }

        @Override
        protected final String path() {
            return path;
        }
    }

    /** A request about one virtual router. */
    abstract static class ShowOfRouter extends ShowTable {
        @Parameters(
                index = "0",
                description = "The virtual router; the VPN alone when it has one here.",
                paramLabel = "VPN[/ROUTER]")
        private String router = "";

        private final String what;

        ShowOfRouter(String what, Column... columns) {
            super(columns);
            this.what = what;
        }

        @Option(
                names = {"-p", "--prefix"},
                description =
                        "Only what lies within a prefix, itself included; or, with an address, what that matches: of"
                                + " routes the one with the longest prefix.",
                paramLabel = "PREFIX|ADDRESS")
        private @Nullable String prefix;

        @Override
        protected final String path() {
            return RouterName.resolve(client(), router).apiPath() + "/" + what;
        }

        @Override
        protected final Queries query() {
            return super.query().with("prefix", prefix);
        }
    }

    @Command(name = "ports", description = "Ports and their counters.")
    static final class Ports extends ShowAll {
        Ports() {
            super(
                    "/v1/ports",
                    text("port", "/name"),
                    count("id", "/portId"),
                    text("device", "/device"),
                    new Column("state", Ports::state),
                    text("mac", "/mac"),
                    new Column("speed", Ports::speed),
                    count("rx packets", "/counts/rxPackets"),
                    count("tx packets", "/counts/txPackets"),
                    count("tx dropped", "/counts/txDroppedPackets"),
                    count("own control", "/counts/ownControlPackets"),
                    count("own limited", "/counts/ownControlLimitedPackets"),
                    count("missed", "/counts/missedPackets"),
                    new Column("errors", Ports::errors));
        }

        private static String state(JsonNode port) {
            String reason = port.path("reason").asString();
            return port.path("state").asString() + (reason.isEmpty() ? "" : " (" + reason + ")");
        }

        private static String speed(JsonNode port) {
            int mbps = port.path("speedMbps").asInt();
            return mbps == 0 ? "" : mbps + "M";
        }

        private static long errors(JsonNode port) {
            return port.at("/counts/inputErrors").asLong()
                    + port.at("/counts/outputErrors").asLong();
        }
    }

    @Command(name = "vpns", description = "VPNs of this node.")
    static final class Vpns extends ShowAll {
        Vpns() {
            super(
                    "/v1/vpns",
                    text("vpn", "/name"),
                    text("vpn-id", "/id"),
                    texts("routers", "/routers"),
                    texts("links", "/links"));
        }
    }

    @Command(name = "routers", description = "Virtual routers and their counters.")
    static final class Routers extends ShowAll {
        Routers() {
            super(
                    "/v1/routers",
                    new Column(
                            "router",
                            router -> router.path("vpn").asString() + "/"
                                    + router.path("router").asString()),
                    count("id", "/routerId"),
                    text("namespace", "/namespace"),
                    count("rx packets", "/counts/rxPackets"),
                    count("tx packets", "/counts/txPackets"),
                    count("dropped", "/counts/dropPackets"),
                    count("punted", "/counts/puntPackets"),
                    count("punt-limited", "/counts/puntLimitedPackets"));
        }
    }

    @Command(name = "punts", description = "Packets handed to the control planes, by class.")
    static final class Punts extends ShowAll {
        Punts() {
            super(
                    "/v1/routers",
                    perRouter("punts", Stream.of(PuntClass.values()).map(PuntClass::label)));
        }
    }

    @Command(name = "answers", description = "Packets that the data plane answered by itself, by kind.")
    static final class Answers extends ShowAll {
        Answers() {
            super(
                    "/v1/routers",
                    perRouter("answers", Stream.of(AnswerKind.values()).map(AnswerKind::label)));
        }
    }

    /** A column for the router and one for each of its counts of a list, which are in the order of the names. */
    private static Column[] perRouter(String list, Stream<String> names) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(
                "router",
                router -> router.path("vpn").asString() + "/"
                        + router.path("router").asString()));
        names.forEach(name -> columns.add(count(name, "/" + list + "/" + (columns.size() - 1) + "/packets")));
        return columns.toArray(Column[]::new);
    }

    @Command(name = "interfaces", description = "Interfaces and their counters.")
    static final class Interfaces extends ShowAll {
        Interfaces() {
            super(
                    "/v1/interfaces",
                    text("interface", "/path"),
                    count("id", "/status/interfaceId"),
                    text("attachment", "/status/attachment"),
                    new Column("state", each -> state(each.path("status"))),
                    text("mac", "/status/mac"),
                    text("mtu", "/status/mtu"),
                    texts("addresses", "/status/addresses"),
                    text("emulation", "/status/emulation"),
                    count("rx packets", "/status/counts/rxPackets"),
                    count("tx packets", "/status/counts/txPackets"),
                    count("dropped", "/status/counts/dropPackets"),
                    count("punted", "/status/counts/puntPackets"));
        }

        private static String state(JsonNode status) {
            if (!status.path("adminUp").asBoolean()) {
                return "disabled";
            }
            return status.path("up").asBoolean() ? "up" : "down";
        }
    }

    @Command(name = "routes", description = "Routes of a virtual router, as the data plane holds them.")
    static final class Routes extends ShowOfRouter {
        Routes() {
            super(
                    "routes",
                    text("prefix", "/prefix"),
                    text("kind", "/kind"),
                    new Column("next hops", Routes::nextHops));
        }

        private static String nextHops(JsonNode route) {
            return route.path("nextHops").valueStream().map(Routes::nextHop).collect(Collectors.joining(", "));
        }

        private static String nextHop(JsonNode hop) {
            String weight = hop.path("weight").asInt() > 1
                    ? " weight " + hop.path("weight").asInt()
                    : "";
            String device = "dev " + hop.path("interfaceName").asString() + weight;
            String link = hop.has("gateway") ? "via " + hop.path("gateway").asString() + " " + device : device;
            return hop.has("labels") ? "labels " + hop.path("labels").asString() + " " + link : link;
        }
    }

    @Command(name = "neighbours", description = "Neighbours of a virtual router, as the data plane holds them.")
    static final class Neighbours extends ShowOfRouter {
        Neighbours() {
            super("neighbours", text("address", "/address"), text("interface", "/interfaceName"), text("mac", "/mac"));
        }
    }

    @Command(name = "drops", description = "Dropped packets by reason.")
    static final class Drops extends ShowAll {
        Drops() {
            super(
                    "/v1/drops",
                    new Column("router", Drops::router),
                    text("reason", "/reason"),
                    count("packets", "/packets"),
                    text("description", "/description"));
        }

        private static String router(JsonNode drop) {
            return drop.has("vpn")
                    ? drop.path("vpn").asString() + "/" + drop.path("router").asString()
                    : "-";
        }
    }

    @Command(name = "counters", description = "System counters of the data plane and control.")
    static final class Counters extends ShowAll {
        Counters() {
            super(
                    "/v1/counters",
                    text("counter", "/name"),
                    count("value", "/value"),
                    text("description", "/description"));
        }
    }

    @Command(name = "events", description = "The latest events; `vireo events` follows them.")
    public static final class Events extends ShowAll {
        public Events() {
            super(
                    "/v1/events",
                    new Column(
                            "time", event -> Times.brief(event.at("/event/time").asString())),
                    new Column(
                            "severity",
                            event -> event.at("/event/severity").asString().toLowerCase(Locale.ROOT)),
                    text("type", "/event/type"),
                    text("subject", "/event/subject"),
                    text("message", "/event/text"));
        }
    }

    @Command(name = "config", description = "The current configuration, as it was written.")
    static final class Config extends ClientCommand {
        @Override
        public Integer call() {
            JsonNode config = client().get("/v1/config");
            if (isJson()) {
                printJson(config.path("configuration"));
            } else {
                out().print(config.path("document").asString());
            }
            return ExitCode.DONE;
        }
    }
}
