package io.vireo.bench.linerate.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BoundsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final SearchGoal GOAL = new SearchGoal("NDR", 0, 0, SECOND, SECOND, SECOND, 0.1);

    private final TrialStore store = new TrialStore();

    @Test
    void shouldTakeTheLowestUpperBoundAndTheHighestLowerBoundBelowIt() {
        add(1e6, 0);
        add(2e6, 0);
        add(3e6, 0.1);
        add(5e6, 0.2);
        assertThat(Bounds.of(store, GOAL)).isEqualTo(new Bounds(2e6, 3e6, 0));
    }

    @Test
    void shouldCountLoadsThatMetTheGoalAboveOneThatMissedIt() {
        add(2e6, 0);
        add(3e6, 0.1);
        add(4e6, 0);
        assertThat(Bounds.of(store, GOAL)).isEqualTo(new Bounds(2e6, 3e6, 1));
    }

    @Test
    void shouldKnowNothingWithoutTrials() {
        assertThat(Bounds.of(store, GOAL)).isEqualTo(new Bounds(null, null, 0));
        assertThat(Bounds.of(store, GOAL).areWithin(0.5)).isFalse();
    }

    @Test
    void shouldMeasureTheirDistanceByTheUpperOne() {
        assertThat(new Bounds(9e6, 10e6, 0).areWithin(0.1)).isTrue();
        assertThat(new Bounds(8.9e6, 10e6, 0).areWithin(0.1)).isFalse();
    }

    private void add(double load, double loss) {
        store.add(new Trial(load, SECOND, SECOND, loss));
    }
}
