package io.vireo.control.cli;

import picocli.CommandLine.Command;

/** {@code vireo metrics}. */
@Command(name = "metrics", description = "Prints all metrics, in the text format of Prometheus.")
final class MetricsCommand extends ClientCommand {

    @Override
    public Integer call() {
        out().print(client().text("/v1/metrics"));
        return ExitCode.DONE;
    }
}
