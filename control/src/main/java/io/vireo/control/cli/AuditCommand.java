package io.vireo.control.cli;

import java.util.Locale;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code vireo audit}. */
@Command(
        name = "audit",
        description =
                "Compares the configuration, Linux and the data plane; repairs what the data plane has otherwise.")
final class AuditCommand extends ClientCommand {

    @Override
    public Integer call() {
        JsonNode report = ProgressMessage.during(err(), "comparing", () -> client().post("/v1/audit", ""));
        if (isJson()) {
            printJson(report);
        } else {
            Table table = new Table("router", "what", "differs", "difference", "repair");
            for (JsonNode difference : report.path("differences")) {
                table.row(
                        difference.path("router").asString(),
                        difference.path("subject").asString(),
                        side(difference).toLowerCase(Locale.ROOT).replace('_', ' '),
                        difference.path("text").asString(),
                        repair(difference));
            }
            out().println(report.path("entries").asLong() + " entries of "
                    + report.path("routers").asInt() + " routers compared; differences:");
            out().print(table.toText());
        }
        return ExitCode.DONE;
    }

    private static String side(JsonNode difference) {
        return difference.path("side").asString();
    }

    private static String repair(JsonNode difference) {
        if (difference.has("refusal")) {
            return "refused: " + difference.path("refusal").asString();
        }
        return side(difference).equals("LINUX") ? "by an apply" : "done";
    }
}
