package io.vireo.control.network.cli;

import io.vireo.control.cli.ExitCode;
import io.vireo.control.supervisor.Installation;
import io.vireo.control.supervisor.NodePaths;
import io.vireo.control.supervisor.NodeProcesses;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vireo controller down}. */
@Command(
        name = "down",
        description = "Stops the controller. The nodes go on with what they have; its network is kept for the next"
                + " `vireo controller up`.",
        mixinStandardHelpOptions = true)
final class ControllerDownCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        NodeProcesses processes = new NodeProcesses(Installation.CONTROLLER, NodePaths.of(NodePaths.CONTROLLER));
        boolean ran = processes.stop();
        processes.removeSharedDirectory();
        spec.commandLine().getOut().println("vireo: controller " + (ran ? "stopped" : "was not running"));
        return ExitCode.DONE;
    }
}
