package io.vireo.control.model.document.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping that leaves out what says nothing. */
public final class Tree {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    public Tree put(String field, @Nullable Object value) {
        if (value != null) {
            fields.put(field, value);
        }
        return this;
    }

    public Tree putUnless(String field, Object value, Object fallback) {
        return value.equals(fallback) ? this : put(field, value);
    }

    public Tree putAll(String field, List<?> items) {
        return items.isEmpty() ? this : put(field, items);
    }

    public Map<String, Object> fields() {
        return fields;
    }
}
