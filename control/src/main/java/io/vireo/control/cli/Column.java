package io.vireo.control.cli;

import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A column of a table with one row per object of an answer.
 *
 * @param heading its heading.
 * @param cell    its cell of a row.
 */
public record Column(String heading, Function<JsonNode, Object> cell) {

    /** A text, or a number that is a name; empty when it is not there. The place is an RFC 6901 pointer. */
    public static Column text(String heading, String place) {
        return new Column(heading, row -> row.at(place).asString(""));
    }

    /** A quantity. */
    public static Column count(String heading, String place) {
        return new Column(heading, row -> row.at(place).asLong(0));
    }

    /** Texts, side by side. */
    public static Column texts(String heading, String place) {
        return new Column(
                heading,
                row -> row.at(place).valueStream().map(JsonNode::asString).collect(Collectors.joining(" ")));
    }
}
