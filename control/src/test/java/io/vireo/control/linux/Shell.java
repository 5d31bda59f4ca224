package io.vireo.control.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the tools an operator would use, as an opinion independent of our own code. */
public final class Shell {
    private Shell() {}

    /** Runs a command line, words separated by spaces; returns what it printed, or throws when it failed. */
    public static String run(String commandLine) {
        return runWithInput(commandLine, "");
    }

    /** As {@link #run}, with something to read. */
    public static String runWithInput(String commandLine, String input) {
        try {
            Process process = new ProcessBuilder(List.of(commandLine.split(" ")))
                    .redirectErrorStream(true)
                    .start();
            Thread.ofVirtual().start(() -> write(process, input));
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(commandLine + " ended with " + status + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(commandLine, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(commandLine, e);
        }
    }

    private static void write(Process process, String input) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
