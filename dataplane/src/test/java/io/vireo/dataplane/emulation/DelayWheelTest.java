package io.vireo.dataplane.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wheel against a list that is sorted by tick, and keeps the order of what is due in one. */
class DelayWheelTest {
    private static final int CAPACITY = 2_000;
    private static final long START_NS = 987_654_321_987L;

    private record Waiting(int entry, long tick) {}

    private final DelayWheel wheel = new DelayWheel(CAPACITY);
    private final List<Waiting> oracle = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private long nowNs = START_NS;

    private static long tickOf(long dueNs) {
        return Math.ceilDiv(dueNs, 1L << DelayWheel.TICK_BITS);
    }

    private void add(long dueNs) {
        Integer entry = free.poll();
        if (entry == null) {
            return;
        }
        wheel.add(entry, dueNs, nowNs);
        oracle.add(new Waiting(entry, Math.max(tickOf(dueNs), nowNs >> DelayWheel.TICK_BITS)));
    }

    private void takeAllDue() {
        long now = nowNs >> DelayWheel.TICK_BITS;
        List<Integer> expected = oracle.stream()
                .filter(waiting -> waiting.tick <= now)
                .sorted(Comparator.comparingLong(Waiting::tick))
                .map(Waiting::entry)
                .toList();
        List<Integer> taken = new ArrayList<>();
        for (int entry = wheel.poll(nowNs); entry != DelayWheel.NONE; entry = wheel.poll(nowNs)) {
            taken.add(entry);
        }
        assertThat(taken).isEqualTo(expected);
        oracle.removeIf(waiting -> waiting.tick <= now);
        free.addAll(taken);
        assertThat(wheel.size()).isEqualTo(oracle.size());
        assertThat(wheel.nextNs()).isGreaterThan(nowNs);
        oracle.stream()
                .mapToLong(Waiting::tick)
                .min()
                .ifPresent(first -> assertThat(wheel.nextNs()).isLessThanOrEqualTo(first << DelayWheel.TICK_BITS));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void shouldGiveEverythingInOrderAtItsTime(int seed) {
        Random random = new Random(seed);
        for (int entry = 0; entry < CAPACITY; entry++) {
            free.add(entry);
        }
        for (int step = 0; step < 20_000; step++) {
            for (int n = random.nextInt(4); n > 0; n--) {
                add(nowNs + random.nextLong(1L << random.nextInt(10, 37)) - 1_000);
            }
            nowNs += random.nextLong(1L << random.nextInt(8, random.nextInt(100) == 0 ? 36 : 24));
            takeAllDue();
        }
        nowNs += DelayWheel.HORIZON_NS;
        takeAllDue();
        assertThat(oracle).isEmpty();
    }

    @Test
    void shouldHoldWhatLiesBeyondTheHorizonAsLongAsItCan() {
        wheel.add(0, nowNs + 10 * DelayWheel.HORIZON_NS, nowNs);
        assertThat(wheel.poll(nowNs + DelayWheel.HORIZON_NS - 1)).isEqualTo(DelayWheel.NONE);
        assertThat(wheel.poll(nowNs + DelayWheel.HORIZON_NS + (1 << DelayWheel.TICK_BITS)))
                .isZero();
    }
}
