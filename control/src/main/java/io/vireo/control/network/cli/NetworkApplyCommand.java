package io.vireo.control.network.cli;

import io.vireo.control.cli.Documents;
import io.vireo.control.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code vireo network apply}. */
@Command(
        name = "apply",
        description = "Plans a network document and brings it onto the nodes: onto all of them, or none.")
final class NetworkApplyCommand extends NetworkClientCommand {
    @Option(
            names = {"-f", "--file"},
            required = true,
            description = "The network document, YAML or JSON; - for the standard input.",
            paramLabel = "FILE")
    private String file = "";

    @Mixin
    private final ChangeOptions options = new ChangeOptions();

    @Override
    public Integer call() throws InterruptedException {
        String document = Documents.read(file);
        JsonNode outcome =
                new StepFollower(client(), err()).during(() -> client().put(options.of("/v1/network"), document));
        if (isJson()) {
            printJson(outcome);
        } else {
            NetworkOutcomes.print(out(), outcome);
        }
        return ExitCode.DONE;
    }
}
