package io.vireo.control.node.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReopenBudgetTest {
    private static final int STEPS = 2_000;

    /** Whoever has the other end of a device cannot have its port opened more often than a burst and one each interval. */
    @Test
    void shouldNeverAllowMoreThanTheBurstAndOneEachInterval() {
        Random random = new Random(20_261_129);
        ReopenBudget budget = new ReopenBudget();
        ArrayDeque<Long> used = new ArrayDeque<>();
        long nowNs = Long.MAX_VALUE - 1_000 * ReopenBudget.INTERVAL_NS; // System.nanoTime may wrap
        for (int step = 0; step < STEPS; step++) {
            nowNs += random.nextLong(2 * ReopenBudget.INTERVAL_NS);
            if (random.nextInt(10) == 0) {
                nowNs += ReopenBudget.BURST * ReopenBudget.INTERVAL_NS;
            }
            if (budget.isLeft(nowNs)) {
                budget.use(nowNs);
                used.addLast(nowNs);
            }
            assertNoWindowHasMore(used, nowNs);
        }
        assertThat(used).hasSizeGreaterThan(STEPS / 4);
    }

    private static void assertNoWindowHasMore(ArrayDeque<Long> used, long nowNs) {
        int count = 0;
        for (long atNs : (Iterable<Long>) used::descendingIterator) {
            count++;
            long windowNs = nowNs - atNs;
            assertThat((long) count).isLessThanOrEqualTo(ReopenBudget.BURST + windowNs / ReopenBudget.INTERVAL_NS);
            if (count > 3 * ReopenBudget.BURST) {
                return;
            }
        }
    }

    @Test
    void shouldAllowTheBurstAtOnceAndThenOneEachInterval() {
        ReopenBudget budget = new ReopenBudget();
        for (int i = 0; i < ReopenBudget.BURST; i++) {
            assertThat(budget.isLeft(0)).isTrue();
            budget.use(0);
        }
        assertThat(budget.isLeft(0)).isFalse();
        assertThat(budget.isLeft(ReopenBudget.INTERVAL_NS - 1)).isFalse();
        assertThat(budget.isLeft(ReopenBudget.INTERVAL_NS)).isTrue();
    }
}
