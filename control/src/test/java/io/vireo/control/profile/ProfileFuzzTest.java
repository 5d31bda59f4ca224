package io.vireo.control.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Hardware profiles that a user names by their file. */
class ProfileFuzzTest {
    private static final ProfileLibrary LIBRARY = new ProfileLibrary();

    static Stream<byte[]> profiles() {
        return Stream.concat(
                        LIBRARY.names().stream().map(LIBRARY::text),
                        Stream.of("", "{}", "[]", "null", "a: &x [*x]", "[".repeat(2_000), "name: [", "? a : b"))
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** A profile gives the data plane a worker at least, or it is refused with the field and the reason. */
    @MethodSource("profiles")
    @FuzzTest
    void shouldReadOrRefuse(byte[] bytes) {
        Profile profile;
        try {
            profile = LIBRARY.parse("file.yaml", new String(bytes, StandardCharsets.UTF_8));
        } catch (ProfileException e) {
            assertThat(e.getMessage()).startsWith("profile file.yaml");
            return;
        }
        assertThat(Integer.parseInt(profile.dataPlaneSettings().getOrDefault("vireo.workers", "0")))
                .isPositive();
    }
}
