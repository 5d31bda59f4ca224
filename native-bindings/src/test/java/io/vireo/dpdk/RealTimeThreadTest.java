package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RealTimeThreadTest {
    private static final String ORDINARY = "0";
    private static final String ROUND_ROBIN = "2";

    @Test
    void shouldRankTheThreadAndNoneThatItStarts() {
        assertThat(onFreshThread(RealTimeThreadTest::policyOrRefusal)).isIn(ROUND_ROBIN, "may not");
        assertThat(onFreshThread(() -> {
                    policyOrRefusal();
                    return onFreshThread(RealTimeThreadTest::policy);
                }))
                .isEqualTo(ORDINARY);
        assertThat(policy()).isEqualTo(ORDINARY);
    }

    /** A machine may refuse it; then the thread is as it was. */
    private static String policyOrRefusal() {
        try {
            RealTimeThread.take();
            return policy();
        } catch (DpdkException e) {
            assertThat(e).hasMessageStartingWith("no real-time priority: this process may not (errno ");
            assertThat(policy()).isEqualTo(ORDINARY);
            return "may not";
        }
    }

    private static String onFreshThread(Supplier<String> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task).start())
                .join();
    }

    /** Field 41 of proc_pid_stat(5). */
    private static String policy() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[41 - 3];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
