package io.vireo.control.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code vireo reservations}. */
@Command(
        name = "reservations",
        description = "Shows what a controller has reserved on the node; while it has, other changes are refused.")
final class ReservationsCommand extends ClientCommand {
    @Option(
            names = "--release",
            description = "Release this one by hand: a controller that has decided on it makes it again.",
            paramLabel = "ID",
            defaultValue = "")
    private String release = "";

    @Override
    public Integer call() {
        if (!release.isEmpty()) {
            client().delete("/v1/reservations/" + URLEncoder.encode(release, StandardCharsets.UTF_8));
        }
        JsonNode reservations = client().get("/v1/reservations");
        if (isJson()) {
            printJson(reservations);
            return ExitCode.DONE;
        }
        Table table = new Table("id", "holder", "token", "until");
        for (JsonNode reservation : reservations) {
            table.row(
                    reservation.path("id").asString(),
                    reservation.path("holder").asString(),
                    reservation.path("token").asLong(),
                    Times.brief(reservation.path("until").asString()));
        }
        out().print(table.toText());
        return ExitCode.DONE;
    }
}
