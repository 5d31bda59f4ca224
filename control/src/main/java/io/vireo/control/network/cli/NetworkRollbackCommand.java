package io.vireo.control.network.cli;

import io.vireo.control.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code vireo network rollback}. */
@Command(
        name = "rollback",
        description = "Plans an earlier version and brings it onto the nodes again, as a new version.")
final class NetworkRollbackCommand extends NetworkClientCommand {
    @Parameters(index = "0", description = "The version to go back to; 0 is no network.", paramLabel = "VERSION")
    private long version;

    @Mixin
    private final ChangeOptions options = new ChangeOptions();

    @Override
    public Integer call() throws InterruptedException {
        String path = options.of("/v1/network/versions/" + version + "/rollback");
        JsonNode outcome = new StepFollower(client(), err()).during(() -> client().post(path, ""));
        if (isJson()) {
            printJson(outcome);
        } else {
            NetworkOutcomes.print(out(), outcome);
        }
        return ExitCode.DONE;
    }
}
