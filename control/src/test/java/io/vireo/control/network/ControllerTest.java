package io.vireo.control.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ControlClient;
import io.vireo.control.supervisor.PidFile;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The controller's parts in one process, as {@link ControllerMain} has them. */
class ControllerTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private ControllerArguments arguments;

    @BeforeEach
    void name() {
        arguments = ControllerArguments.parse(
                "test",
                directory.toString(),
                directory.resolve("state").toString(),
                directory.resolve("controller.sock").toString());
    }

    @Test
    void shouldServeWhatItDescribes() throws IOException {
        try (Controller controller = Controller.start(arguments)) {
            assertThat(controller).isNotNull();
            ControlClient client = ControlClient.connect(arguments.socket());
            assertThat(client.get("/v1/status").path("controller").asString()).isEqualTo("test");
            JsonNode paths = client.get("/v1/openapi.json").path("paths");
            assertThat(paths.propertyNames()).contains("/v1/status", "/v1/events/stream", "/v1/openapi.json");
        }
    }

    @Test
    void shouldNameItsProcessWhileItRuns() throws IOException {
        PidFile file = new PidFile(directory.resolve("controller.pid"));
        try (Controller controller = Controller.start(arguments)) {
            assertThat(controller).isNotNull();
            assertThat(file.read()).contains(ProcessHandle.current());
        }
        assertThat(file.read()).isEmpty();
        assertThatThrownBy(() -> ControlClient.connect(arguments.socket(), "vireo controller up")
                        .get("/v1/status"))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("vireo controller up");
    }

    @Test
    void shouldRunOncePerState() throws IOException {
        try (Controller controller = Controller.start(arguments)) {
            assertThat(controller).isNotNull();
            // In one JVM the lock says so by itself.
            assertThatThrownBy(() -> Controller.start(arguments)).isInstanceOf(OverlappingFileLockException.class);
            assertThat(ControlClient.connect(arguments.socket())
                            .get("/v1/status")
                            .has("pid"))
                    .isTrue();
        }
    }

    @Test
    void shouldRefuseACommandLineThatIsNotTheSupervisors() {
        assertThatThrownBy(() -> ControllerArguments.parse("test")).hasMessageContaining("vireo controller up");
    }
}
