package io.vireo.control.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerReaderTest {
    @TempDir
    private Path directory;

    @Test
    void shouldFindTheGroupsThatListAUser() throws IOException {
        Path file = directory.resolve("group");
        Files.writeString(file, """
                root:x:0:
                vireo:x:990:alice,bob
                vireo-ro:x:991:alice
                malformed
                ali:x:992:alicex
                """);
        PeerReader reader = new PeerReader(file);
        assertThat(reader.groupsOf("alice")).containsExactlyInAnyOrder("vireo", "vireo-ro");
        assertThat(reader.groupsOf("ali")).isEmpty();
        Files.writeString(file, "vireo:x:990:ali\n");
        assertThat(reader.groupsOf("ali")).containsExactly("vireo");
    }

    @Test
    void shouldFindNoGroupsWithoutTheFile() throws IOException {
        assertThat(new PeerReader(directory.resolve("group")).groupsOf("alice")).isEmpty();
    }
}
