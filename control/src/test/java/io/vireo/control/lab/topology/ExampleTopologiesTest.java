package io.vireo.control.lab.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The topologies that users are given. */
class ExampleTopologiesTest {
    private static final Path DIRECTORY =
            Path.of(System.getProperty("basedir", ".")).resolve("../docs/lab");

    @Test
    void shouldVisitEachNodeTwentyTimesInTheRing() throws InvalidConfigurationException {
        String text = Command.of(DIRECTORY.resolve("ring").toString()).runOrThrow();
        LabDesign design = LabDesign.read(text, ExampleTopologiesTest::beside);
        assertThat(design.topology().nodes()).hasSize(10).allSatisfy(node -> {
            Configuration configuration = design.configuration(node.name());
            assertThat(configuration.vpns().getLast().name()).isEqualTo("ring");
            assertThat(configuration.vpns().getLast().routers()).hasSize(20);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"two.yaml", "esp.yaml", "act2.yaml"})
    void shouldBeRight(String file) throws InvalidConfigurationException {
        assertThat(LabDesign.read(beside(file), ExampleTopologiesTest::beside)
                        .topology()
                        .nodes())
                .isNotEmpty();
    }

    @Test
    void shouldPrintNoRingThatAPacketCannotPass() {
        assertThat(Command.of(DIRECTORY.resolve("ring").toString(), "10", "26").run())
                .satisfies(result -> assertThat(result.status()).isEqualTo(2))
                .satisfies(result -> assertThat(result.text()).contains("250 routers at most"));
    }

    private static String beside(String file) {
        try {
            return Files.readString(DIRECTORY.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
