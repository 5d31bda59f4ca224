package io.vireo.control.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ControlClient;
import io.vireo.control.cli.ExitCode;
import io.vireo.control.network.cli.NetworkCommand;
import io.vireo.control.network.controller.FakeMesh;
import io.vireo.control.network.controller.FakePlanner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code vireo network} and the API beneath it, with a controller whose nodes are a map. */
class NetworkCommandsTest {
    private static final String RED = "{\"vpns\": [{\"name\": \"red\", \"megabits\": 60}]}";
    private static final String RED_AND_BLUE =
            "{\"vpns\": [{\"name\": \"red\", \"megabits\": 60}, {\"name\": \"blue\", \"megabits\": 60}]}";
    private static final String TOO_MUCH = "{\"vpns\": [{\"name\": \"green\", \"megabits\": 101}]}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final FakeMesh mesh = new FakeMesh();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @SuppressWarnings("NullAway.Init")
    private Controller controller;

    private Path socket = Path.of("");

    @BeforeEach
    void start() throws IOException {
        socket = directory.resolve("controller.sock");
        ControllerArguments arguments = new ControllerArguments("test", directory, directory.resolve("state"), socket);
        controller = Controller.start(arguments, new FakePlanner(), (store, clock, executor, events) -> mesh);
    }

    @AfterEach
    void end() {
        controller.close();
    }

    private ControlClient client() {
        return ControlClient.connect(socket);
    }

    private String document(String text) throws IOException {
        return Files.writeString(directory.resolve("network.json"), text).toString();
    }

    /** Runs a command; returns its exit status. Leaves what it printed in {@link #out} and {@link #err}. */
    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--socket";
        all[arguments.length + 1] = socket.toString();
        return new CommandLine(new NetworkCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println(e.getMessage());
                    return e instanceof CliException refused ? refused.exitCode() : ExitCode.FAILED;
                })
                .execute(all);
    }

    @Test
    void shouldApplyAndSayEachNodesStep() throws IOException {
        assertThat(run("apply", "-f", document(RED), "--comment", "first")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("@@ vpns[red] @@", "version 1 is active after");
        assertThat(err.toString()).contains("node n1 reserved", "node n2 committed");
        assertThat(mesh.parts.get("n2")).contains("red:direct");
        assertThat(run("apply", "-f", document(RED))).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("no change: version 1 stays active");
        assertThat(run("history")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("VERSION", "first");
    }

    @Test
    void shouldRefuseByNameAndChangeNothing() throws IOException {
        run("apply", "-f", document(RED));
        assertThat(run("apply", "-f", document(TOO_MUCH))).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("vpns[green].links[west]", "101 Mbit/s do not fit");
        mesh.refusals.put("n2", "holds reservation x of another controller");
        assertThat(run("apply", "-f", document(RED_AND_BLUE))).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("nodes[n2]", "holds reservation x");
        assertThat(client().get("/v1/network").at("/version/number").asLong()).isEqualTo(1);
    }

    @Test
    void shouldShowWhatADocumentWouldDo() throws IOException {
        run("apply", "-f", document(RED));
        assertThat(run("plan", "-f", document(RED_AND_BLUE), "--nodes")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("+ name: blue", "blue/west", "detour", "LEFT", "40.0M", "node n1:");
        assertThat(run("diff", "-f", document(RED_AND_BLUE))).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("@@ vpns[blue] @@");
        assertThat(mesh.parts.get("n1")).doesNotContain("blue");
    }

    @Test
    void shouldRollBackAndConfirm() throws IOException {
        run("apply", "-f", document(RED));
        run("apply", "-f", document(RED_AND_BLUE), "--confirm", "60s");
        assertThat(out.toString()).contains("vireo network confirm");
        assertThat(run("confirm")).isEqualTo(ExitCode.DONE);
        assertThat(run("confirm")).isEqualTo(ExitCode.REFUSED);
        assertThat(run("rollback", "1", "--base", "7")).isEqualTo(ExitCode.REFUSED);
        assertThat(run("rollback", "1")).isEqualTo(ExitCode.DONE);
        assertThat(mesh.parts.get("n1")).doesNotContain("blue");
        assertThat(run("diff", "2", "3", "--json")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("vpns[blue]");
        assertThat(run("rollback", "99")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("there is no version 99");
    }

    @Test
    void shouldShowNodesLinksAndSubstrate() throws IOException {
        run("apply", "-f", document(RED));
        assertThat(run("show", "links")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("red/west", "60.0M", "direct", "unknown/unknown");
        assertThat(run("show", "paths")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("n1 red/r1/west");
        assertThat(run("show", "substrate")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("detour", "100M");
        assertThat(run("show", "nodes", "--json")).isEqualTo(ExitCode.DONE);
        assertThat(run("status")).isEqualTo(ExitCode.FAILED); // no node of the map answers
        assertThat(out.toString()).contains("network        version 1", "virtual links  1, of which 1 are not up");
    }

    @Test
    void shouldServeMetricsAndDescribeItself() throws IOException {
        run("apply", "-f", document(RED));
        assertThat(client().text("/metrics"))
                .contains("vireo_network_link_planned_bits_per_second{link=\"west\",node=\"n1\",vpn=\"red\"} 6.0E7")
                .contains("vireo_network_substrate_sold_bits_per_second{from=\"n1\",link=\"direct\"} 6.0E7");
        JsonNode paths = client().get("/v1/openapi.json").path("paths");
        assertThat(paths.propertyNames())
                .contains("/v1/network", "/v1/network/plan", "/v1/network/versions/{number}/rollback", "/metrics");
        assertThatThrownBy(() -> client().get("/v1/network?verbose=1")).hasMessageContaining("verbose");
    }
}
