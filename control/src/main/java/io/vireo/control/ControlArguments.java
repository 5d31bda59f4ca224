package io.vireo.control;

import io.vireo.control.supervisor.NodePaths;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What control was started with. The supervisor says all of it; a library for command lines would cost an eighth of the
 * processor time before control answers.
 *
 * @param node name of the node
 * @param sharedDirectory where the shared memory and the locks are
 * @param stateDirectory where the desired state is stored
 * @param socket the control socket
 */
record ControlArguments(String node, Path sharedDirectory, Path stateDirectory, Path socket) {
    static final String USAGE = """
        Usage: control [--node NAME] [--shared-directory DIR] [--state-directory DIR] [--socket PATH]
        The control process of a node; started by `vireo up`.
          --node              name of the node (default: %s)
          --shared-directory  where the shared memory and the locks are
          --state-directory   where the desired state is stored
          --socket            the control socket

        Exit status:
          0  ended by SIGTERM or SIGINT
          1  failed
          2  the command line cannot be understood
          3  another control runs on the node
          4  the store cannot be used
        """.formatted(NodePaths.DEFAULT_NODE);

    private static final List<String> OPTIONS =
            List.of("--node", "--shared-directory", "--state-directory", "--socket");

    /**
     * Reads {@code --name value} and {@code --name=value}; what is not said follows from the node's name.
     *
     * @throws IllegalArgumentException when an option is unknown, given twice or has no value, or the node's name is not one
     */
    static ControlArguments parse(String... arguments) {
        Map<String, String> given = new HashMap<>();
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            int equals = argument.indexOf('=');
            String option = equals < 0 ? argument : argument.substring(0, equals);
            if (!OPTIONS.contains(option)) {
                throw new IllegalArgumentException("Unknown option: '" + argument + "'\n" + USAGE);
            }
            if (equals < 0 && !rest.hasNext()) {
                throw new IllegalArgumentException("Missing value of " + option + "\n" + USAGE);
            }
            String value = equals < 0 ? rest.next() : argument.substring(equals + 1);
            if (given.put(option, value) != null) {
                throw new IllegalArgumentException(option + " is given twice\n" + USAGE);
            }
        }
        NodePaths paths = NodePaths.of(given.getOrDefault("--node", NodePaths.DEFAULT_NODE));
        return new ControlArguments(
                paths.node(),
                path(given.get("--shared-directory"), paths.sharedDirectory()),
                path(given.get("--state-directory"), paths.stateDirectory()),
                path(given.get("--socket"), paths.controlSocket()));
    }

    private static Path path(@Nullable String given, Path other) {
        return given == null ? other : Path.of(given);
    }
}
