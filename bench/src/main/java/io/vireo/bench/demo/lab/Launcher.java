package io.vireo.bench.demo.lab;

import io.vireo.control.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Vireo's command line, as a user has it.
 *
 * @param home the checkout that holds the launcher
 */
public record Launcher(Path home) {
    /** A command is a JVM of its own, without priority: where much else runs it takes long, and that is no failure of the node. */
    private static final Duration QUERY_DEADLINE = Duration.ofSeconds(60);

    /** A command. */
    public Command vireo(String... arguments) {
        List<String> command = new ArrayList<>(List.of(home.resolve("vireo").toString()));
        command.addAll(List.of(arguments));
        return Command.of(command.toArray(String[]::new));
    }

    /** The answer of a command that prints JSON. */
    public JsonNode json(String... arguments) {
        return JsonMapper.builder()
                .build()
                .readTree(vireo(arguments).within(QUERY_DEADLINE).runOrThrow());
    }
}
