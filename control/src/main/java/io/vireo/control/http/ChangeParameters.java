package io.vireo.control.http;

import io.vireo.control.desired.ChangeRequest;
import io.vireo.control.http.Operation.Body;
import io.vireo.control.http.Operation.Parameter;

/** What operations that change a document in versions have in common. */
public final class ChangeParameters {
    /** RFC 9512 with its older names, and JSON, which is YAML. */
    public static final Body DOCUMENT =
            Body.text("application/yaml", "application/json", "text/yaml", "application/x-yaml", "text/x-yaml");

    private static final Parameter COMMENT = new Parameter("comment", "string", "Why, for the history.");
    private static final Parameter CONFIRM = new Parameter(
            "confirmSeconds",
            "integer",
            "Revert unless confirmed within this time; 1 s to 7 days. In a trial it restarts the clock; left out, it confirms.");
    private static final Parameter TRIAL = new Parameter(
            "trial",
            "integer",
            "The version on trial that this change knowingly goes on from. Needed when somebody else put it on trial.");
    private static final Parameter BASE = new Parameter(
            "baseVersion", "integer", "Refuse the change unless this version is current. Not checked when left out.");
    private static final Parameter FROM =
            new Parameter("from", "integer", "The older version; the one before 'to' when left out.");
    private static final Parameter TO =
            new Parameter("to", "integer", "The newer version; the current one when left out.");
    private static final Parameter HISTORY_LIMIT =
            new Parameter("limit", "integer", "How many, 1 to 1000; 100 when left out.");
    private static final int MAX_HISTORY = 1_000;

    private ChangeParameters() {}

    /** The operation, with the parameters that {@link #of} reads. */
    public static Operation ofChange(Operation operation) {
        return operation.with(COMMENT, CONFIRM, BASE, TRIAL);
    }

    /** The operation, with the parameters that {@link #versions} reads. */
    public static Operation ofDifference(Operation operation) {
        return operation.with(FROM, TO);
    }

    /** The operation, with the parameter that {@link #historyLimit} reads. */
    public static Operation ofHistory(Operation operation) {
        return operation.with(HISTORY_LIMIT);
    }

    /** The request to change something that an exchange is. */
    public static ChangeRequest of(Exchange exchange) throws ApiException {
        try {
            return new ChangeRequest(
                    exchange.author(),
                    exchange.query(COMMENT.name(), ""),
                    exchange.number(BASE.name(), 0, Long.MAX_VALUE),
                    exchange.seconds(CONFIRM.name()),
                    exchange.number(TRIAL.name(), 1, Long.MAX_VALUE));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(CONFIRM.name(), String.valueOf(e.getMessage()));
        }
    }

    /** Two versions. */
    public record Versions(long from, long to) {}

    /** The versions that are compared. */
    public static Versions versions(Exchange exchange, long current) throws ApiException {
        long to = exchange.number(TO.name(), 0, Long.MAX_VALUE, current);
        return new Versions(exchange.number(FROM.name(), 0, Long.MAX_VALUE, Math.max(0, to - 1)), to);
    }

    /** How many versions are asked for. */
    public static int historyLimit(Exchange exchange) throws ApiException {
        return (int) exchange.number(HISTORY_LIMIT.name(), 1, MAX_HISTORY, 100);
    }

    /** The version in the path, {@code …/{number}/…}. */
    public static long versionNumber(Exchange exchange) throws ApiException {
        String text = exchange.variable("number");
        if (!text.matches("[0-9]{1,18}")) {
            throw ApiException.badRequest("number", "'" + text + "' is not the number of a version");
        }
        return Long.parseLong(text);
    }
}
