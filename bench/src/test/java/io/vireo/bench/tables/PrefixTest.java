package io.vireo.bench.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrefixTest {
    @Test
    void shouldReadBothFamilies() {
        assertThat(Prefix.parse("192.0.2.0/24")).isEqualTo(new Prefix(false, 0, 0xFFFF_FFFF_C000_0200L, 24));
        assertThat(Prefix.parse("2001:db8::1/128")).isEqualTo(new Prefix(true, 0x2001_0db8_0000_0000L, 1, 128));
    }

    @Test
    void shouldRefuseWhatIsNoPrefix() {
        assertThatThrownBy(() -> Prefix.parse("192.0.2.0")).hasMessageContaining("192.0.2.0");
        assertThatThrownBy(() -> Prefix.parse("192.0.2.0/33")).hasMessageContaining("/33");
        assertThatThrownBy(() -> Prefix.parse("example/8")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Prefix.parse("10.0.0.0/x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldReadATableFromAFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("table.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("10.0.0.0/8\n2001:db8::/32\n10.1.0.0/16\n".getBytes(StandardCharsets.US_ASCII));
        }
        InternetTable table = InternetTable.read(file);
        assertThat(table.ipv4().prefixes()).containsExactly(10 << 24, 10 << 24 | 1 << 16);
        assertThat(table.ipv4().lengths()).containsExactly(8, 16);
        assertThat(table.ipv6().lengths()).containsExactly(32);
    }
}
