package io.vireo.control.cli;

import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code vireo confirm}. */
@Command(name = "confirm", description = "Confirms the configuration that was applied with --confirm.")
final class ConfirmCommand extends ClientCommand {

    @Override
    public Integer call() {
        JsonNode confirmed = client().post("/v1/config/confirm", "");
        if (isJson()) {
            printJson(confirmed);
        } else {
            out().println("version " + confirmed.path("version").asLong() + " is confirmed");
        }
        return ExitCode.DONE;
    }
}
