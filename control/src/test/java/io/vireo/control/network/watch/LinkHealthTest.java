package io.vireo.control.network.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LinkHealthTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private final LinkHealth health = new LinkHealth();

    @Test
    void shouldBeDownAtOnce() {
        assertThat(health.update(true, 0)).isTrue();
        assertThat(health.update(false, MS)).isFalse();
    }

    @Test
    void shouldBeUpOnceItsCarrierHasStayed() {
        health.update(false, 0);
        assertThat(health.update(true, MS)).isFalse();
        assertThat(health.update(true, LinkHealth.HOLD_NS)).isFalse();
        assertThat(health.update(true, LinkHealth.HOLD_NS + MS)).isTrue();
    }

    @Test
    void shouldStayDownWhileItFlaps() {
        health.update(false, 0);
        for (long ms = 1; ms < 20_000; ms += 250) {
            assertThat(health.update(ms % 2_000 > 1_000, ms * MS)).isFalse();
        }
    }
}
