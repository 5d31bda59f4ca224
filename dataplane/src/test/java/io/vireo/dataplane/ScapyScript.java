package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a Python script that stands beside a test and writes capture files: what an independent implementation expects. All scripts of
 * a JVM are run by one process, which has loaded scapy once and ends with the JVM.
 */
public final class ScapyScript {
    private static @Nullable ScapyScript host;

    private final OutputStream requests;
    private final BufferedReader answers;

    private ScapyScript(String program) throws IOException {
        Process python = new ProcessBuilder("/usr/bin/python3", "-c", program)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        requests = python.getOutputStream();
        answers = new BufferedReader(new InputStreamReader(python.getInputStream(), StandardCharsets.US_ASCII));
    }

    /**
     * Runs a script to its end; it fails the test, with the script's output, when the script fails.
     *
     * @param beside the class in whose package the resource lies.
     * @param directory where the script writes, its first argument.
     * @param arguments that follow.
     */
    public static void run(Class<?> beside, String name, Path directory, Object... arguments) throws IOException {
        Path script = directory.resolve(name);
        Files.writeString(script, resource(beside, name));
        List<String> command = new ArrayList<>(List.of(script.toString(), directory.toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Path log = directory.resolve("log");
        command.add(log.toString());
        String status = host().request(command);
        assertThat(status).as(Files.readString(log)).isEqualTo("0");
    }

    private static String resource(Class<?> beside, String name) throws IOException {
        try (InputStream source = beside.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(source, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static synchronized ScapyScript host() throws IOException {
        if (host == null) {
            host = new ScapyScript(resource(ScapyScript.class, "scapy-host.py"));
        }
        return host;
    }

    private synchronized @Nullable String request(List<String> command) throws IOException {
        String line = command.stream()
                .map(word -> '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "[", "]\n"));
        requests.write(line.getBytes(StandardCharsets.UTF_8));
        requests.flush();
        return answers.readLine();
    }
}
