package io.vireo.control.network.cli;

import io.vireo.control.cli.ControlClient;
import io.vireo.control.supervisor.NodePaths;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which controller a command speaks to. */
public final class ControllerOptions {
    @Option(
            names = "--socket",
            description = "Path of the controller's socket, if not the usual one.",
            paramLabel = "PATH")
    private @Nullable Path socket;

    /** A client of the controller's API. */
    ControlClient client() {
        return ControlClient.connect(
                socket == null ? NodePaths.of(NodePaths.CONTROLLER).controlSocket() : socket, "vireo controller up");
    }
}
