package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;

class LengtheningIdleStrategyTest {
    private final List<Long> sleepsNs = new ArrayList<>();
    private final CountingIdleStrategy backoff = new CountingIdleStrategy();
    private final IdleStrategy idle = new LengtheningIdleStrategy(backoff, sleepsNs::add);

    @Test
    void shouldBackOffAsTheOtherAtFirst() {
        idle(LengtheningIdleStrategy.SHORT_ROUNDS);
        assertThat(backoff.idles).isEqualTo(LengtheningIdleStrategy.SHORT_ROUNDS);
        assertThat(sleepsNs).isEmpty();
    }

    @Test
    void shouldSleepLongAfterASilence() {
        idle(LengtheningIdleStrategy.SHORT_ROUNDS + 2);
        assertThat(sleepsNs).containsExactly(500_000L, 500_000L);
        assertThat(backoff.idles).isEqualTo(LengtheningIdleStrategy.SHORT_ROUNDS);
    }

    @Test
    void shouldBeginAnewWithTheFirstPacket() {
        idle(LengtheningIdleStrategy.SHORT_ROUNDS + 1);
        idle.idle(1);
        assertThat(backoff.resets).isEqualTo(1);
        sleepsNs.clear();
        idle(LengtheningIdleStrategy.SHORT_ROUNDS);
        assertThat(sleepsNs).isEmpty();
        idle(1);
        assertThat(sleepsNs).hasSize(1);
    }

    private void idle(int rounds) {
        for (int round = 0; round < rounds; round++) {
            idle.idle(0);
        }
    }

    private static final class CountingIdleStrategy implements IdleStrategy {
        private int idles;
        private int resets;

        @Override
        public void idle(int workCount) {
            throw new AssertionError("is asked round by round");
        }

        @Override
        public void idle() {
            idles++;
        }

        @Override
        public void reset() {
            resets++;
        }
    }
}
