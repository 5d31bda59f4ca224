package io.vireo.control.model.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.model.InvalidConfigurationException;
import java.util.regex.Pattern;

/** What the reader says against a document. */
public final class Refusals {
    private Refusals() {}

    /** That a document is refused once the first {@code from} in it is {@code to}, with this reason at this path. */
    public static void assertRefused(String document, String from, String to, String path, String reason) {
        assertThat(document).contains(from);
        assertRefused(document.replaceFirst(Pattern.quote(from), to), path, reason);
    }

    /** That a document is refused, and a problem with this reason, this path and a line is among what is said. */
    public static void assertRefused(String document, String path, String reason) {
        assertThatThrownBy(() -> ConfigurationReader.read(document))
                .isInstanceOfSatisfying(
                        InvalidConfigurationException.class,
                        e -> assertThat(e.problems()).anySatisfy(problem -> {
                            assertThat(problem.path()).isEqualTo(path);
                            assertThat(problem.reason()).contains(reason);
                            assertThat(problem.line()).isPositive();
                        }));
    }
}
