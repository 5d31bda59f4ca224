package io.vireo.control.model.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The published JSON Schema of the configuration language, for editors and programs that write configurations. */
public final class ConfigurationSchema {
    private static final String RESOURCE = "vireo-v1.schema.json";

    private ConfigurationSchema() {}

    /** The schema as JSON text. */
    public static String json() {
        try (InputStream in = ConfigurationSchema.class.getResourceAsStream(RESOURCE)) {
            return new String(
                    Objects.requireNonNull(in, "the schema is part of the build")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
