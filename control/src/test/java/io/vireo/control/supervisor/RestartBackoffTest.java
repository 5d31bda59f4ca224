package io.vireo.control.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestartBackoffTest {
    private static final long YOUNG_NS = RestartBackoff.HEALTHY_AFTER_NS - 1;

    private final RestartBackoff backoff = new RestartBackoff();

    @Test
    void shouldRestartAtOnceAfterALongLife() {
        for (int death = 0; death < 100; death++) {
            assertThat(backoff.delayNs(RestartBackoff.HEALTHY_AFTER_NS)).isZero();
        }
    }

    @Test
    void shouldRestartAtOnceTheFirstTimesAndThenWaitTwiceAsLongEachTime() {
        for (int death = 0; death < RestartBackoff.IMMEDIATE_RESTARTS; death++) {
            assertThat(backoff.delayNs(YOUNG_NS)).isZero();
        }
        assertThat(backoff.delayNs(YOUNG_NS)).isEqualTo(RestartBackoff.INITIAL_DELAY_NS);
        assertThat(backoff.delayNs(YOUNG_NS)).isEqualTo(2 * RestartBackoff.INITIAL_DELAY_NS);
        assertThat(backoff.delayNs(YOUNG_NS)).isEqualTo(4 * RestartBackoff.INITIAL_DELAY_NS);
    }

    @Test
    void shouldNeverWaitLongerThanTheLongestDelay() {
        for (int death = 0; death < 10_000; death++) {
            assertThat(backoff.delayNs(0)).isBetween(0L, RestartBackoff.MAX_DELAY_NS);
        }
        assertThat(backoff.delayNs(0)).isEqualTo(RestartBackoff.MAX_DELAY_NS);
    }

    @Test
    void shouldForgetEarlyDeathsAfterALongLife() {
        for (int death = 0; death < 20; death++) {
            backoff.delayNs(0);
        }
        backoff.delayNs(RestartBackoff.HEALTHY_AFTER_NS);
        assertThat(backoff.delayNs(0)).isZero();
        assertThat(backoff.earlyExits()).isOne();
    }
}
