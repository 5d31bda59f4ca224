package io.vireo.bench.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisturbanceTest {
    private static final long MS = 1_000_000;
    private static final Disturbance DISTURBANCE = new Disturbance("worker-0", 13 * MS, 10 * MS, 9 * MS);

    @Test
    void shouldAddRunQueueAndSteal() {
        assertThat(DISTURBANCE.explains(new Excuse(23 * MS, 0))).isTrue();
        assertThat(DISTURBANCE.explains(new Excuse(23 * MS + 1, 0))).isFalse();
        assertThat(DISTURBANCE.describe())
                .isEqualTo("the machine took 23.0 ms of the time of worker-0 (run queue 13.0, steal 10; 9.0 at once)");
    }

    @Test
    void shouldNotAddShortWaitsUpToALongOne() {
        assertThat(DISTURBANCE.explains(new Excuse(0, 9 * MS))).isTrue();
        assertThat(DISTURBANCE.explains(new Excuse(0, 10 * MS))).isFalse();
    }

    @Test
    void shouldExplainNothingThatNeedsNoTime() {
        long hourNs = 3_600_000 * MS;
        assertThat(new Disturbance("worker-0", hourNs, 0, hourNs).explains(Excuse.NONE))
                .isFalse();
    }
}
