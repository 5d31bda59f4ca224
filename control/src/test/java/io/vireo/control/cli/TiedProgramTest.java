package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TiedProgramTest {
    private static final int KILLED = 128 + 9;

    @Test
    void shouldExitAsTheProgramDoes() throws Exception {
        assertThat(TiedProgram.run(List.of("sh", "-c", "exit 7"))).isEqualTo(7);
    }

    /** To the kernel the parent of a process is the thread that started it, so a thread stands for a killed client here. */
    @Test
    void shouldEndWithWhoStartedIt() throws Exception {
        FutureTask<Process> start = new FutureTask<>(TiedProgramTest::startSleeping);
        Thread client = Thread.ofPlatform().start(start);
        Process program = start.get();
        client.join();
        assertThat(program.waitFor()).isEqualTo(KILLED);
    }

    private static Process startSleeping() throws IOException {
        Process program = new ProcessBuilder(TiedProgram.tied(List.of("sh", "-c", "echo runs; exec sleep 1000")))
                .redirectErrorStream(true)
                .start();
        // Tied from when setpriv has run on.
        assertThat(program.inputReader().readLine()).isEqualTo("runs");
        return program;
    }
}
