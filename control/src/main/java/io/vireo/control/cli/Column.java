package io.vireo.control.cli;

import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A column of a table whose rows are the elements of an answer.
 *
 * @param heading what stands above it.
 * @param cell    what an element has there.
 */
record Column(String heading, Function<JsonNode, Object> cell) {

    /** A text, or a number that is a name; empty when it is not there. The place is an RFC 6901 pointer. */
    static Column text(String heading, String place) {
        return new Column(heading, element -> element.at(place).asString(""));
    }

    /** A quantity. */
    static Column count(String heading, String place) {
        return new Column(heading, element -> element.at(place).asLong(0));
    }

    /** Texts, side by side. */
    static Column texts(String heading, String place) {
        return new Column(
                heading,
                element ->
                        element.at(place).valueStream().map(JsonNode::asString).collect(Collectors.joining(" ")));
    }
}
