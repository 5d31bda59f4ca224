package io.vireo.control.model.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Configuration documents: YAML, JSON, and what is neither. */
class ConfigurationFuzzTest {
    static Stream<byte[]> documents() {
        return Stream.of(
                        ConfigurationReaderTest.EXAMPLE,
                        SchedulingReaderTest.EXAMPLE,
                        RoutingDocumentTest.EXAMPLE,
                        "{}",
                        "[]",
                        "null",
                        "{\"node\": \"lab1\", \"ports\": []}",
                        "ports: [",
                        "? [a, b] : c",
                        "{null: 1, ~: 2, : 3}",
                        "a: &x 1\nb: *x\n",
                        "--- {}\n--- {}\n",
                        "node: !!binary aGVsbG8=\n",
                        "ports: !!set {a, b}\n",
                        "[".repeat(100),
                        "a:\n".repeat(3) + "\t- b\n",
                        "node: \"\\uD800\"")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Any text is either refused with reasons, or read as a configuration that is the same after writing and reading. */
    @MethodSource("documents")
    @FuzzTest
    void shouldReadWhatItWritesOrRefuse(byte[] bytes) throws InvalidConfigurationException {
        Configuration configuration;
        try {
            configuration = ConfigurationReader.read(new String(bytes, StandardCharsets.UTF_8));
        } catch (InvalidConfigurationException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(ConfigurationFuzzTest::hasReasonAndPlace);
            return;
        }
        assertThat(ConfigurationReader.read(ConfigurationWriter.toYaml(configuration)))
                .isEqualTo(configuration);
        assertThat(ConfigurationDiff.between(configuration, configuration)).isEmpty();
    }

    private static void hasReasonAndPlace(Problem problem) {
        assertThat(problem.reason()).isNotBlank();
        assertThat(problem.line()).isNotNegative();
        assertThat(problem.column()).isNotNegative();
    }
}
