package io.vireo.control.cli;

import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code vireo audit}. */
@Command(name = "audit", description = "Compares Linux with the data plane, and repairs what differs.")
final class AuditCommand extends ClientCommand {

    @Override
    public Integer call() {
        JsonNode report = ProgressMessage.during(err(), "comparing", () -> client().post("/v1/audit", ""));
        if (isJson()) {
            printJson(report);
        } else {
            Table table = new Table("router", "what", "difference", "repair");
            for (JsonNode difference : report.path("differences")) {
                table.row(
                        difference.path("router").asString(),
                        difference.path("subject").asString(),
                        difference.path("text").asString(),
                        difference.has("refusal")
                                ? "refused: " + difference.path("refusal").asString()
                                : "done");
            }
            out().println(report.path("entries").asLong() + " entries of "
                    + report.path("routers").asInt() + " routers compared; differences:");
            out().print(table.toText());
        }
        return ExitCode.DONE;
    }
}
