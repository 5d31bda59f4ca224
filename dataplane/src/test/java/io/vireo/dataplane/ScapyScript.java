package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs a Python script that stands beside a test and writes capture files: what an independent implementation expects. */
public final class ScapyScript {
    private ScapyScript() {}

    /**
     * Runs a script to its end; it fails the test, with the script's output, when the script fails.
     *
     * @param beside the class in whose package the resource lies.
     * @param directory where the script writes, its first argument.
     * @param arguments that follow.
     */
    public static void run(Class<?> beside, String name, Path directory, Object... arguments)
            throws IOException, InterruptedException {
        Path script = directory.resolve(name);
        try (InputStream source = beside.getResourceAsStream(name)) {
            Files.copy(Objects.requireNonNull(source), script, StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", script.toString(), directory.toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Path log = directory.resolve("log");
        Process python = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(python.waitFor()).as(Files.readString(log)).isZero();
    }
}
