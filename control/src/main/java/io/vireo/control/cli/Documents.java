package io.vireo.control.cli;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.DocumentText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads configuration files. */
public final class Documents {
    private static final String STANDARD_INPUT = "-";

    private Documents() {}

    /** The contents of a file, or of the standard input for {@code -}. */
    public static String read(String file) {
        try {
            return DocumentText.decode(
                    file.equals(STANDARD_INPUT) ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file)));
        } catch (InvalidConfigurationException e) {
            throw new CliException(ExitCode.REFUSED, "the file " + file + " is no configuration: " + e.getMessage());
        } catch (IOException e) {
            throw new CliException(ExitCode.USAGE, "the file " + file + " cannot be read: " + e);
        }
    }
}
