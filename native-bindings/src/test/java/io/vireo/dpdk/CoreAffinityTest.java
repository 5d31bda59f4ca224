package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CoreAffinityTest {
    @Test
    void shouldTieTheThreadToItsCore() {
        assertThat(onFreshThread(() -> {
                    CoreAffinity.pin(0);
                    return allowedCores();
                }))
                .isEqualTo("0");
    }

    @Test
    void shouldSayWhenThereIsNoSuchCore() {
        assertThatThrownBy(() -> CoreAffinity.pin(1000))
                .isInstanceOf(DpdkException.class)
                .hasMessageContaining("core 1000");
        assertThatThrownBy(() -> CoreAffinity.pin(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String onFreshThread(java.util.function.Supplier<String> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task).start())
                .join();
    }

    private static String allowedCores() {
        try (var lines = Files.lines(Path.of("/proc/thread-self/status"))) {
            return lines.filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
