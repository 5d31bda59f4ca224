package io.vireo.control.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What Jetty refuses by itself, such as a request that is not HTTP, as a problem document too. */
final class ProblemErrorHandler extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        @Nullable Object reason = request.getAttribute(ERROR_MESSAGE);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemDocument.CONTENT_TYPE);
        response.write(true, document(status, reason == null ? null : reason.toString()), callback);
        return true;
    }

    private static ByteBuffer document(int status, @Nullable String reason) {
        String title = HttpStatus.getMessage(status);
        ProblemDocument problem = new ProblemDocument(
                "urn:vireo:problem:http", title, status, reason == null ? title : reason, List.of());
        return ByteBuffer.wrap(Json.MAPPER.writeValueAsString(problem).getBytes(StandardCharsets.UTF_8));
    }
}
