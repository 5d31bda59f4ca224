package io.vireo.control.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** What a peer of the control socket sends: query parameters, paths and JSON bodies. */
class RequestFuzzTest {
    private static final Peer PEER = new Peer("root", Set.of());
    private static final OperationRouter ROUTER = new OperationRouter(List.of(
            Operation.get("/v1/ports", "", Operation.Body.text("text/plain"), exchange -> {}),
            Operation.get("/v1/vpns/{vpn}/routers/{router}", "", Operation.Body.text("text/plain"), exchange -> {})));

    /** As records of bodies are. */
    private record FrameBody(
            @Nullable String path, @Nullable String frame) {}

    static Stream<byte[]> queries() {
        return Stream.of(
                        "limit=5&interface=blue/r1/h1&flag=true",
                        "limit=-1",
                        "limit=999999999999999999",
                        "limit=%35",
                        "limit=%",
                        "limit=%ZZ",
                        "limit=%C3%28",
                        "interface=a%2Fb%2Fc",
                        "interface=//",
                        "&&=&=x&limit",
                        "+=+")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<byte[]> bodies() {
        return Stream.of(
                        "{\"path\": \"blue/r1/h1\", \"frame\": \"0102\"}",
                        "{\"path\": null}",
                        "{\"path\": [], \"frame\": {}}",
                        "{\"other\": 1}",
                        "null",
                        "[]",
                        "{} {}",
                        "{\"path\": \"\\uD800\"}",
                        "[".repeat(2_000),
                        "")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<byte[]> paths() {
        return Stream.of(
                        "/v1/ports",
                        "/v1/vpns/blue/routers/r1",
                        "/v1/vpns//routers/",
                        "//",
                        "",
                        "/v1/vpns/{vpn}/routers/x")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** A parameter is within its range, or the request is a bad one. */
    @MethodSource("queries")
    @FuzzTest
    void shouldReadQueryParametersOrAnswerWithAProblem(byte[] bytes) {
        String query = new String(bytes, StandardCharsets.ISO_8859_1);
        try {
            Exchange exchange = exchange(query, new byte[0]);
            assertThat(exchange.number("limit", 1, 1_000, 100)).isBetween(1L, 1_000L);
            assertThat(exchange.truth("flag")).isIn(true, false);
        } catch (ApiException e) {
            assertThat(e.document().status()).isEqualTo(400);
            assertThat(e.document().detail()).isNotBlank();
        }
    }

    /** A body is a record, or the request is a bad one; a record survives writing and reading. */
    @MethodSource("bodies")
    @FuzzTest
    void shouldReadBodiesOrAnswerWithAProblem(byte[] bytes) throws IOException {
        FrameBody body;
        try {
            body = exchange("", bytes).bodyJson(FrameBody.class);
        } catch (ApiException e) {
            assertThat(e.document().status()).isEqualTo(400);
            assertThat(e.document().detail()).isNotBlank();
            return;
        }
        assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsBytes(body), FrameBody.class))
                .isEqualTo(body);
    }

    /** A path leads to an operation with all variables of its path, or to a problem. */
    @MethodSource("paths")
    @FuzzTest
    void shouldFindOperationsOrAnswerWithAProblem(byte[] bytes) {
        String path = new String(bytes, StandardCharsets.UTF_8);
        try {
            OperationRouter.Match match = ROUTER.find("GET", path);
            String expected = match.operation().path();
            for (Map.Entry<String, String> variable : match.variables().entrySet()) {
                expected = expected.replace("{" + variable.getKey() + "}", variable.getValue());
            }
            assertThat(match.variables().size() == 2 || path.equals("/v1/ports"))
                    .isTrue();
        } catch (ApiException e) {
            assertThat(e.document().status()).isEqualTo(404);
        }
    }

    private static Exchange exchange(String query, byte[] body) throws ApiException {
        Content.Chunk chunk = Content.Chunk.from(ByteBuffer.wrap(body), true);
        Request request = stub(Request.class, chunk);
        return new Exchange(request, stub(Response.class, chunk), PEER, Map.of(), Exchange.parametersOf(query));
    }

    /** Its content is one chunk; nothing else of it is asked for. */
    private static <T> T stub(Class<T> type, Content.Chunk content) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("read")) {
                        return content;
                    }
                    throw new UnsupportedOperationException(method.getName());
                }));
    }
}
