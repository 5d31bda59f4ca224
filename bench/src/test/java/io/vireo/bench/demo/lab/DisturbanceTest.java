package io.vireo.bench.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.demo.lab.Disturbance.Piece;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisturbanceTest {
    private static final long MS = 1_000_000;

    /** 9 ms, and 100 ms later 6 and 8 ms, 20 ms apart. */
    private static final Disturbance DISTURBANCE = new Disturbance(
            "worker-0",
            13 * MS,
            10 * MS,
            0,
            List.of(new Piece(100 * MS, 9 * MS), new Piece(200 * MS, 6 * MS), new Piece(220 * MS, 8 * MS)));

    @Test
    void shouldAddRunQueueAndSteal() {
        assertThat(DISTURBANCE.explains(new Excuse(23 * MS, Long.MAX_VALUE))).isTrue();
        assertThat(DISTURBANCE.explains(new Excuse(23 * MS + 1, Long.MAX_VALUE)))
                .isFalse();
        assertThat(DISTURBANCE.describe())
                .isEqualTo("the machine took 23.0 ms of the time of worker-0 (run queue 13.0, steal 10, standstill 0)");
    }

    @Test
    void shouldCountWhatWasTakenWithinAnInterval() {
        assertThat(DISTURBANCE.explains(new Excuse(9 * MS, 10 * MS))).isTrue();
        assertThat(DISTURBANCE.explains(new Excuse(10 * MS, 10 * MS))).isFalse();
        assertThat(DISTURBANCE.explains(new Excuse(14 * MS, 20 * MS))).isTrue();
        assertThat(DISTURBANCE.explains(new Excuse(15 * MS, 99 * MS))).isFalse();
        assertThat(DISTURBANCE.explains(new Excuse(23 * MS, 120 * MS))).isTrue();
    }

    @Test
    void shouldAddWhatTwoProgramsWaitedThatWaitForEachOther() {
        Disturbance both = DISTURBANCE.and(new Disturbance("node-agent", 2 * MS, 20 * MS, 0, List.of()));
        assertThat(both.explains(new Excuse(35 * MS, Long.MAX_VALUE))).isTrue();
        assertThat(both.explains(new Excuse(35 * MS + 1, Long.MAX_VALUE))).isFalse();
        assertThat(both.describe())
                .contains("of the time of worker-0 and node-agent (run queue 15.0, steal 20, standstill 0)");
    }

    @Test
    void shouldCountOnceWhatWasCountedAsAWaitAndAsStandstill() {
        Disturbance mostlyStandstill = new Disturbance("worker-0", 3 * MS, 0, 50 * MS, List.of());
        assertThat(mostlyStandstill.explains(new Excuse(50 * MS, Long.MAX_VALUE)))
                .isTrue();
        assertThat(mostlyStandstill.explains(new Excuse(50 * MS + 1, Long.MAX_VALUE)))
                .isFalse();
        assertThat(mostlyStandstill.describe()).endsWith("(run queue 3.0, steal 0, standstill 50)");
    }

    @Test
    void shouldExplainNothingThatNeedsNoTime() {
        long hourNs = 3_600_000 * MS;
        assertThat(new Disturbance("worker-0", hourNs, 0, 0, List.of(new Piece(0, hourNs))).explains(Excuse.NONE))
                .isFalse();
    }
}
