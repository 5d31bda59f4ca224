package io.vireo.control.node.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenBackoffTest {
    private static final long TICK_NS = 100_000_000L;
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final long START_NS = Long.MAX_VALUE - DAY_NS / 2; // System.nanoTime may wrap

    private final OpenBackoff backoff = new OpenBackoff();

    @Test
    void shouldTryEverLessOften() {
        List<Long> tries = new ArrayList<>();
        for (long elapsedNs = 0; elapsedNs < DAY_NS; elapsedNs += TICK_NS) {
            if (backoff.isDue(START_NS + elapsedNs, 1)) {
                tries.add(elapsedNs);
                backoff.refused(START_NS + elapsedNs, 1);
            }
        }
        assertThat(tries.subList(0, 5))
                .containsExactly(
                        0L,
                        OpenBackoff.FIRST_NS,
                        3 * OpenBackoff.FIRST_NS,
                        7 * OpenBackoff.FIRST_NS,
                        15 * OpenBackoff.FIRST_NS);
        assertThat(tries).as("a day of refusals").hasSizeLessThan((int) (DAY_NS / OpenBackoff.MAX_NS) + 10);
    }

    @Test
    void shouldTryADeviceThatIsMadeAnewAtOnceAndBeginAgain() {
        for (int i = 0; i < 20; i++) {
            backoff.refused(START_NS, 1);
        }
        assertThat(backoff.isDue(START_NS, 1)).isFalse();
        assertThat(backoff.isDue(START_NS, 2)).isTrue();
        backoff.refused(START_NS, 2);
        assertThat(backoff.isDue(START_NS + OpenBackoff.FIRST_NS - 1, 2)).isFalse();
        assertThat(backoff.isDue(START_NS + OpenBackoff.FIRST_NS, 2)).isTrue();
    }

    @Test
    void shouldBeginAgainAfterASuccess() {
        for (int i = 0; i < 20; i++) {
            backoff.refused(START_NS, 1);
        }
        backoff.opened();
        assertThat(backoff.isDue(START_NS, 1)).isTrue();
        backoff.refused(START_NS, 1);
        assertThat(backoff.isDue(START_NS + OpenBackoff.FIRST_NS, 1)).isTrue();
    }
}
