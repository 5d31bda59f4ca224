package io.vireo.control.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
    @TempDir
    private Path directory;

    @Test
    void shouldRemoveADirectoryWithAllThatIsInItAndNothingBehindALink() throws IOException {
        Path kept = Files.createDirectories(directory.resolve("kept"));
        Files.writeString(kept.resolve("file"), "kept");
        Path removed = directory.resolve("removed");
        Files.createDirectories(removed.resolve("a/b"));
        Files.writeString(removed.resolve("a/b/file"), "gone");
        Files.createSymbolicLink(removed.resolve("link"), kept);

        FileTree.remove(removed);
        FileTree.remove(removed); // none is no error

        assertThat(removed).doesNotExist();
        assertThat(kept.resolve("file")).exists();
    }
}
