package io.vireo.control.cli;

import static io.vireo.control.cli.Column.text;

import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code vireo show routing}. */
@Command(
        name = "routing",
        description =
                "Routing daemons of virtual routers: processes, neighbours, and how many routes they have brought.")
final class ShowRoutingCommand extends ShowCommands.ShowAll {
    ShowRoutingCommand() {
        super(
                "/v1/routing",
                new Column(
                        "router",
                        row -> row.path("vpn").asString() + "/"
                                + row.path("router").asString()),
                text("protocol", "/protocol"),
                text("state", "/state"),
                new Column("daemons", ShowRoutingCommand::daemons),
                new Column("neighbours", ShowRoutingCommand::neighbours),
                new Column("routes", ShowRoutingCommand::routes),
                text("sockets", "/directory"),
                text("reason", "/reason"));
    }

    private static String daemons(JsonNode row) {
        return row.path("daemons")
                .valueStream()
                .map(each ->
                        each.path("name").asString() + " " + each.path("pid").asLong()
                                + (each.path("restarts").asLong() == 0
                                        ? ""
                                        : " (" + each.path("restarts").asLong() + " restarts)"))
                .collect(Collectors.joining(", "));
    }

    private static String neighbours(JsonNode row) {
        return row.path("neighbours")
                .valueStream()
                .map(each -> each.path("address").asString() + " "
                        + each.path("state").asString())
                .collect(Collectors.joining(", "));
    }

    private static String routes(JsonNode row) {
        return row.path("routes")
                .valueStream()
                .map(each -> each.path("protocol").asString() + " "
                        + each.path("family").asString() + " "
                        + each.path("used").asLong() + "/" + each.path("count").asLong())
                .collect(Collectors.joining(", "));
    }
}
