package io.vireo.control.linux;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A running {@code ip -batch} inside a namespace: each command costs no process of its own, and may fail. */
public final class IpShell implements AutoCloseable {
    /** No object of iproute2's: what it answers comes after all errors of the commands before. */
    private static final String MARKER = "marker";

    private final List<String> commandLine;
    private Process process;
    private BufferedWriter input;
    private BufferedReader errors;

    /** @param familyOption {@code -4} or {@code -6} */
    public IpShell(String namespace, String familyOption) {
        commandLine = List.of("ip", familyOption, "-n", namespace, "-force", "-batch", "-");
        process = start();
        input = process.outputWriter();
        errors = process.errorReader();
    }

    private Process start() {
        try {
            return new ProcessBuilder(commandLine)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command line without the word {@code ip}, and waits for it; returns what was wrong with it, or nothing. */
    public String run(String command) {
        try {
            input.write(command + "\n" + MARKER + "\n");
            input.flush();
            StringBuilder said = new StringBuilder();
            for (String line = errors.readLine(); line != null; line = errors.readLine()) {
                if (line.contains("\"" + MARKER + "\"")) {
                    errors.readLine(); // "Command failed" of the marker itself
                    return said.toString();
                }
                said.append(line).append(' ');
            }
            restart(); // some errors end it, -force or not
            return said.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        }
    }

    private void restart() {
        close();
        process = start();
        input = process.outputWriter();
        errors = process.errorReader();
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy(); // it has ended, and what was to be written with it
        }
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
