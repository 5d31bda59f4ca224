package io.vireo.control.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program to run: its arguments, and how long it may take. Immutable.
 *
 * @param arguments program and arguments
 * @param deadline after this long it is killed
 */
public record Command(List<String> arguments, Duration deadline) {
    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(15);

    /** Copies the arguments. */
    public Command {
        arguments = List.copyOf(arguments);
    }

    /** A program that may take 15 seconds. */
    public static Command of(String... arguments) {
        return new Command(List.of(arguments), DEFAULT_DEADLINE);
    }

    /** The same program with another deadline. */
    public Command within(Duration other) {
        return new Command(arguments, other);
    }

    /** The same program, run in a network namespace of that name. */
    public Command in(String namespace) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(arguments);
        return new Command(all, deadline);
    }

    /**
     * What a program did.
     *
     * @param status its exit status; -1 when it was killed at its deadline or could not be started
     * @param text its standard output and error, as they came
     */
    public record Result(int status, String text) {
        /** Whether it ended with status 0. */
        public boolean succeeded() {
            return status == 0;
        }
    }

    /** Runs the program to its end. Blocks. */
    public Result run() {
        Path output = temporaryFile();
        try {
            Process process = start(ProcessBuilder.Redirect.to(output.toFile()));
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                return new Result(-1, read(output) + "(killed after " + deadline.toSeconds() + " s)");
            }
            return new Result(process.exitValue(), read(output));
        } catch (IOException e) {
            return new Result(-1, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(-1, "interrupted");
        } finally {
            output.toFile().delete();
        }
    }

    /**
     * Runs the program to its end and returns what it printed.
     *
     * @throws CommandException when it fails
     */
    public String runOrThrow() {
        Result result = run();
        if (!result.succeeded()) {
            throw new CommandException(this, result);
        }
        return result.text();
    }

    /**
     * Starts the program and returns; the deadline does not apply.
     *
     * @param log receives its standard output and error
     */
    public Process startInBackground(Path log) {
        try {
            return start(ProcessBuilder.Redirect.to(log.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return String.join(" ", arguments);
    }

    private Process start(ProcessBuilder.Redirect output) throws IOException {
        return new ProcessBuilder(arguments)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
    }

    private static Path temporaryFile() {
        try {
            return Files.createTempFile("vireo-command-", ".out");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path output) throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    }
}
