package io.vireo.bench.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisturbanceTest {
    private static final long MS = 1_000_000;

    @Test
    void shouldAddRunQueueAndSteal() {
        Disturbance disturbance = new Disturbance("worker-0", 13 * MS, 10 * MS);
        assertThat(disturbance.explains(23 * MS)).isTrue();
        assertThat(disturbance.explains(23 * MS + 1)).isFalse();
        assertThat(disturbance.describe())
                .isEqualTo("the machine took 23.0 ms of the time of worker-0 (run queue 13.0, steal 10)");
    }

    @Test
    void shouldExplainNothingThatNeedsNoTime() {
        assertThat(new Disturbance("worker-0", 3_600_000 * MS, 0).explains(Disturbance.NOTHING))
                .isFalse();
    }

    @Test
    void shouldRequireWhatIsBeyondHalfTheBoundForADelay() {
        assertThat(Disturbance.requiredForDelay(12 * MS, 10 * MS)).isEqualTo(7 * MS);
    }

    @Test
    void shouldRequireAsLargeAPartOfTheTimeAsARateIsOff() {
        assertThat(Disturbance.requiredForRate(27e6, 30_000_000, 2_000 * MS)).isBetween(200 * MS, 200 * MS + 1);
        assertThat(Disturbance.requiredForRate(33e6, 30_000_000, 2_000 * MS)).isBetween(200 * MS, 200 * MS + 1);
        assertThat(Disturbance.requiredForRate(Double.NaN, 30_000_000, 2_000 * MS)).isEqualTo(Disturbance.NOTHING);
    }

    @Test
    void shouldRequireTheTimeInWhichABufferFillsForALoss() {
        assertThat(Disturbance.requiredForLoss(512, 2_000)).isEqualTo(256 * MS);
    }
}
