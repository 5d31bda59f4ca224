package io.vireo.control.network.cli;

import io.vireo.control.cli.ExitCode;
import io.vireo.control.cli.Times;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code vireo controller status}. */
@Command(name = "status", description = "Shows a summary of the controller; `vireo network status` is of its network.")
final class ControllerStatusCommand extends NetworkClientCommand {

    @Override
    public Integer call() {
        JsonNode status = client().get("/v1/status");
        if (isJson()) {
            printJson(status);
        } else {
            out().println("controller     " + status.path("controller").asString() + ", process "
                    + status.path("pid").asLong() + ", since "
                    + Times.brief(status.path("startedAt").asString()));
        }
        return ExitCode.DONE;
    }
}
