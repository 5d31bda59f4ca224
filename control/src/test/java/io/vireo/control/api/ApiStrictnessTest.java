package io.vireo.control.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ControlClient;
import io.vireo.control.cli.ExitCode;
import io.vireo.control.view.FakeNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whatever the OpenAPI document does not describe is refused, at every operation that it describes. */
@Timeout(60)
class ApiStrictnessTest {
    private ApiFixture fixture;
    private List<Described> operations;

    /** An operation as a client knows it: from the document alone. */
    private record Described(String method, String path, JsonNode operation) {
        /** A path that exists, so that only what the test adds is wrong. */
        String concrete() {
            return path.replace("{vpn}", "blue")
                    .replace("{router}", "r1")
                    .replace("{number}", "1")
                    .replace("{id}", "t1");
        }

        boolean takesABody() {
            return operation.has("requestBody");
        }
    }

    @BeforeEach
    void start() throws IOException {
        fixture = new ApiFixture();
        ControlClient client = fixture.client();
        client.put("/v1/config", ApiFixture.EXAMPLE);
        client.put("/v1/reservations/t1?token=1", ApiFixture.EXAMPLE);
        client.post("/v1/reservations/t1/commit?token=1", "");
        operations = new ArrayList<>();
        client.get("/v1/openapi.json")
                .path("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .forEach(method -> operations.add(new Described(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
        assertThat(operations).hasSizeGreaterThan(20);
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
    }

    @Test
    void shouldRefuseParametersThatAreNotDescribed() throws IOException {
        for (Described each : operations) {
            RawAnswer answer = ask(each.method() + " " + each.concrete() + "?confirmSecond=20", "", "");
            assertProblem(answer, 400, "confirmSecond: is no parameter of this operation");
        }
        assertThat(fixture.desired.currentVersion().number()).isEqualTo(1);
    }

    @Test
    void shouldKnowEveryParameterThatIsDescribedAndTakeItOnce() throws IOException {
        int parameters = 0;
        for (Described each : operations) {
            for (JsonNode parameter : each.operation().path("parameters")) {
                if (parameter.path("in").asString().equals("query")) {
                    String name = parameter.path("name").asString();
                    String one = each.method() + " " + each.concrete() + "?" + name + "=*";
                    assertProblem(ask(one + "&" + name + "=*", "", ""), 400, name + ": is given more than once");
                    parameters++;
                }
            }
        }
        assertThat(parameters).isGreaterThan(10);
    }

    @Test
    void shouldRefuseBodiesThatAreNotDescribed() throws IOException {
        for (Described each : operations) {
            String request = each.method() + " " + each.concrete();
            RawAnswer answer = ask(request, "Content-Type: image/png\r\n", "x");
            if (each.takesABody()) {
                assertProblem(answer, 415, "'image/png' is not taken, but application/");
                assertProblem(ask(request, "Content-Encoding: gzip\r\n", "x"), 415, "Content-Encoding gzip");
            } else {
                assertProblem(answer, 400, "body: this operation takes none");
            }
        }
        assertThat(fixture.desired.currentVersion().number()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: application/yaml\r\n",
                "Content-Type: Application/YAML; charset=\"UTF-8\"\r\n",
                "Content-Type: text/yaml\r\n",
                "Content-Type: application/json\r\n"
            })
    void shouldReadADocumentOfEveryKindThatIsDescribed(String fields) throws IOException {
        assertThat(ask("POST /v1/config/plan", fields, ApiFixture.EXAMPLE).status())
                .isEqualTo(200);
    }

    @Test
    void shouldRefuseACharsetThatItDoesNotRead() throws IOException {
        assertProblem(
                ask("PUT /v1/config", "Content-Type: application/yaml; charset=iso-8859-1\r\n", ApiFixture.EXAMPLE),
                415,
                "the body is read as UTF-8");
    }

    @Test
    void shouldSayWhichMethodsAPathTakes() throws IOException {
        for (Described each : operations) {
            Set<String> allowed = new TreeSet<>();
            operations.stream()
                    .filter(other -> other.path().equals(each.path()))
                    .forEach(other -> allowed.add(other.method()));
            if (allowed.contains("GET")) {
                allowed.add("HEAD");
            }
            Set<String> refused = new TreeSet<>(Set.of("DELETE", "PATCH", "OPTIONS", "BREW"));
            refused.removeAll(allowed);
            for (String method : refused) {
                RawAnswer answer = ask(method + " " + each.concrete(), "", "");
                assertProblem(answer, 405, each.concrete() + " takes ");
                assertThat(new TreeSet<>(List.of(answer.field("Allow").split(", "))))
                        .as(each.path())
                        .isEqualTo(allowed);
            }
        }
    }

    @Test
    void shouldAnswerHeadWhereverThereIsGet() throws IOException {
        for (Described each : operations) {
            if (each.method().equals("GET")) {
                RawAnswer answer = ask("HEAD " + each.concrete(), "", "");
                assertThat(answer.status()).as(each.path()).isEqualTo(200);
                assertThat(answer.body()).as(each.path()).isEmpty();
                assertThat(each.operation()
                                .path("responses")
                                .path("200")
                                .path("content")
                                .propertyNames())
                        .contains(answer.field("Content-Type"));
            }
        }
        assertThat(ask("HEAD /v1/vpns/nobody", "", "").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nothing", "/", "/v1", "/v1/ports/", "/etc/passwd"})
    void shouldNameAPathThatIsNotThere(String path) throws IOException {
        for (String method : List.of("GET", "PUT", "BREW")) {
            assertProblem(ask(method + " " + path, "", ""), 404, "there is no " + path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/../..", "/v1/vpns/a%2Fb", "/v1/%ZZ", "/v1/vpns/..;/x"})
    void shouldRefuseAnAmbiguousPathWithAProblemDocumentToo(String path) throws IOException {
        RawAnswer answer = ask("GET " + path, "", "");
        assertThat(answer.status()).isIn(400, 404);
        assertProblem(answer, answer.status(), "");
    }

    @Test
    void shouldRefuseOneCaptureTooManyAndTakeItWhenAnotherHasEnded() throws IOException {
        ControlClient client = fixture.client();
        List<InputStream> running = new ArrayList<>();
        for (int i = 0; i < FakeNode.MAX_CAPTURES; i++) {
            running.add(client.stream("/v1/captures"));
        }
        assertProblem(ask("GET /v1/captures", "", ""), 429, "as many captures run already as the data plane can do");
        assertThatThrownBy(() -> client.stream("/v1/captures"))
                .isInstanceOfSatisfying(
                        CliException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.REFUSED));
        for (InputStream capture : running) {
            capture.close();
        }
        while (ask("GET /v1/captures?packets=1", "", "").status() != 200) {
            Thread.onSpinWait();
        }
    }

    private RawAnswer ask(String methodAndPath, String fields, String body) throws IOException {
        return RawAnswer.to(fixture.socket, methodAndPath, fields, body);
    }

    private static void assertProblem(RawAnswer answer, int status, String detail) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.field("Content-Type")).isEqualTo("application/problem+json");
        assertThat(ControlClient.JSON.readTree(answer.body()).path("detail").asString())
                .contains(detail)
                .isNotEmpty();
    }
}
