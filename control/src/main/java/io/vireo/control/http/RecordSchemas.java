package io.vireo.control.http;

import static io.vireo.control.http.OpenApi.ordered;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON Schemas of records as {@link Json} writes them: a component that may be null may be left out. */
final class RecordSchemas {
    private final Map<String, Object> schemas = new TreeMap<>();

    /** A reference to the schema of a record, which is described if it is not yet. */
    Map<String, Object> reference(Class<?> type) {
        String name = type.getSimpleName();
        if (!schemas.containsKey(name)) {
            // First the name, then the contents, for a record may contain itself.
            Map<String, Object> schema = new LinkedHashMap<>();
            schemas.put(name, schema);
            schema.putAll(describe(type));
        }
        return ordered("$ref", "#/components/schemas/" + name);
    }

    Map<String, Object> all() {
        return schemas;
    }

    private Map<String, Object> describe(Class<?> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException(type + " is not a record");
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.put(component.getName(), schema(component.getGenericType()));
            if (!isNullable(component.getAnnotatedType())) {
                required.add(component.getName());
            }
        }
        return ordered("type", "object", "properties", properties, "required", required, "additionalProperties", false);
    }

    private Map<String, Object> schema(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments();
            return parameterized.getRawType() == List.class
                    ? ordered("type", "array", "items", schema(arguments[0]))
                    : ordered("type", "object", "additionalProperties", schema(arguments[1]));
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return ordered("type", "string");
        }
        if (plain == Instant.class) {
            return ordered("type", "string", "format", "date-time");
        }
        if (plain == boolean.class) {
            return ordered("type", "boolean");
        }
        if (plain == int.class || plain == Integer.class) {
            return ordered("type", "integer", "format", "int32");
        }
        if (plain == long.class || plain == Long.class) {
            return ordered("type", "integer", "format", "int64");
        }
        if (plain.isEnum()) {
            return ordered(
                    "type",
                    "string",
                    "enum",
                    Arrays.stream(plain.getEnumConstants())
                            .map(Object::toString)
                            .toList());
        }
        // Object: whatever JSON can say.
        return plain == Object.class ? ordered() : reference(plain);
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }
}
