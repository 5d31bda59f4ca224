package io.vireo.control.node.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowSeedTest {
    @TempDir
    private Path directory;

    @Test
    void shouldBeTheSameForANodeAndAnotherForAnotherNodeOrMachine() throws IOException {
        Path machineId = Files.writeString(directory.resolve("machine-id"), "0123456789abcdef\n");
        long seed = FlowSeed.of("default", List.of(machineId));
        assertThat(FlowSeed.of("default", List.of(machineId))).isEqualTo(seed);
        assertThat(FlowSeed.of("other", List.of(machineId))).isNotEqualTo(seed);
        Files.writeString(machineId, "fedcba9876543210\n");
        assertThat(FlowSeed.of("default", List.of(machineId))).isNotEqualTo(seed);
    }

    @Test
    void shouldDoWithoutAMachineId() {
        List<Path> missing = List.of(directory.resolve("missing"));
        assertThat(FlowSeed.of("a", missing)).isNotEqualTo(FlowSeed.of("b", missing));
    }
}
