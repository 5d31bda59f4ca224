package io.vireo.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dpdk.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyMemoryTest {
    @Test
    void shouldLockItsPagesAndKeepThemOutOfCoreFilesAndChildren() throws IOException {
        KeyMemory memory = new KeyMemory(8192);
        Memory.putLong(memory.address(), -1);

        assertThat(memory.isGuarded()).isTrue();
        // VmFlags of smaps (proc(5)): locked, do not dump, do not copy at fork.
        assertThat(flagsOf(memory.address())).contains(" lo ").contains(" dd ").contains(" dc ");
        KeyMemory.wipe(memory.address(), 8);
        assertThat(Memory.getLong(memory.address())).isZero();
    }

    private static String flagsOf(long address) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/smaps"));
        int from = 0;
        while (!lines.get(from).startsWith(Long.toHexString(address) + "-")) {
            from++;
        }
        while (!lines.get(from).startsWith("VmFlags:")) {
            from++;
        }
        return lines.get(from) + " ";
    }
}
