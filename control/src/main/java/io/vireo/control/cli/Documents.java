package io.vireo.control.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads configuration files. */
final class Documents {
    private static final String STANDARD_INPUT = "-";

    private Documents() {}

    /** The contents of a file, or of the standard input for {@code -}. */
    static String read(String file) {
        try {
            return file.equals(STANDARD_INPUT)
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new CliException(ExitCode.USAGE, "the file " + file + " cannot be read: " + e);
        }
    }
}
