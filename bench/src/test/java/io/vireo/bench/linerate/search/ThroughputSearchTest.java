package io.vireo.bench.linerate.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ThroughputSearchTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final SearchLimits LIMITS = new SearchLimits(1_000, 20e6, 100 * SECOND);

    private final ThroughputSearch search = new ThroughputSearch(LIMITS, SECOND, 0.01);

    @Test
    void shouldFindTheHighestLoadWithoutLoss() throws Exception {
        ThroughputSearch.Result result = search.run(SimulatedDevice.steady(7e6));
        assertThat(result.regularity()).isEqualTo(Regularity.REGULAR);
        assertThat(result.framesPerSecond()).isBetween(6.93e6, 7e6);
    }

    @Test
    void shouldSayThatNothingWasLostAtTheHighestLoad() throws Exception {
        assertThat(search.run(SimulatedDevice.steady(21e6)))
                .isEqualTo(new ThroughputSearch.Result(Regularity.NO_UPPER_BOUND, 20e6, 1));
    }

    @Test
    void shouldSayThatTheLowestLoadLosesFrames() throws Exception {
        assertThat(search.run(SimulatedDevice.steady(999)))
                .isEqualTo(new ThroughputSearch.Result(Regularity.NO_LOWER_BOUND, null, 2));
    }

    @Test
    void shouldStopWhenTheTimeIsUp() throws Exception {
        SearchLimits threeTrials = new SearchLimits(1_000, 20e6, 3 * SECOND);
        ThroughputSearch.Result result =
                new ThroughputSearch(threeTrials, SECOND, 0.01).run(SimulatedDevice.steady(15e6));
        assertThat(result.regularity()).isEqualTo(Regularity.OUT_OF_TIME);
        assertThat(result.framesPerSecond()).isLessThanOrEqualTo(15e6);
        assertThat(result.trials()).isEqualTo(3);
    }
}
