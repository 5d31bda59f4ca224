package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What tshark finds in a capture file, an independent implementation. */
public final class Tshark {
    private Tshark() {}

    /**
     * Reads fields of each packet; it fails the test, with what tshark says, when it fails.
     *
     * @param options as of its command line, what is to be looked at among them.
     * @return a line for each packet: its fields, between them a bar.
     */
    public static List<String> fields(Path capture, String... options) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("tshark", "-r", capture.toString(), "-T", "fields", "-E", "separator=|"));
        command.addAll(List.of(options));
        Path said = capture.resolveSibling("said");
        Path log = capture.resolveSibling("log");
        Process tshark = new ProcessBuilder(command)
                .redirectOutput(said.toFile())
                .redirectError(log.toFile())
                .start();
        assertThat(tshark.waitFor()).as(Files.readString(log)).isZero();
        return Files.readAllLines(said);
    }
}
