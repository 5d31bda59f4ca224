package io.vireo.control.node.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files may hold a secret. */
class SecretFileTest {
    @TempDir
    private Path directory;

    private Path file(String text, String permissions) throws IOException {
        Path file = directory.resolve("psk");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }

    @Test
    void shouldLeaveOutTheEndOfTheLine() throws IOException, SecretFileException {
        assertThat(SecretFile.secret("pskFile", file("a b\r\n\n", "rw-------"))).containsExactly('a', ' ', 'b');
    }

    @Test
    void shouldRefuseByFieldFileAndReason() throws IOException {
        assertRefused(file("secret", "rw-r-----"), "others than its owner may read or write it: chmod 600");
        assertRefused(file("\n", "rw-------"), "it is empty");
        assertRefused(file("s".repeat(40_000), "rw-------"), "longer than 32768 bytes");
        assertRefused(directory.resolve("none"), "there is no such file");
        Files.createDirectory(
                directory.resolve("d"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        assertRefused(directory.resolve("d"), "it is not a regular file");
    }

    /** What has no end is not read. */
    @Test
    void shouldRefuseDevices() {
        assertThatThrownBy(() -> SecretFile.contents("caFile", Path.of("/dev/zero")))
                .isInstanceOf(SecretFileException.class)
                .hasMessage("caFile /dev/zero: it is not a regular file");
    }

    private static void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> SecretFile.secret("pskFile", file))
                .isInstanceOf(SecretFileException.class)
                .hasMessageStartingWith("pskFile " + file + ": ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("secret");
    }
}
