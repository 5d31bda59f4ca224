package io.vireo.control.profile;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Finds and reads profiles: those of the module {@code hw-profiles} by name, others by path. Any thread. */
public final class ProfileLibrary {
    /** The profile that is used when none is named. */
    public static final String DEFAULT_PROFILE = "af_packet-veth";

    private static final String DIRECTORY = "/io/vireo/hw/profiles/";

    private final YAMLMapper yaml = new YAMLMapper();
    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(resource("profile.schema.json"), InputFormat.JSON);

    /** Names of the profiles that come with Vireo; the default one is the first. */
    public List<String> names() {
        return resource("index.txt").lines().toList();
    }

    /**
     * The text of a profile.
     *
     * @param nameOrFile a name of {@link #names}, or the path of a file, which has a slash or ends in {@code .yaml}
     * @throws ProfileException when there is none
     */
    public String text(String nameOrFile) {
        if (nameOrFile.contains("/") || nameOrFile.endsWith(".yaml")) {
            try {
                return Files.readString(Path.of(nameOrFile));
            } catch (IOException e) {
                throw new ProfileException("profile " + nameOrFile + " cannot be read: " + e);
            }
        }
        if (!names().contains(nameOrFile)) {
            throw new ProfileException(
                    "there is no profile '" + nameOrFile + "'; there are: " + String.join(", ", names()));
        }
        return resource(nameOrFile + ".yaml");
    }

    /**
     * Reads a profile.
     *
     * @param nameOrFile see {@link #text}
     * @throws ProfileException when there is none, or when it breaks the schema
     */
    public Profile load(String nameOrFile) {
        return parse(nameOrFile, text(nameOrFile));
    }

    Profile parse(String source, String text) {
        try {
            List<Error> errors = schema.validate(yaml.readTree(text));
            if (!errors.isEmpty()) {
                throw new ProfileException("profile " + source + ": "
                        + errors.stream()
                                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                                .collect(Collectors.joining("; ")));
            }
            return yaml.readValue(text, Profile.class);
        } catch (JacksonException e) {
            throw new ProfileException("profile " + source + " is not YAML: " + e.getOriginalMessage());
        }
    }

    private static String resource(String name) {
        try (InputStream in = ProfileLibrary.class.getResourceAsStream(DIRECTORY + name)) {
            if (in == null) {
                throw new IllegalStateException("the jar of hw-profiles is not on the class path: no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
