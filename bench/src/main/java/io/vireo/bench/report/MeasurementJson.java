package io.vireo.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A {@link Measurement} as one line of JSON, and back. */
public final class MeasurementJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private MeasurementJson() {}

    /** One line, without its end. Medians, ratio and spread are for readers; the samples are what is read back. */
    public static String write(Measurement measurement) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Samples peer = measurement.peerSamples();
        fields.put("scenario", measurement.scenario());
        fields.put("frameBytes", measurement.frameBytes());
        fields.put("peer", measurement.peer());
        fields.put("vireo", measurement.vireo().median());
        fields.put("peerValue", peer == null ? null : peer.median());
        fields.put("ratio", measurement.ratio());
        fields.put("unit", measurement.unit().symbol());
        fields.put("samples", measurement.vireo().values());
        fields.put("peerSamples", peer == null ? List.of() : peer.values());
        fields.put("spread", measurement.vireo().spread());
        fields.put("machine", measurement.origin().machine());
        fields.put("commit", measurement.origin().commit());
        CurvePoint point = measurement.point();
        if (point != null) {
            fields.put("curve", point.curve());
            fields.put("axis", point.axis());
            fields.put("x", point.x());
        }
        return JSON.writeValueAsString(fields);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException when it is no such line, with what is wrong
     */
    public static Measurement read(String line) {
        JsonNode node = parse(line);
        List<Double> peer = numbers(node, "peerSamples");
        return new Measurement(
                text(node, "scenario"),
                number(node, "frameBytes").intValue(),
                text(node, "peer"),
                Unit.ofSymbol(text(node, "unit")),
                new Samples(numbers(node, "samples")),
                peer.isEmpty() ? null : new Samples(peer),
                node.has("curve") ? new CurvePoint(text(node, "curve"), text(node, "axis"), number(node, "x")) : null,
                new Origin(text(node, "machine"), text(node, "commit")));
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a line of JSON: " + line, e);
        }
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isString()) {
            throw new IllegalArgumentException(field + ": text is missing in " + node);
        }
        return value.asString();
    }

    private static Double number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(field + ": a number is missing in " + node);
        }
        return value.asDouble();
    }

    private static List<Double> numbers(JsonNode node, String field) {
        JsonNode array = node.path(field);
        if (!array.isArray()) {
            throw new IllegalArgumentException(field + ": a list of numbers is missing in " + node);
        }
        List<Double> values = new ArrayList<>();
        for (JsonNode value : array) {
            if (!value.isNumber()) {
                throw new IllegalArgumentException(field + ": " + value + " is not a number");
            }
            values.add(value.asDouble());
        }
        return values;
    }
}
