package io.vireo.control.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ControlClient;
import io.vireo.control.cli.ExitCode;
import io.vireo.control.http.Operation;
import io.vireo.control.http.SocketServer;
import io.vireo.control.model.Problem;
import io.vireo.control.view.ClassStatus;
import io.vireo.control.view.ExampleClasses;
import io.vireo.control.view.ExampleLinks;
import io.vireo.control.view.NodeEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ApiServerTest {
    private ApiFixture fixture;
    private ControlClient client;

    @BeforeEach
    void start() throws IOException {
        fixture = new ApiFixture();
        client = fixture.client();
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
    }

    @Test
    void shouldRestrictTheSocketAndItsDirectory() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fixture.socket)))
                .isEqualTo("rw-rw----");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fixture.socket.getParent())))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void shouldAnswerADamagedQueryWithAProblemDocument() {
        assertThatThrownBy(() -> client.get("/v1/events?after=%ZZ"))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("query: is not percent-encoded UTF-8");
        assertThatThrownBy(() -> client.get("/v1/events?after=%C3%28"))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("query: is not percent-encoded UTF-8");
    }

    @Test
    void shouldRefuseToServeWhereAnotherProcessAnswers() {
        assertThatThrownBy(() -> ApiServer.start(fixture.socket, fixture.node, fixture.desired, fixture.events))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another process answers on " + fixture.socket);
        assertThat(client.get("/v1/vpns").isArray()).isTrue();
    }

    @Test
    void shouldReplaceALeftOverSocket() throws IOException {
        var leftOver = fixture.socket.resolveSibling("old.sock");
        Files.createFile(leftOver);
        try (SocketServer server = ApiServer.start(leftOver, fixture.node, fixture.desired, fixture.events)) {
            assertThat(ControlClient.connect(leftOver).get("/v1/vpns").isArray())
                    .isTrue();
            assertThat(server).isNotNull();
        }
        assertThat(leftOver).doesNotExist();
    }

    @Test
    void shouldApplyAndShowAConfiguration() {
        JsonNode outcome = client.put("/v1/config?comment=first%20try", ApiFixture.EXAMPLE);
        assertThat(outcome.path("version").asInt()).isEqualTo(1);
        assertThat(outcome.path("diff").path("text").asString()).startsWith("@@ ports[p1] @@\n+ name: p1");
        JsonNode config = client.get("/v1/config");
        assertThat(config.path("document").asString()).isEqualTo(ApiFixture.EXAMPLE);
        assertThat(config.path("version").path("author").asString()).isEqualTo(System.getProperty("user.name"));
        assertThat(config.path("version").path("comment").asString()).isEqualTo("first try");
        assertThat(config.path("configuration").path("vpns").path(0).path("id").asInt())
                .isEqualTo(101);
        assertThat(client.get("/v1/vpns/blue").path("routers").path(0).asString())
                .isEqualTo("r1");
        assertThat(client.get("/v1/interfaces").path(0).path("path").asString()).isEqualTo("blue/r1/h1");
    }

    @Test
    void shouldChangeNothingWhenPlanning() {
        assertThat(client.post("/v1/config/plan", ApiFixture.EXAMPLE)
                        .path("changes")
                        .size())
                .isEqualTo(2);
        assertThat(client.get("/v1/config").path("version").path("number").asInt())
                .isZero();
        assertThat(fixture.node.applied()).isEmpty();
    }

    @Test
    void shouldDescribeEveryWrongFieldInAProblemDocument() {
        CliException refused = catchThrowableOfType(
                CliException.class,
                () -> client.put(
                        "/v1/config",
                        ApiFixture.EXAMPLE.replace("vlan: 10", "vlan: 9999").replace("101", "0")));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused).hasMessage("""
            The configuration is rejected; nothing was changed
              line 4, column 9: vpns[0].id: '0' is not between 1 and 4294967295
              line 7, column 49: vpns[0].routers[0].interfaces[0].vlan: '9999' is not between 1 and 4094\
            """);
        assertThat(client.get("/v1/config").path("version").path("number").asInt())
                .isZero();
    }

    @Test
    void shouldPassOnWhatTheNodeRefuses() {
        fixture.node.refuseInApply(Problem.at("ports[0].device", "EAL could not attach it"));
        assertThatThrownBy(() -> client.put("/v1/config", ApiFixture.EXAMPLE))
                .hasMessageContaining("ports[0].device: EAL could not attach it");
        assertThat(client.get("/v1/config/versions").isEmpty()).isTrue();
    }

    @Test
    void shouldConfirmRollBackAndCompareVersions() {
        client.put("/v1/config", ApiFixture.EXAMPLE);
        JsonNode trial = client.put("/v1/config?confirmSeconds=60", ApiFixture.EXAMPLE.replace("101", "102"));
        assertThat(trial.path("confirmBy").asString()).isEqualTo("2026-11-20T12:01:00Z");
        assertThat(client.get("/v1/status").path("confirmBy").asString()).isEqualTo("2026-11-20T12:01:00Z");
        assertThat(client.post("/v1/config/confirm", "").path("version").asInt())
                .isEqualTo(2);
        assertThatThrownBy(() -> client.post("/v1/config/confirm", ""))
                .isInstanceOfSatisfying(
                        CliException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.REFUSED));
        assertThat(client.get("/v1/config/diff")
                        .path("changes")
                        .path(0)
                        .path("path")
                        .asString())
                .isEqualTo("vpns[blue].id");
        assertThat(client.post("/v1/config/versions/1/rollback", "")
                        .path("version")
                        .asInt())
                .isEqualTo(3);
        assertThat(client.get("/v1/config/versions/3").path("document").asString())
                .isEqualTo(ApiFixture.EXAMPLE);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/nothing, Not found: there is no /v1/nothing",
        "GET, /v1/vpns/green, Not found: there is no VPN green",
        "GET, /v1/vpns/blue/routers/r9/routes, Not found: there is no router blue/r9",
        "POST, /v1/config, 'Method not allowed: /v1/config takes GET, HEAD, PUT'",
        "GET, /v1/config/versions/x, 'x' is not the number of a version",
        "GET, /v1/config/versions?limit=0, '0' is not a whole number between 1 and 1000",
        "GET, /v1/classes?interface=h1, 'h1' is not VPN/ROUTER/INTERFACE",
        "GET, /v1/classes?interface=green/r1/h1, Not found: there is no router green/r1",
        "GET, /v1/captures?interface=h1, 'h1' is not VPN/ROUTER/INTERFACE",
        "POST, /v1/config/versions/7/rollback, Not found: there is no version 7",
    })
    void shouldExplainWhatIsWrongWithARequest(String method, String path, String message) {
        assertThatThrownBy(() -> {
                    if (method.equals("GET")) {
                        client.get(path);
                    } else {
                        client.post(path, "");
                    }
                })
                .isInstanceOf(CliException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"path\": \"blue/r1/h1\"}|frame: is missing",
                "{\"path\": \"blue/r1/h1\", \"frame\": \"xyz\"}|frame: is not hexadecimal",
                "{\"path\": \"h1\", \"frame\": \"00\"}|path: 'h1' is not VPN/ROUTER/INTERFACE",
                "{\"path\": \"blue/r1/h1\", \"frame\": \"00\", \"colour\": 1}|colour",
                "{|body:",
                "null|body: is null",
            })
    void shouldRefuseBadTraceRequests(String body, String message) {
        assertThatThrownBy(() -> client.post("/v1/trace", body))
                .isInstanceOfSatisfying(
                        CliException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseAConfirmationTimeOutOfRange() {
        assertThatThrownBy(() -> client.put("/v1/config?confirmSeconds=0", ApiFixture.EXAMPLE))
                .hasMessageContaining("confirm: 0 s is not between 1 s and 7 days");
    }

    @Test
    void shouldStreamEvents() throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(client.stream("/v1/events/stream"), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo(": events follow");
            assertThat(lines.readLine()).isEqualTo("retry: 1000");
            assertThat(lines.readLine()).isEqualTo("id: 0");
            fixture.events.add(new NodeEvent(
                    fixture.clock.instant(),
                    NodeEvent.Severity.WARNING,
                    "port.state",
                    "p1",
                    "p1 is down",
                    Map.of("state", "down")));
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).isEqualTo("id: 1");
            assertThat(lines.readLine()).isEqualTo("event: port.state");
            assertThat(lines.readLine()).startsWith("data: {").contains("\"text\":\"p1 is down\"");
        }
        assertThat(client.get("/v1/events?after=0")
                        .path(0)
                        .path("event")
                        .path("subject")
                        .asString())
                .isEqualTo("p1");
        assertThat(client.get("/v1/events?after=1").isEmpty()).isTrue();
        assertThat(client.get("/v1/events?after=7")
                        .path(0)
                        .path("event")
                        .path("type")
                        .asString())
                .isEqualTo("events.gap");
    }

    @Test
    void shouldStreamAsManyCapturedFramesAsWereAskedForThoughOthersAreLost() throws IOException {
        try (InputStream in = client.stream("/v1/captures?packets=3")) {
            ByteBuffer pcap = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(pcap.getInt(0)).isEqualTo(0xA1B23C4D);
            assertThat(pcap.getInt(20)).isEqualTo(1);
            assertThat(pcap.getInt(24 + 8)).isEqualTo(14);
            assertThat(pcap.getInt(24 + 12)).isEqualTo(14);
            assertThat(pcap.getInt(24 + 30)).isEqualTo(2);
            assertThat(pcap.limit()).isEqualTo(24 + 3 * 30);
        }
    }

    @Test
    void shouldServeMetrics() {
        client.put("/v1/config", ApiFixture.EXAMPLE);
        String metrics = client.text("/metrics");
        assertThat(metrics)
                .contains("vireo_dataplane_up 1.0")
                .contains("vireo_interface_rx_packets_total{interface=\"h1\",router=\"r1\",vpn=\"blue\"} 100.0")
                .contains("vireo_drop_packets_total{reason=\"NO_INTERFACE\",router=\"\",vpn=\"\"} 7.0")
                .contains("vireo_system_events_dropped_total 9.0")
                .doesNotContain("vireo_class_");
        assertThat(client.text("/v1/metrics")).isEqualTo(metrics);
    }

    @Test
    void shouldServeMetricsOfClasses() {
        client.put("/v1/config", ApiFixture.EXAMPLE);
        fixture.node.schedule(ExampleClasses.after(2, 100, 20_000_000, 50_000).toArray(ClassStatus[]::new));
        String voice = "{class=\"voice\",interface=\"h1\",port=\"p1\",router=\"r1\",vpn=\"blue\"";
        assertThat(client.text("/metrics"))
                .contains("vireo_class_guaranteed_bits_per_second" + voice + "} 1000000.0")
                .contains("vireo_class_guaranteed_bits_per_second" + voice.replace("voice", "") + "} 6.0E7")
                .contains("vireo_class_limit_bits_per_second" + voice.replace("voice", "") + "} 8.0E7")
                .contains("vireo_class_sent_packets_total" + voice + "} 100.0")
                .contains("vireo_class_sent_bytes_total" + voice + "} 20000.0")
                .contains("vireo_class_wire_bytes_total" + voice + "} 22400.0")
                .contains("vireo_class_guaranteed_wire_bytes_total" + voice + "} 11200.0")
                .contains("vireo_class_marked_packets_total" + voice + "} 10.0")
                .contains("vireo_class_queued_packets" + voice.replace("voice", "bulk") + "} 1000.0")
                .contains("vireo_class_drop_packets_total{class=\"bulk\",interface=\"h1\",port=\"p1\","
                        + "reason=\"CLASS_PACKETS\",router=\"r1\",vpn=\"blue\"} 50.0")
                .contains("vireo_class_delay_seconds_bucket" + voice + ",le=\"0.016777216\"} 0")
                .contains("vireo_class_delay_seconds_bucket" + voice + ",le=\"0.067108864\"} 100")
                .contains("vireo_class_delay_seconds_bucket" + voice + ",le=\"+Inf\"} 100")
                .contains("vireo_class_delay_seconds_count" + voice + "} 100")
                .doesNotContain("vireo_class_delay_seconds_count" + voice.replace("voice", "") + "}");
    }

    @Test
    void shouldServeTheClassesOfOneInterface() {
        client.put("/v1/config", ApiFixture.EXAMPLE);
        fixture.node.schedule(ExampleClasses.after(2, 100, 20_000_000, 50_000).toArray(ClassStatus[]::new));
        assertThat(client.get("/v1/classes").size()).isEqualTo(3);
        JsonNode classes = client.get("/v1/classes?interface=blue/r1/h1");
        assertThat(classes.size()).isEqualTo(3);
        assertThat(classes.path(0).has("parent")).isFalse();
        assertThat(classes.path(1).path("parent").asString()).isEqualTo("blue/r1/h1");
        assertThat(client.get("/v1/classes?interface=blue/r1/h2").isEmpty()).isTrue();
    }

    @Test
    void shouldDescribeEveryServedPathAndServeEveryDescribedOne() {
        JsonNode openApi = client.get("/v1/openapi.json");
        Set<String> described = new LinkedHashSet<>();
        openApi.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method ->
                                described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        Set<String> served = new LinkedHashSet<>();
        fixture.operations().forEach(operation -> served.add(operation.method() + " " + operation.path()));
        assertThat(described).isEqualTo(served).contains("GET /v1/openapi.json", "PUT /v1/config");
    }

    /** Asks every described GET for JSON, and holds the answer against the schema that was promised. */
    @Test
    void shouldAnswerAsDescribed() {
        client.put("/v1/config", ApiFixture.EXAMPLE);
        JsonNode held = client.put("/v1/reservations/t1?token=1", ApiFixture.EXAMPLE);
        client.post("/v1/reservations/t1/commit?token=1", "");
        client.put("/v1/config?confirmSeconds=60", ApiFixture.EXAMPLE.replace("101", "102"));
        fixture.node.schedule(ExampleClasses.after(2, 100, 20_000_000, 50_000).toArray(ClassStatus[]::new));
        fixture.node.link(ExampleLinks.ESP, ExampleLinks.INNER);
        JsonNode openApi = client.get("/v1/openapi.json");
        int checked = 0;
        for (Operation operation : fixture.operations()) {
            if (operation.method().equals("GET") && operation.response().type() != null) {
                String path = operation
                        .path()
                        .replace("{vpn}", "blue")
                        .replace("{router}", "r1")
                        .replace("{number}", "1")
                        .replace("{id}", "t1");
                assertMatches(openApi, operation.path(), "get", client.get(path));
                checked++;
            }
        }
        assertMatches(openApi, "/v1/reservations/{id}", "put", held);
        assertMatches(openApi, "/v1/reservations/{id}", "delete", client.delete("/v1/reservations/t9"));
        assertMatches(openApi, "/v1/config/plan", "post", client.post("/v1/config/plan", ApiFixture.EXAMPLE));
        assertMatches(openApi, "/v1/audit", "post", client.post("/v1/audit", ""));
        assertMatches(
                openApi,
                "/v1/trace",
                "post",
                client.post("/v1/trace", "{\"path\": \"blue/r1/h1\", \"frame\": \"" + "00".repeat(14) + "\"}"));
        JsonNode offer = client.post("/v1/esp/offer", "{\"path\": \"blue/r1/t1\"}");
        assertMatches(openApi, "/v1/esp/offer", "post", offer);
        assertMatches(openApi, "/v1/esp/accept", "post", client.post("/v1/esp/accept", EspApiTest.acceptOf(offer, 8)));
        String retire = "{\"path\": \"blue/r1/t1\", \"spi\": 4711}";
        assertMatches(openApi, "/v1/esp/retire", "post", client.post("/v1/esp/retire", retire));
        assertMatches(openApi, "/v1/config", "put", client.put("/v1/config", ApiFixture.EXAMPLE));
        assertThat(checked).isGreaterThan(10);
    }

    private static void assertMatches(JsonNode openApi, String path, String method, JsonNode answer) {
        JsonNode schema = openApi.path("paths")
                .path(path)
                .path(method)
                .path("responses")
                .path("200")
                .path("content")
                .path("application/json")
                .path("schema");
        assertThat(schema.isObject()).as(path).isTrue();
        Map<String, Object> document = Map.of(
                "$defs", openApi.path("components").path("schemas"),
                "allOf", java.util.List.of(schema));
        String text = ControlClient.JSON.writeValueAsString(document).replace("#/components/schemas/", "#/$defs/");
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(text, InputFormat.JSON)
                        .validate(answer.toString(), InputFormat.JSON))
                .as("%s %s: %s", method, path, answer)
                .isEmpty();
    }
}
