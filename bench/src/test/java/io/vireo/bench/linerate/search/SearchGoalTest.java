package io.vireo.bench.linerate.search;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SearchGoalTest {
    @Test
    void shouldRefuseGoalsThatNeverEnd() {
        assertThatThrownBy(() -> new SearchGoal("x", 1, 0, 1, 1, 1, 0.1)).hasMessageContaining("lossRatio: 1.0");
        assertThatThrownBy(() -> new SearchGoal("x", 0, 1, 1, 1, 1, 0.1)).hasMessageContaining("exceedRatio: 1.0");
        assertThatThrownBy(() -> new SearchGoal("x", 0, 0, 2, 1, 1, 0.1)).hasMessageContaining("durationSumNs: 1");
        assertThatThrownBy(() -> new SearchGoal("x", 0, 0, 2, 2, 3, 0.1)).hasMessageContaining("initialTrialNs: 3");
        assertThatThrownBy(() -> new SearchGoal("x", 0, 0, 1, 1, 1, 0)).hasMessageContaining("width: 0.0");
    }

    @Test
    void shouldRefuseWhatNoTrialCanHaveGiven() {
        assertThatThrownBy(() -> new Trial(0, 1, 1, 0)).hasMessageContaining("loadFramesPerSecond: 0.0");
        assertThatThrownBy(() -> new Trial(1, 1, 0, 0)).hasMessageContaining("effective 0");
        assertThatThrownBy(() -> new Trial(1, 1, 1, 1.1)).hasMessageContaining("lossRatio: 1.1");
        assertThatThrownBy(() -> new SearchLimits(2, 1, 1)).hasMessageContaining("minFramesPerSecond: 2.0");
    }
}
