package io.vireo.control.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the OpenAPI 3.1 document of a list of operations; bodies are described from their records. */
public final class OpenApi {
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)}");

    private final RecordSchemas schemas = new RecordSchemas();

    private OpenApi() {}

    /**
     * Describes operations.
     *
     * @param title what they are of
     * @param socket where they are served by default
     */
    public static Map<String, Object> describe(String title, String socket, List<Operation> operations) {
        return new OpenApi().document(title, socket, operations);
    }

    private Map<String, Object> document(String title, String socket, List<Operation> operations) {
        Map<String, Object> paths = new LinkedHashMap<>();
        for (Operation operation : operations) {
            item(paths, operation.path()).put(operation.method().toLowerCase(Locale.ROOT), operation(operation));
        }
        schemas.reference(ProblemDocument.class);
        return ordered(
                "openapi", "3.1.0",
                "info",
                        ordered(
                                "title",
                                title,
                                "version",
                                "v1",
                                "description",
                                "HTTP/1.1 over a Unix domain socket. The peer's credentials decide: root and"
                                        + " the group vireo operate, the group vireo-ro reads. Errors are problem"
                                        + " documents (RFC 9457). Query parameters, media types and bodies that"
                                        + " are not described here are refused; HEAD goes wherever GET does."),
                "servers", List.of(ordered("url", "http://vireo", "description", socket)),
                "paths", paths,
                "components", ordered("schemas", schemas.all()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> item(Map<String, Object> paths, String path) {
        return (Map<String, Object>) paths.computeIfAbsent(path, ignored -> new LinkedHashMap<String, Object>());
    }

    private Map<String, Object> operation(Operation operation) {
        Map<String, Object> described = ordered(
                "summary", operation.summary(),
                "x-role", operation.role().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                "parameters", parameters(operation));
        if (operation.request() != null) {
            described.put("requestBody", ordered("required", true, "content", content(operation.request())));
        }
        described.put(
                "responses",
                ordered(
                        "200", done(operation),
                        "default",
                                ordered(
                                        "description",
                                        "Rejected or failed; nothing was changed.",
                                        "content",
                                        content(new Operation.Body(
                                                List.of(ProblemDocument.CONTENT_TYPE),
                                                ProblemDocument.class,
                                                false)))));
        return described;
    }

    private Map<String, Object> done(Operation operation) {
        Map<String, Object> described = ordered("description", "Done.", "content", content(operation.response()));
        if (operation.parameters().contains(Tables.LIMIT)) {
            described.put(
                    "headers",
                    ordered(
                            Tables.TOTAL_HEADER,
                            ordered(
                                    "description",
                                    "How many rows there are, those included that the limit left out.",
                                    "schema",
                                    ordered("type", "integer"))));
        }
        return described;
    }

    private static List<Object> parameters(Operation operation) {
        List<Object> parameters = new ArrayList<>();
        VARIABLE.matcher(operation.path())
                .results()
                .forEach(variable -> parameters.add(ordered(
                        "name",
                        variable.group(1),
                        "in",
                        "path",
                        "required",
                        true,
                        "schema",
                        ordered("type", "string"))));
        for (Operation.Parameter parameter : operation.parameters()) {
            parameters.add(ordered(
                    "name", parameter.name(),
                    "in", "query",
                    "description", parameter.description(),
                    "schema", ordered("type", parameter.type())));
        }
        return parameters;
    }

    private Map<String, Object> content(Operation.Body body) {
        Map<String, Object> content = new LinkedHashMap<>();
        for (String type : body.contentTypes()) {
            content.put(type, ordered("schema", schema(body.type(), body.list())));
        }
        return content;
    }

    private Map<String, Object> schema(@Nullable Class<?> type, boolean list) {
        if (type == null) {
            return ordered();
        }
        Map<String, Object> reference = schemas.reference(type);
        return list ? ordered("type", "array", "items", reference) : reference;
    }

    /** A map of key, value, key, value, … in that order. */
    static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
