package io.vireo.control.supervisor;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vireo down}: ends the node's processes. What was configured is kept, for the next {@code vireo up}. */
@Command(
        name = "down",
        description = "Stops the node and removes its namespaces. The configuration is kept for the next `vireo up`.",
        mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--node", description = "Name of the node (default: ${DEFAULT-VALUE}).", paramLabel = "NAME")
    private String node = NodePaths.DEFAULT_NODE;

    @Option(
            names = "--keep-namespaces",
            description = "Leave the virtual routers' namespaces, and what runs in them, as they are.")
    private boolean keepNamespaces;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        NodePaths paths = NodePaths.of(node);
        boolean ran = keepNamespaces ? NodeStop.stopProcesses(paths) : NodeStop.stop(paths);
        out.println("vireo: node " + node + (ran ? " stopped" : " was not running"));
        return 0;
    }
}
