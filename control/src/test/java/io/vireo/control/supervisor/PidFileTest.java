package io.vireo.control.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void shouldFindTheProcessItNames() throws IOException {
        PidFile file = new PidFile(directory.resolve("me.pid"));
        file.write(ProcessHandle.current());
        assertThat(file.read()).contains(ProcessHandle.current());
    }

    @Test
    void shouldFindNothingWithoutAFile() {
        assertThat(new PidFile(directory.resolve("none.pid")).read()).isEmpty();
    }

    @Test
    void shouldNotTakeAnotherProcessWithTheSamePidForIt() throws IOException {
        Path path = directory.resolve("reused.pid");
        Files.writeString(path, ProcessHandle.current().pid() + " 1\n");
        assertThat(new PidFile(path).read()).isEmpty();
    }

    @Test
    void shouldFindNothingInADamagedFile() throws IOException {
        Path path = directory.resolve("damaged.pid");
        for (String text : new String[] {"", "\n", "x", "-5 1", "99999999999999999999 1", "12"}) {
            Files.writeString(path, text);
            assertThat(new PidFile(path).read()).as("'%s'", text).isEmpty();
        }
    }

    @Test
    void shouldNotFindAProcessThatEnded() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sleep", "60").start();
        PidFile file = new PidFile(directory.resolve("sleep.pid"));
        file.write(process.toHandle());
        assertThat(file.read()).isPresent();
        process.destroyForcibly().waitFor();
        assertThat(file.read()).isEmpty();
    }
}
