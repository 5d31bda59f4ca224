package io.vireo.control.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {
    @TempDir
    private Path directory;

    @Test
    void shouldReadTheLastLines() throws IOException {
        Path log = directory.resolve("control.log");
        assertThat(LogFiles.tail(log, 2)).isEmpty();
        Files.writeString(log, "a\nb\nc\n");
        assertThat(LogFiles.tail(log, 2)).containsExactly("b", "c");
        assertThat(LogFiles.tail(log, 9)).containsExactly("a", "b", "c");
        Files.writeString(log, "x".repeat(100_000) + "\nlast");
        assertThat(LogFiles.tail(log, 1)).containsExactly("last");
    }

    @Test
    void shouldSetALongLogAside() throws IOException {
        Path log = directory.resolve("control.log");
        LogFiles.rotate(log);
        Files.writeString(log, "short");
        LogFiles.rotate(log);
        assertThat(log).hasContent("short");
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(LogFiles.ROTATE_ABOVE_BYTES + 1); // sparse
        }
        LogFiles.rotate(log);
        assertThat(log).doesNotExist();
        assertThat(directory.resolve("control.log.1")).exists();
    }
}
