package io.vireo.control.http;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the operation of a request by its method and path. */
final class OperationRouter {
    private static final String GET = "GET";
    private static final String HEAD = "HEAD";

    private final List<Operation> operations;

    OperationRouter(List<Operation> operations) {
        this.operations = List.copyOf(operations);
    }

    /** An operation and the values of the variables in its path. */
    record Match(Operation operation, Map<String, String> variables) {}

    Match find(String method, String path) throws ApiException {
        List<Match> matches = operations.stream()
                .map(operation -> match(operation, path))
                .flatMap(match -> match == null ? java.util.stream.Stream.empty() : java.util.stream.Stream.of(match))
                .toList();
        if (matches.isEmpty()) {
            throw ApiException.notFound("there is no " + path + "; see /v1/openapi.json");
        }
        // RFC 9110 §9.3.2: HEAD is GET whose answer has no body, which the server leaves out.
        String wanted = method.equals(HEAD) ? GET : method;
        return matches.stream()
                .filter(match -> match.operation().method().equals(wanted))
                .findFirst()
                .orElseThrow(() -> ApiException.methodNotAllowed(path, methodsOf(matches)));
    }

    private static Set<String> methodsOf(List<Match> matches) {
        Set<String> methods = new LinkedHashSet<>();
        for (Match match : matches) {
            methods.add(match.operation().method());
            if (match.operation().method().equals(GET)) {
                methods.add(HEAD);
            }
        }
        return methods;
    }

    private static @Nullable Match match(Operation operation, String path) {
        String[] wanted = operation.path().split("/", -1);
        String[] actual = path.split("/", -1);
        if (wanted.length != actual.length) {
            return null;
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                variables.put(wanted[i].substring(1, wanted[i].length() - 1), actual[i]);
            } else if (!wanted[i].equals(actual[i])) {
                return null;
            }
        }
        return new Match(operation, variables);
    }
}
