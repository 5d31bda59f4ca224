package io.vireo.control.model.document.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fields of one mapping one after the other. A field that is wrong or missing is reported and replaced by a
 * fallback, so that reading can go on; {@link #finish()} reports the fields that nobody asked for.
 */
public final class Fields {
    private final YamlNode.Mapping mapping;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();
    private boolean failed;

    private Fields(YamlNode.Mapping mapping, Problems problems) {
        this.mapping = mapping;
        this.problems = problems;
    }

    /** The fields of {@code node}, or null, reported, when it has none. */
    public static @Nullable Fields of(YamlNode node, Problems problems) {
        if (node instanceof YamlNode.Mapping mapping) {
            return new Fields(mapping, problems);
        }
        problems.add(node, "must be a mapping of fields");
        return null;
    }

    /** The fields of a node below these; as {@link #of}. */
    public @Nullable Fields within(YamlNode node) {
        return of(node, problems);
    }

    public YamlNode.Mapping mapping() {
        return mapping;
    }

    public boolean has(String field) {
        known.add(field);
        return mapping.fields().containsKey(field);
    }

    /** A value that must be there; null, reported, when it is not or is wrong. */
    public <T> @Nullable T required(String field, Function<String, T> parser) {
        YamlNode node = take(field);
        if (node == null) {
            problem(field, "is missing");
            return null;
        }
        return parse(node, parser);
    }

    /** A value, or null when it is not there. */
    public <T> @Nullable T optional(String field, Function<String, T> parser) {
        YamlNode node = take(field);
        return node == null ? null : parse(node, parser);
    }

    public <T> T optional(String field, T fallback, Function<String, T> parser) {
        T value = optional(field, parser);
        return value == null ? fallback : value;
    }

    /** A mapping that must be there; null, reported, when it is not or is wrong. */
    public <T> @Nullable T requiredNode(String field, Function<YamlNode, @Nullable T> reader) {
        YamlNode node = take(field);
        if (node == null) {
            problem(field, "is missing");
            return null;
        }
        return checked(reader.apply(node));
    }

    /** A mapping that may be left out. */
    public <T> T optionalNode(String field, T fallback, Function<YamlNode, @Nullable T> reader) {
        YamlNode node = take(field);
        T value = node == null ? fallback : checked(reader.apply(node));
        return value == null ? fallback : value;
    }

    /** A mapping that may be left out; null when it is not there or is wrong. */
    public <T> @Nullable T optionalNode(String field, Function<YamlNode, @Nullable T> reader) {
        YamlNode node = take(field);
        return node == null ? null : checked(reader.apply(node));
    }

    /** The items of a list that can be read; none when the field is not there. */
    public <T> List<T> list(String field, Function<YamlNode, @Nullable T> reader) {
        YamlNode node = take(field);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof YamlNode.Sequence sequence)) {
            problem(field, "must be a list");
            return List.of();
        }
        List<T> items = new ArrayList<>(sequence.items().size());
        for (YamlNode item : sequence.items()) {
            T value = reader.apply(item);
            if (value != null) {
                items.add(value);
            }
        }
        return items;
    }

    /** The scalars of a list that can be read. */
    public <T> List<T> scalars(String field, Function<String, T> parser) {
        return list(field, item -> parse(item, parser));
    }

    /** One scalar or a list of them. */
    public <T> List<T> oneOrMore(String field, Function<String, T> parser) {
        if (mapping.fields().get(field) instanceof YamlNode.Scalar) {
            T value = optional(field, parser);
            return value == null ? List.of() : List.of(value);
        }
        return scalars(field, parser);
    }

    /** Refuses fields that do not apply to {@code what}. */
    public void refuse(Collection<String> names, String what) {
        for (String name : names) {
            known.add(name);
            if (has(name)) {
                problem(name, "does not apply to " + what);
            }
        }
    }

    /** Reports something wrong with a field, there or not. */
    public void problem(String field, String reason) {
        failed = true;
        problems.add(mapping, field, reason);
    }

    /** Reports the fields that were not taken. Returns whether everything that was taken was right. */
    public boolean finish() {
        for (String field : mapping.fields().keySet()) {
            if (!known.contains(field)) {
                problems.add(mapping, field, "is not a field here; there are " + String.join(", ", known));
            }
        }
        return !failed;
    }

    private @Nullable YamlNode take(String field) {
        known.add(field);
        return mapping.fields().get(field);
    }

    private <T> @Nullable T parse(YamlNode node, Function<String, T> parser) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            problems.add(node, "must be a single value");
            return checked(null);
        }
        if (scalar.isNull()) {
            problems.add(node, "has no value");
            return checked(null);
        }
        try {
            return parser.apply(scalar.text());
        } catch (IllegalArgumentException e) {
            problems.add(node, String.valueOf(e.getMessage()));
            return checked(null);
        }
    }

    private <T> @Nullable T checked(@Nullable T value) {
        failed |= value == null;
        return value;
    }
}
