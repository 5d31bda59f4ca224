package io.vireo.control.supervisor;

import io.vireo.control.profile.ProfileException;
import io.vireo.control.profile.ProfileLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vireo up}: starts the node, unless it runs, and returns when it forwards. */
@Command(
        name = "up",
        description = "Starts the node: supervisor, data plane and control. Does nothing when it runs already.",
        mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--node", description = "Name of the node (default: ${DEFAULT-VALUE}).", paramLabel = "NAME")
    private String node = NodePaths.DEFAULT_NODE;

    @Option(
            names = "--profile",
            description = "Hardware profile, a name or a file (default: ${DEFAULT-VALUE}); see `vireo profile list`.",
            paramLabel = "PROFILE")
    private String profile = ProfileLibrary.DEFAULT_PROFILE;

    @Option(
            names = {"-f", "--file"},
            description = "Configuration to apply once the node runs.",
            paramLabel = "FILE")
    private @Nullable Path file;

    @Option(
            names = "--set",
            description = "A setting of the data plane, over the profile's, such as vireo.workers=2.",
            paramLabel = "NAME=VALUE")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            if (node.equals(NodePaths.CONTROLLER)) {
                throw new IllegalArgumentException(
                        "no node may be called " + node + ": start it with vireo controller up");
            }
            NodeStart start = new NodeStart(NodePaths.of(node), out);
            start.start(dataPlaneSettings());
        } catch (NodeStartException | ProfileException | IllegalArgumentException e) {
            err.println("vireo: " + e.getMessage());
            return 1;
        }
        return file == null ? 0 : apply(file);
    }

    private Map<String, String> dataPlaneSettings() {
        Map<String, String> all =
                new LinkedHashMap<>(new ProfileLibrary().load(profile).dataPlaneSettings());
        all.putAll(settings);
        return all;
    }

    /** As if the user had typed `vireo apply` next. */
    private int apply(Path configuration) {
        return spec.root().commandLine().execute("apply", "--node", node, "-f", configuration.toString());
    }
}
