package io.vireo.control.http;

import io.vireo.control.http.Operation.Body;
import io.vireo.control.http.Operation.Parameter;
import io.vireo.control.view.TablePart;
import io.vireo.control.view.TableQuery;
import java.util.List;

/** Operations that answer with the rows of a table: written one after the other, and no more than are asked for. */
public final class Tables {
    /** The field of an answer that says how many rows there are, those included that the limit left out. */
    static final String TOTAL_HEADER = "X-Total-Count";

    static final Parameter LIMIT = new Parameter(
            "limit",
            "integer",
            "The first rows only, as many as this; all when left out. How many there are says " + TOTAL_HEADER + ".");

    static final Parameter PREFIX = new Parameter(
            "prefix",
            "string",
            "A prefix, such as 10.0.0.0/8, for what lies within it, itself included; or an address, for what it matches: of"
                    + " routes the one with the longest prefix. All when left out.");

    private Tables() {}

    /** All rows of a table that is small enough to be made at once. */
    public interface Rows<T> {
        List<T> read(Exchange exchange) throws Exception;
    }

    /** The rows of a query. */
    public interface Part<T> {
        TablePart<T> read(Exchange exchange, TableQuery query) throws Exception;
    }

    /** A table whose rows may be limited. */
    public static <T> Operation all(String path, String summary, Class<T> type, Rows<T> rows, Parameter... parameters) {
        Handler<T> handler = exchange -> TablePart.of(rows.read(exchange), limit(exchange));
        Parameter[] declared = new Parameter[parameters.length + 1];
        declared[0] = LIMIT;
        System.arraycopy(parameters, 0, declared, 1, parameters.length);
        return operation(path, summary, type, handler, declared);
    }

    /** A table whose rows are chosen by destination, too. */
    public static <T> Operation byDestination(String path, String summary, Class<T> type, Part<T> part) {
        return operation(path, summary, type, exchange -> part.read(exchange, query(exchange)), LIMIT, PREFIX);
    }

    private interface Handler<T> {
        TablePart<T> read(Exchange exchange) throws Exception;
    }

    private static <T> Operation operation(
            String path, String summary, Class<T> type, Handler<T> handler, Parameter... parameters) {
        return Operation.get(path, summary, Body.listOf(type), exchange -> {
                    try (TablePart<T> part = handler.read(exchange)) {
                        exchange.rows(part);
                    }
                })
                .with(parameters);
    }

    private static TableQuery query(Exchange exchange) throws ApiException {
        long limit = limit(exchange);
        try {
            return TableQuery.of(exchange.query(PREFIX.name()), limit);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(PREFIX.name(), String.valueOf(e.getMessage()));
        }
    }

    private static long limit(Exchange exchange) throws ApiException {
        return exchange.number(LIMIT.name(), 1, Integer.MAX_VALUE, Long.MAX_VALUE);
    }
}
