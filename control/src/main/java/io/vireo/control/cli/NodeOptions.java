package io.vireo.control.cli;

import io.vireo.control.supervisor.NodePaths;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which node a command speaks to. */
public final class NodeOptions {
    @Option(names = "--node", description = "Name of the node (default: ${DEFAULT-VALUE}).", paramLabel = "NAME")
    private String node = NodePaths.DEFAULT_NODE;

    @Option(names = "--socket", description = "Path of its control socket, if not the usual one.", paramLabel = "PATH")
    private @Nullable Path socket;

    /** A client of the node's control socket. */
    public ControlClient client() {
        try {
            return ControlClient.connect(socket == null ? NodePaths.of(node).controlSocket() : socket);
        } catch (IllegalArgumentException e) {
            throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
