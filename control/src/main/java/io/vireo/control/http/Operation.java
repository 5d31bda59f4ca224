package io.vireo.control.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing the API can do: what is dispatched on and what the OpenAPI document says about it.
 *
 * @param method     HTTP method.
 * @param path       path with its variables, such as {@code /v1/vpns/{vpn}}.
 * @param role       who may.
 * @param summary    a sentence.
 * @param parameters query parameters.
 * @param request    the body that is taken, or null.
 * @param response   the body of a success.
 * @param handler    does it.
 */
public record Operation(
        String method,
        String path,
        Role role,
        String summary,
        List<Parameter> parameters,
        @Nullable Body request,
        Body response,
        Handler handler) {

    public Operation {
        parameters = List.copyOf(parameters);
    }

    public static Operation get(String path, String summary, Body response, Handler handler) {
        return new Operation("GET", path, Role.READ_ONLY, summary, List.of(), null, response, handler);
    }

    public Operation with(Parameter... more) {
        return new Operation(method, path, role, summary, List.of(more), request, response, handler);
    }

    public Operation only(Role needed) {
        return new Operation(method, path, needed, summary, parameters, request, response, handler);
    }

    public static Operation change(
            String method, String path, String summary, @Nullable Body request, Body response, Handler handler) {
        return new Operation(method, path, Role.OPERATOR, summary, List.of(), request, response, handler);
    }

    /**
     * A query parameter.
     *
     * @param name        its name.
     * @param type        its type in JSON Schema: {@code string}, {@code integer} or {@code boolean}.
     * @param description what it does, and what happens without it.
     */
    public record Parameter(String name, String type, String description) {}

    /**
     * The body of a request or response.
     *
     * @param contentTypes media types: the one of a response, or those that a request may have.
     * @param type         a record, or null for text and streams.
     * @param list         whether it is a list of those.
     */
    public record Body(List<String> contentTypes, @Nullable Class<?> type, boolean list) {

        public Body {
            contentTypes = List.copyOf(contentTypes);
        }

        public static Body json(Class<?> type) {
            return new Body(List.of("application/json"), type, false);
        }

        public static Body listOf(Class<?> type) {
            return new Body(List.of("application/json"), type, true);
        }

        public static Body text(String... contentTypes) {
            return new Body(List.of(contentTypes), null, false);
        }
    }

    /** Answers one request; may block. */
    @FunctionalInterface
    public interface Handler {
        void handle(Exchange exchange) throws Exception;
    }
}
