package io.vireo.control.network.cli;

import io.vireo.control.cli.ExitCode;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code vireo network confirm}. */
@Command(name = "confirm", description = "Confirms the version of the network that is on trial.")
final class NetworkConfirmCommand extends NetworkClientCommand {

    @Override
    public Integer call() {
        JsonNode confirmed = client().post("/v1/network/confirm", "");
        if (isJson()) {
            printJson(confirmed);
        } else {
            out().println("version " + confirmed.path("version").asLong() + " is confirmed");
        }
        return ExitCode.DONE;
    }
}
