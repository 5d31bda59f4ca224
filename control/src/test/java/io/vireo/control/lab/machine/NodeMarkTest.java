package io.vireo.control.lab.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.supervisor.FileTree;
import io.vireo.control.supervisor.NodePaths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeMarkTest {
    private static final NodeMark MARK = new NodeMark("two", Map.of("vireo.workers", "1", "vireo.idle", "adaptive"));

    @TempDir
    private Path root;

    private NodePaths paths;

    @BeforeEach
    void create() throws IOException {
        paths = new NodePaths("two-a", root);
        paths.create();
    }

    @Test
    void shouldBeFoundAgain() throws IOException {
        assertThat(NodeMark.read(paths)).isEmpty();
        MARK.write(paths);
        assertThat(NodeMark.read(paths)).contains(MARK);
    }

    @Test
    void shouldBeFoundInEitherDirectory() throws IOException {
        MARK.write(paths);
        FileTree.remove(paths.stateDirectory());
        assertThat(NodeMark.read(paths)).contains(MARK);

        paths.create();
        MARK.write(paths);
        FileTree.remove(paths.sharedDirectory());
        assertThat(NodeMark.read(paths)).contains(MARK);
    }
}
