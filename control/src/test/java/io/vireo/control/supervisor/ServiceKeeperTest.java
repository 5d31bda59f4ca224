package io.vireo.control.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
        Service service = service("sh", "-c", "echo to-out; echo to-err >&2; exec sleep 600");
        keep(service);
        await(service.pidFile(), process -> logText(service).contains("to-err"));
        assertThat(logText(service)).contains("to-out");
        assertThat(LogFiles.tail(service.log(), 1)).containsExactly("to-err");
    }

    @Test
    void shouldKeepAServiceWhosePidFileCannotBeWrittenAndWriteItLater() throws IOException {
        Path notADirectory = Files.createFile(directory.resolve("shm"));
        Service service = service(notADirectory.resolve("test.pid"), "sh", "-c", "echo $$; exec sleep 600");
        keep(service);
        List<String> first = awaitLogLines(service, 1);
        ProcessHandle.of(Long.parseLong(first.getFirst())).orElseThrow().destroyForcibly();
        List<String> second = awaitLogLines(service, 2);

        Files.delete(notADirectory);
        Files.createDirectory(notADirectory);
        ProcessHandle named = await(service.pidFile(), any -> true);
        assertThat(named.pid()).isEqualTo(Long.parseLong(second.getLast()));
    }

    @Test
    void shouldEndAServiceWhosePidFileCannotBeRemoved() throws IOException {
        Path pidFile = Files.createDirectory(directory.resolve("test.pid"));
        Files.createFile(pidFile.resolve("occupant"));
        Service service = service(pidFile, "sh", "-c", "echo $$; exec sleep 600");
        ServiceKeeper keeper = keep(service);
        List<String> lines = awaitLogLines(service, 1);
        ProcessHandle process =
                ProcessHandle.of(Long.parseLong(lines.getFirst())).orElseThrow();
        keeper.stop(Duration.ofSeconds(5));
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void shouldGoOnStartingAServiceThatEndsAtOnce() throws IOException {
        Service service = service("sh", "-c", "echo life");
        keep(service);
        assertThat(awaitLogLines(service, RestartBackoff.IMMEDIATE_RESTARTS + 2))
                .containsOnly("life");
    }

    @Test
    void shouldStartAServiceWhoseLogCannotBeOpened() throws IOException {
        Service service = service("sleep", "600");
        Files.createDirectory(service.log());
        keep(service);
        assertThat(await(service.pidFile(), any -> true).isAlive()).isTrue();
    }

    @Test
    void shouldStartAServiceWhoseLogCannotBeRotated() throws IOException {
        Service service = service("sh", "-c", "echo up; exec sleep 600");
        writeLongLog(service.log());
        Path occupied = Files.createDirectory(directory.resolve("test.log.1"));
        Files.createFile(occupied.resolve("occupant"));
        keep(service);
        await(
                service.pidFile(),
                any -> LogFiles.tail(service.log(), 1).getFirst().endsWith("up"));
    }

    @Test
    void shouldMakeANodesOtherDirectoriesWhenItsLogsHaveNone() throws IOException {
        NodePaths paths = new NodePaths("test", directory);
        Files.createFile(Files.createDirectories(directory.resolve("var")).resolve("log"));
        paths.create();
        assertThat(paths.sharedDirectory()).isDirectory();
        assertThat(paths.controlSocket().getParent()).isDirectory();
        assertThat(LogFiles.openForStart(paths.log("control"), ProcessBuilder.Redirect.DISCARD))
                .isEqualTo(ProcessBuilder.Redirect.DISCARD);
    }

    @Test
    void shouldNotAdoptItself() throws IOException {
        Service service = service("sleep", "600");
        service.pidFile().write(ProcessHandle.current());
        keep(service);
        ProcessHandle process = await(service.pidFile(), any -> !any.equals(ProcessHandle.current()));
        assertThat(process.isAlive()).isTrue();
    }

    private Service service(String... command) {
        return service(directory.resolve("test.pid"), command);
    }

    private Service service(Path pidFile, String... command) {
        return new Service("test", List.of(command), directory.resolve("test.log"), new PidFile(pidFile));
    }

    private static List<String> awaitLogLines(Service service, int count) throws IOException {
        while (true) {
            if (Files.exists(service.log())) {
                String text = Files.readString(service.log());
                if (text.endsWith("\n") && text.lines().count() >= count) {
                    return text.lines().toList();
                }
            }
            pause();
        }
    }

    private static void writeLongLog(Path log) throws IOException {
        try (var file = Files.newByteChannel(log, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.position(LogFiles.ROTATE_ABOVE_BYTES);
            file.write(ByteBuffer.wrap(new byte[1]));
        }
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

    private static void pause() {
        Thread.onSpinWait();
        assertThat(Thread.interrupted()).as("the class's time-out is over").isFalse();
    }

    /** Waits for a running process that satisfies {@code wanted}; the class's time-out ends a vain wait. */
    private static ProcessHandle await(PidFile file, Predicate<ProcessHandle> wanted) {
        while (true) {
            Optional<ProcessHandle> process = file.read().filter(wanted);
            if (process.isPresent()) {
                return process.get();
            }
            pause();
        }
    }

    @Test
    void shouldRotateALongLog() throws IOException {
        Path log = directory.resolve("long.log");
        writeLongLog(log);
        LogFiles.rotate(log);
        assertThat(log).doesNotExist();
        assertThat(directory.resolve("long.log.1")).exists();
    }
}
