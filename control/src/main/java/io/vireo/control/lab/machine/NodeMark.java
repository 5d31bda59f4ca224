package io.vireo.control.lab.machine;

import io.vireo.control.supervisor.NodePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mark of a node that a lab has made: a file {@value #FILE} in its state directory, and one in its shared directory, either of which is
 * enough.
 *
 * @param lab      name of the lab.
 * @param settings with which the node's data plane was started.
 */
public record NodeMark(String lab, Map<String, String> settings) {
    private static final String FILE = "lab";

    /** Copies the settings. */
    public NodeMark {
        settings = Map.copyOf(settings);
    }

    /** Marks a node whose directories are there. */
    public void write(NodePaths paths) throws IOException {
        StringBuilder text = new StringBuilder(lab).append('\n');
        settings.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(setting -> text.append(setting.getKey())
                        .append('=')
                        .append(setting.getValue())
                        .append('\n'));
        for (Path directory : directories(paths)) {
            Files.writeString(directory.resolve(FILE), text);
        }
    }

    /** The mark of a node; empty when no lab has made it. */
    public static Optional<NodeMark> read(NodePaths paths) {
        for (Path directory : directories(paths)) {
            try {
                return Optional.of(parse(Files.readAllLines(directory.resolve(FILE))));
            } catch (IOException e) {
                // Not there: the other may be.
                System.getLogger(NodeMark.class.getName())
                        .log(System.Logger.Level.TRACE, "{0} bears no mark", directory);
            }
        }
        return Optional.empty();
    }

    private static NodeMark parse(List<String> lines) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                settings.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return new NodeMark(lines.isEmpty() ? "" : lines.getFirst(), settings);
    }

    private static List<Path> directories(NodePaths paths) {
        return List.of(paths.stateDirectory(), paths.sharedDirectory());
    }
}
