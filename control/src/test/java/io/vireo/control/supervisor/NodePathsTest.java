package io.vireo.control.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodePathsTest {
    @Test
    void shouldGiveTheDefaultNodeTheShortSocketName() {
        assertThat(NodePaths.of("default").controlSocket()).hasToString("/run/vireo/control.sock");
        assertThat(NodePaths.of("lab1").controlSocket()).hasToString("/run/vireo/lab1.sock");
    }

    @Test
    void shouldKeepNodesApart() {
        assertThat(NodePaths.of("a").sharedDirectory())
                .isNotEqualTo(NodePaths.of("b").sharedDirectory());
        assertThat(NodePaths.of("a").stateDirectory())
                .isNotEqualTo(NodePaths.of("b").stateDirectory());
        assertThat(NodePaths.of("a").log("control"))
                .isNotEqualTo(NodePaths.of("b").log("control"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a/b", "..", "a b", "0123456789012345678901234567890123"})
    void shouldRefuseNamesThatAreNoFileNames(String name) {
        assertThatThrownBy(() -> NodePaths.of(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void shouldCloseTheSharedDirectoryToOthers(@TempDir Path root) throws IOException {
        NodePaths paths = new NodePaths("lab1", root);
        paths.create();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(paths.sharedDirectory())))
                .isEqualTo("rwx------");
    }
}
