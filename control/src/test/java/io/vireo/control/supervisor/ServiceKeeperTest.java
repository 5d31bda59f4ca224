package io.vireo.control.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ServiceKeeperTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private Optional<ServiceKeeper> started = Optional.empty();

    @AfterEach
    void stop() {
        started.ifPresent(keeper -> keeper.stop(Duration.ofSeconds(5)));
    }

    @Test
    void shouldStartAKilledServiceAgain() {
        Service service = service("sleep", "600");
        keep(service);
        ProcessHandle first = await(service.pidFile(), process -> true);
        first.destroyForcibly();
        ProcessHandle second = await(service.pidFile(), process -> process.pid() != first.pid());
        assertThat(second.isAlive()).isTrue();
    }

    @Test
    void shouldEndTheServiceWhenStopped() {
        Service service = service("sleep", "600");
        ServiceKeeper keeper = keep(service);
        ProcessHandle process = await(service.pidFile(), any -> true);
        keeper.stop(Duration.ofSeconds(5));
        assertThat(process.isAlive()).isFalse();
        assertThat(service.pidFile().exists()).isFalse();
    }

    @Test
    void shouldKillAServiceThatIgnoresTheRequestToEnd() {
        Service service = service("sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 0.1; done");
        ServiceKeeper keeper = keep(service);
        ProcessHandle process = await(service.pidFile(), any -> logText(service).contains("deaf"));
        keeper.stop(Duration.ofMillis(50));
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void shouldAdoptAServiceThatALostSupervisorLeft() throws IOException, InterruptedException {
        Service service = service("sleep", "600");
        Process orphan = new ProcessBuilder("sleep", "600").start();
        service.pidFile().write(orphan.toHandle());
        keep(service);
        assertThat(service.pidFile().read()).contains(orphan.toHandle());
        orphan.destroyForcibly().waitFor();
        ProcessHandle replacement = await(service.pidFile(), process -> process.pid() != orphan.pid());
        assertThat(replacement.isAlive()).isTrue();
    }

    @Test
    void shouldWriteWhatTheServicePrintsIntoItsLog() {
        Service service = service("sh", "-c", "echo to-out; echo to-err >&2; sleep 600");
        keep(service);
        await(service.pidFile(), process -> logText(service).contains("to-err"));
        assertThat(logText(service)).contains("to-out");
        assertThat(LogFiles.tail(service.log(), 1)).containsExactly("to-err");
    }

    private Service service(String... command) {
        return new Service(
                "test", List.of(command), directory.resolve("test.log"), new PidFile(directory.resolve("test.pid")));
    }

    private ServiceKeeper keep(Service service) {
        ServiceKeeper keeper = new ServiceKeeper(service);
        started = Optional.of(keeper);
        Thread.ofPlatform().daemon().start(keeper);
        return keeper;
    }

    private static String logText(Service service) {
        return String.join("\n", LogFiles.tail(service.log(), 100));
    }

    /** Waits for a running process that satisfies {@code wanted}; the class's time-out ends a vain wait. */
    private static ProcessHandle await(PidFile file, Predicate<ProcessHandle> wanted) {
        while (true) {
            Optional<ProcessHandle> process = file.read().filter(wanted);
            if (process.isPresent()) {
                return process.get();
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldRotateALongLog() throws IOException {
        Path log = directory.resolve("long.log");
        try (var file = Files.newByteChannel(
                log, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)) {
            file.position(LogFiles.ROTATE_ABOVE_BYTES);
            file.write(java.nio.ByteBuffer.wrap(new byte[1]));
        }
        LogFiles.rotate(log);
        assertThat(log).doesNotExist();
        assertThat(directory.resolve("long.log.1")).exists();
    }
}
