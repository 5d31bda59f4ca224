package io.vireo.control.node.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadingPaceTest {
    private static final long NOW_NS = -5_000;
    private static final long SECOND_NS = 1_000_000_000;

    private final ReadingPace pace = new ReadingPace(NOW_NS);

    @Test
    void shouldReadOnceAMomentAfterTheFirstOfSeveralEvents() {
        assertThat(pace.isDue(NOW_NS + SECOND_NS)).isFalse();

        pace.request(NOW_NS);
        pace.request(NOW_NS + ReadingPace.SETTLE_NS / 2);

        assertThat(pace.isDue(NOW_NS + ReadingPace.SETTLE_NS - 1)).isFalse();
        assertThat(pace.isDue(NOW_NS + ReadingPace.SETTLE_NS)).isTrue();
        pace.read(NOW_NS + ReadingPace.SETTLE_NS, NOW_NS + ReadingPace.SETTLE_NS + 1);
        assertThat(pace.isDue(NOW_NS + SECOND_NS)).isFalse();
    }

    @Test
    void shouldReadHalfOfTheTimeAtMost() {
        long endedNs = NOW_NS + 3 * SECOND_NS;
        pace.read(NOW_NS, endedNs);

        pace.request(endedNs);

        assertThat(pace.isDue(endedNs + 3 * SECOND_NS - 1)).isFalse();
        assertThat(pace.isDue(endedNs + 3 * SECOND_NS)).isTrue();
    }

    @Test
    void shouldForgetThePauseWhenItIsOver() {
        pace.read(NOW_NS, NOW_NS + SECOND_NS);
        long laterNs = NOW_NS + 10 * SECOND_NS;

        pace.request(laterNs);

        assertThat(pace.isDue(laterNs + ReadingPace.SETTLE_NS)).isTrue();
    }
}
