package io.vireo.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ControlClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The control process as the supervisor starts it, without a data plane. Needs root. */
@Tag("slow")
@Isolated
class ControlMainTest {
    private static final long DEADLINE_S = 60;

    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Process control;

    @AfterEach
    void stop() throws InterruptedException {
        if (control != null) {
            control.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldStartWithoutADataPlaneAndKeepItsStateWhenKilled() throws IOException, InterruptedException {
        control = start();
        ControlClient client = awaitAnswer();
        assertThat(client.get("/v1/status").path("dataplane").path("state").asString())
                .isEqualTo("ABSENT");
        client.put("/v1/config?comment=kept", "vpns: [{name: ctlmain, id: 7}]");
        assertThat(control.destroyForcibly().waitFor(DEADLINE_S, TimeUnit.SECONDS))
                .isTrue();
        assertThat(directory.resolve("tmp")).isEmptyDirectory();
        assertThat(directory.resolve("state/native"))
                .isDirectoryContaining("glob:**libsqlitejdbc.so")
                .satisfies(unpacked -> assertThat(unpacked.toFile().list()).hasSize(1));

        control = start();
        assertThat(awaitAnswer()
                        .get("/v1/config")
                        .path("version")
                        .path("comment")
                        .asString())
                .isEqualTo("kept");
        assertThat(awaitAnswer().get("/v1/vpns/ctlmain").path("id").asInt()).isEqualTo(7);

        control.destroy();
        assertThat(control.waitFor(DEADLINE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(control.exitValue()).isZero();
        assertThat(directory.resolve("control.sock")).doesNotExist();
        assertThat(directory.resolve("shared/control.pid")).doesNotExist();
    }

    @Test
    void shouldRefuseToRunTwiceOnANode() throws IOException, InterruptedException {
        control = start();
        awaitAnswer();
        Process second = start();
        assertThat(second.waitFor(DEADLINE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(3);
        assertThat(log(second)).contains("another control runs on node ctlmain").contains("" + control.pid());
        assertThat(awaitAnswer().get("/v1/vpns").isArray()).isTrue();
    }

    @Test
    void shouldSayThatItsStoreIsDamaged() throws IOException, InterruptedException {
        Files.createDirectories(directory.resolve("state"));
        Files.writeString(directory.resolve("state/state.db"), "no database".repeat(1_000));
        control = start();
        assertThat(control.waitFor(DEADLINE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(control.exitValue()).isEqualTo(4);
        assertThat(log(control)).contains("state.db is damaged").contains("apply the configuration again");
        assertThat(Files.readString(directory.resolve("state/state.db"))).startsWith("no database");
    }

    @Test
    void shouldExplainWrongArguments() throws IOException, InterruptedException {
        control = start("--colour=red");
        assertThat(control.waitFor(DEADLINE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(control.exitValue()).isEqualTo(2);
        assertThat(log(control)).contains("Unknown option: '--colour=red'");
    }

    private Process start(String... more) throws IOException {
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        ArrayList<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData", // a killed process leaves that file too
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                ControlMain.class.getName(),
                "--node=ctlmain",
                "--shared-directory=" + directory.resolve("shared"),
                "--state-directory=" + directory.resolve("state"),
                "--socket=" + directory.resolve("control.sock")));
        command.addAll(List.of(more));
        Path log = Files.createTempFile(directory, "control", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Files.move(log, logOf(process));
        return process;
    }

    private Path logOf(Process process) {
        return directory.resolve("control-" + process.pid() + ".log");
    }

    private String log(Process process) throws IOException {
        return Files.readString(logOf(process), StandardCharsets.UTF_8);
    }

    /** Waits for the process: there is nothing that would tell when a socket begins to answer. */
    private ControlClient awaitAnswer() throws IOException, InterruptedException {
        ControlClient client = ControlClient.connect(directory.resolve("control.sock"));
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
        while (true) {
            try {
                client.get("/v1/vpns");
                return client;
            } catch (CliException e) {
                assertThat(System.nanoTime()).as(log(control)).isLessThan(deadlineNs);
                assertThat(control.waitFor(50, TimeUnit.MILLISECONDS))
                        .as(log(control))
                        .isFalse();
            }
        }
    }
}
