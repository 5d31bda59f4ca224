package io.vireo.control.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordSchemasTest {
    private final RecordSchemas schemas = new RecordSchemas();

    private enum Colour {
        RED,
        GREEN
    }

    private record Leaf(int id, long count, boolean up, Colour colour, Instant time, Object any) {}

    private record Branch(
            @Nullable String name,
            List<Leaf> leaves,
            Map<String, Leaf> byName,
            @Nullable Branch next) {}

    @Test
    void shouldDescribeEachTypeAsJsonWritesIt() {
        schemas.reference(Leaf.class);
        assertThat(propertiesOf("Leaf"))
                .containsEntry("id", Map.of("type", "integer", "format", "int32"))
                .containsEntry("count", Map.of("type", "integer", "format", "int64"))
                .containsEntry("up", Map.of("type", "boolean"))
                .containsEntry("colour", Map.of("type", "string", "enum", List.of("RED", "GREEN")))
                .containsEntry("time", Map.of("type", "string", "format", "date-time"))
                .containsEntry("any", Map.of());
    }

    @Test
    void shouldRequireWhatCannotBeNull() {
        schemas.reference(Branch.class);
        assertThat(schemaOf("Branch")).containsEntry("required", List.of("leaves", "byName"));
    }

    @Test
    void shouldReferToRecordsEvenToItself() {
        assertThat(schemas.reference(Branch.class)).containsEntry("$ref", "#/components/schemas/Branch");
        Map<String, Object> leaf = Map.of("$ref", "#/components/schemas/Leaf");
        assertThat(propertiesOf("Branch"))
                .containsEntry("next", Map.of("$ref", "#/components/schemas/Branch"))
                .containsEntry("leaves", Map.of("type", "array", "items", leaf))
                .containsEntry("byName", Map.of("type", "object", "additionalProperties", leaf));
        assertThat(schemas.all()).containsOnlyKeys("Branch", "Leaf");
    }

    @Test
    void shouldRefuseWhatIsNoRecord() {
        assertThatThrownBy(() -> schemas.reference(StringBuilder.class)).hasMessageContaining("is not a record");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> schemaOf(String name) {
        return (Map<String, Object>) Objects.requireNonNull(schemas.all().get(name));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> propertiesOf(String name) {
        return (Map<String, Object>) Objects.requireNonNull(schemaOf(name).get("properties"));
    }
}
