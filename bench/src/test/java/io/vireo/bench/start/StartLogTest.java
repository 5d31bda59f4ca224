package io.vireo.bench.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartLogTest {
    private static final long MS = 1_000_000;

    @Test
    void shouldComputeBackFromBeingReady() {
        List<String> log = List.of(
                "vireo.idle=busy-spin", "started: DPDK 300 ms, memory 280 ms, warm-up 500 ms, threads 2 ms", "ready");
        assertThat(StartLog.milestones(log, 1200 * MS))
                .isEqualTo(Map.of(
                        Milestone.READY, 1200 * MS,
                        Milestone.WARMED_UP, 1198 * MS,
                        Milestone.MEMORY, 698 * MS,
                        Milestone.DPDK, 418 * MS,
                        Milestone.JVM, 118 * MS));
    }

    @Test
    void shouldRefuseALogThatDoesNotSay() {
        assertThatThrownBy(() -> StartLog.milestones(List.of("started: DPDK 300 ms", "ready"), 1200 * MS))
                .hasMessageContaining("does not say");
    }
}
