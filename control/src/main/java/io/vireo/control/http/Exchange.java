package io.vireo.control.http;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Limits;
import io.vireo.control.model.document.DocumentText;
import io.vireo.control.view.TablePart;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SequenceWriter;

/** One request and its answer, for handlers. Used by the thread that handles the request. */
public final class Exchange {
    /** A document of the most characters, of which some take more than a byte. */
    private static final int MAX_BODY_BYTES = Limits.MAX_DOCUMENT_CHARACTERS + (Limits.MAX_DOCUMENT_CHARACTERS >> 4);

    private static final int ROWS_BUFFER_BYTES = 64 * 1024;

    private final Request request;
    private final Response response;
    private final Peer peer;
    private final Map<String, String> variables;
    private final Fields query;
    private boolean sentAhead;

    /** A request without variables and parameters: what an error is answered to. */
    Exchange(Request request, Response response, Peer peer) {
        this(request, response, peer, Map.of(), Fields.EMPTY);
    }

    Exchange(Request request, Response response, Peer peer, Map<String, String> variables, Fields query) {
        this.request = request;
        this.response = response;
        this.peer = peer;
        this.variables = variables;
        this.query = query;
    }

    /** Decodes the query of a request target; null has no parameters. */
    static Fields parametersOf(@Nullable String query) throws ApiException {
        Fields parameters = new Fields(true);
        try {
            if (query != null) {
                UrlEncoded.decodeUtf8To(query, 0, query.length(), parameters);
            }
            return parameters;
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("query", "is not percent-encoded UTF-8: " + e.getMessage());
        }
    }

    /** Name of the user who asks. */
    public String author() {
        return peer.user();
    }

    /** Value of a variable of the path. */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the path has no variable " + name);
        }
        return value;
    }

    /** Value of a query parameter, or null. */
    public @Nullable String query(String name) {
        return query.getValue(name);
    }

    public String query(String name, String fallback) {
        String value = query(name);
        return value == null ? fallback : value;
    }

    /** Whole number of a query parameter, or null. */
    public @Nullable Long number(String name, long min, long max) throws ApiException {
        String text = query(name);
        if (text == null) {
            return null;
        }
        if (!text.matches("-?[0-9]{1,18}") || Long.parseLong(text) < min || Long.parseLong(text) > max) {
            throw ApiException.badRequest(name, "'" + text + "' is not a whole number between " + min + " and " + max);
        }
        return Long.parseLong(text);
    }

    /** Whole number of a header. */
    public long headerNumber(String name, long fallback) throws ApiException {
        String text = request.getHeaders().get(name);
        if (text == null) {
            return fallback;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw ApiException.badRequest(name, "'" + text + "' is not the number of an event");
        }
        return Long.parseLong(text);
    }

    public long number(String name, long min, long max, long fallback) throws ApiException {
        Long value = number(name, min, max);
        return value == null ? fallback : value;
    }

    public boolean truth(String name) throws ApiException {
        return switch (query(name, "false")) {
            case "true", "" -> true;
            case "false" -> false;
            default -> throw ApiException.badRequest(name, "'" + query(name) + "' is neither true nor false");
        };
    }

    public @Nullable Duration seconds(String name) throws ApiException {
        Long seconds = number(name, 0, Integer.MAX_VALUE);
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    /**
     * The whole body as a document.
     *
     * @throws InvalidConfigurationException when it is not UTF-8.
     */
    public String bodyDocument() throws IOException, ApiException, InvalidConfigurationException {
        return DocumentText.decode(body());
    }

    private byte[] body() throws IOException, ApiException {
        try (InputStream in = Content.Source.asInputStream(request)) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                body.write(buffer, 0, read);
                if (body.size() > MAX_BODY_BYTES) {
                    throw ApiException.tooLarge("the body is longer than " + MAX_BODY_BYTES + " bytes");
                }
            }
            return body.toByteArray();
        }
    }

    /** The whole body as a record. */
    public <T> T bodyJson(Class<T> type) throws IOException, ApiException {
        byte[] bytes = body();
        try {
            String text = bytes.length == 0 ? "{}" : DocumentText.decode(bytes);
            T value = Json.MAPPER.readValue(text, type);
            if (value == null) {
                throw ApiException.badRequest("body", "is null");
            }
            return value;
        } catch (InvalidConfigurationException e) {
            throw ApiException.badRequest("body", String.valueOf(e.getMessage()));
        } catch (JacksonException e) {
            throw ApiException.badRequest("body", String.valueOf(e.getOriginalMessage()));
        }
    }

    public void json(Object body) throws IOException {
        whole(200, "application/json", Json.MAPPER.writeValueAsString(body));
    }

    /**
     * Answers with the rows of a table as a JSON array, written as they are read: neither the rows nor the text are in memory at
     * once. Who does not read for the connection's idle timeout is given up.
     */
    void rows(TablePart<?> part) throws IOException {
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(Tables.TOTAL_HEADER, part.count());
        try (OutputStream out = new BufferedOutputStream(Content.Sink.asOutputStream(response), ROWS_BUFFER_BYTES);
                SequenceWriter rows = Json.ROWS.writeValuesAsArray(out)) {
            if (!isHead()) {
                rows.writeAll(part.rows());
            }
        }
    }

    public void text(String contentType, String body) throws IOException {
        whole(200, contentType, body);
    }

    void problem(ProblemDocument document, Map<HttpHeader, String> headers) throws IOException {
        headers.forEach(response.getHeaders()::put);
        whole(document.status(), ProblemDocument.CONTENT_TYPE, Json.MAPPER.writeValueAsString(document));
    }

    /** Whether only the head of an answer is asked for, which for a stream is all there is to do. */
    public boolean isHead() {
        return HttpMethod.HEAD.is(request.getMethod());
    }

    /** Answers with the head of a stream. */
    public void head(String contentType) throws IOException {
        stream(contentType).close();
    }

    /** Begins a streaming answer; the connection is closed after it. */
    public OutputStream stream(String contentType) {
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        request.addIdleTimeoutListener(timeout -> false);
        return Content.Sink.asOutputStream(response);
    }

    /** Whether the peer of a stream has closed it; it sends nothing more, so that a read finds out. */
    public boolean isPeerClosed() {
        return fill() < 0;
    }

    /** As {@link #json}, of what nobody on the way may keep. */
    public void secretJson(Object body) throws IOException {
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        json(body);
    }

    /**
     * Whether the client has closed its connection, or its half of it, before it has its answer. To be asked by who works long
     * on a request that has been read to its end. If a next request is on its way already (pipelining) the connection is
     * closed after this one, which RFC 9112 §9.3.2 has clients expect.
     */
    public boolean isClientGone() {
        if (sentAhead) {
            return false;
        }
        int filled = fill();
        if (filled > 0) {
            sentAhead = true;
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        return filled < 0;
    }

    /** Bytes that were there to read, 0 or 1; negative when nothing will come any more. */
    private int fill() {
        try {
            EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
            return endPoint.fill(BufferUtil.allocate(1));
        } catch (IOException e) {
            return -1;
        }
    }

    boolean isCommitted() {
        return response.isCommitted();
    }

    private void whole(int status, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        Content.Sink.write(response, true, ByteBuffer.wrap(bytes));
    }
}
