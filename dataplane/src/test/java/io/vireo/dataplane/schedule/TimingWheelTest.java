package io.vireo.dataplane.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimingWheelTest {
    private static final int IDS = 300;

    private final TimingWheel wheel = new TimingWheel(IDS);
    private final Map<Integer, Long> oracle = new HashMap<>();
    private final int[] taken = new int[8];
    private long nowNs;

    @Test
    void shouldGiveEachClassBackWhenItsTimeHasComeAndNotBefore() {
        for (int seed = 0; seed < 40; seed++) {
            play(new Random(seed), 5_000);
        }
    }

    private void play(Random random, int steps) {
        for (int step = 0; step < steps; step++) {
            int id = random.nextInt(IDS);
            if (!oracle.containsKey(id)) {
                long atNs = Math.max(0, nowNs + span(random) - random.nextInt(100));
                wheel.add(id, atNs);
                oracle.put(id, atNs);
            } else if (random.nextInt(4) == 0) {
                wheel.remove(id);
                oracle.remove(id);
            }
            if (random.nextInt(3) == 0) {
                advance(random.nextInt(5) == 0 ? wheel.nextNs() : nowNs + span(random));
            }
        }
    }

    /** From nothing to days, even in the logarithm. */
    private static long span(Random random) {
        return random.nextLong(1L << random.nextInt(48));
    }

    private void advance(long toNs) {
        nowNs = toNs == Time.NEVER ? nowNs : Math.max(nowNs, toNs);
        int count = wheel.takeExpired(nowNs, taken);
        while (count > 0) {
            for (int i = 0; i < count; i++) {
                assertThat(oracle.remove(taken[i])).isLessThanOrEqualTo(nowNs);
            }
            count = wheel.takeExpired(nowNs, taken);
        }
        long earliest =
                oracle.values().stream().mapToLong(Long::longValue).min().orElse(Time.NEVER);
        assertThat(earliest).isGreaterThan(nowNs);
        assertThat(wheel.nextNs()).isLessThanOrEqualTo(earliest);
        assertThat(wheel.isEmpty()).isEqualTo(oracle.isEmpty());
    }

    @Test
    void shouldSayWhenTheNextTimeComesToTheNanosecondWhenItIsNear() {
        wheel.add(1, 700);
        wheel.add(2, 650);
        assertThat(wheel.nextNs()).isEqualTo(650);
        wheel.add(3, 1L << 40);
        wheel.remove(1);
        wheel.remove(2);
        assertThat(wheel.nextNs()).isGreaterThan(0).isLessThanOrEqualTo(1L << 40);
    }
}
