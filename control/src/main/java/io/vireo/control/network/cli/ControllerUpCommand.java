package io.vireo.control.network.cli;

import io.vireo.control.cli.ExitCode;
import io.vireo.control.supervisor.Installation;
import io.vireo.control.supervisor.NodePaths;
import io.vireo.control.supervisor.NodeStart;
import io.vireo.control.supervisor.NodeStartException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vireo controller up}. */
@Command(
        name = "up",
        description = "Starts the controller, and keeps it running, with the network that it had.",
        mixinStandardHelpOptions = true)
final class ControllerUpCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            new NodeStart(
                            Installation.CONTROLLER,
                            NodePaths.of(NodePaths.CONTROLLER),
                            spec.commandLine().getOut())
                    .start(Map.of());
            return ExitCode.DONE;
        } catch (NodeStartException e) {
            spec.commandLine().getErr().println("vireo: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }
}
