package io.vireo.bench.linerate.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MlrSearchTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final double WIDTH = 0.005;
    private static final SearchGoal NDR = new SearchGoal("NDR", 0, 0.5, SECOND, 21 * SECOND, SECOND / 20, WIDTH);
    private static final SearchGoal PDR = new SearchGoal("PDR", 0.005, 0.5, SECOND, 21 * SECOND, SECOND / 20, WIDTH);
    private static final SearchLimits LIMITS = new SearchLimits(10_000, 20e6, 2_000 * SECOND);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldFindTheCapacityOfASteadyDevice(long seed) throws Exception {
        double capacity = 20_000 * Math.pow(900, new SplittableRandom(seed).nextDouble());
        List<GoalResult> results = search(SimulatedDevice.steady(capacity));
        assertThat(results).allSatisfy(result -> assertThat(result.regularity()).isEqualTo(Regularity.REGULAR));
        assertAround(results.get(0), capacity);
        // A loss of 0.5 % is what a load half a percent above the capacity has.
        assertAround(results.get(1), capacity / 0.995);
    }

    /** One trial in five has a hiccup: fewer than the half that the goal excuses. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldLookThroughRareHiccups(long seed) throws Exception {
        SimulatedDevice device = new SimulatedDevice(8e6, 0.2, 0.0001, seed);
        GoalResult ndr = search(device).getFirst();
        assertThat(ndr.regularity()).isEqualTo(Regularity.REGULAR);
        assertThat(ndr.lowerFramesPerSecond()).isBetween(8e6 * (1 - 2 * WIDTH), 8e6);
        assertThat(ndr.conditionalFramesPerSecond()).isEqualTo(ndr.lowerFramesPerSecond());
    }

    @Test
    void shouldFindNoDropRateWhereMostTrialsLose() throws Exception {
        SimulatedDevice device = new SimulatedDevice(8e6, 50, 0.0001, 1);
        List<GoalResult> results = search(device);
        assertThat(results.getFirst().regularity()).isEqualTo(Regularity.NO_LOWER_BOUND);
        assertThat(results.getFirst().conditionalFramesPerSecond()).isNull();
        assertThat(results.get(1).regularity()).isEqualTo(Regularity.REGULAR);
    }

    @Test
    void shouldSayThatTheDeviceCarriesMoreThanCanBeOffered() throws Exception {
        List<GoalResult> results = search(SimulatedDevice.steady(30e6));
        assertThat(results).allSatisfy(result -> {
            assertThat(result.regularity()).isEqualTo(Regularity.NO_UPPER_BOUND);
            assertThat(result.lowerFramesPerSecond()).isEqualTo(20e6);
        });
    }

    @Test
    void shouldSayThatTheLowestLoadIsTooMuch() throws Exception {
        List<GoalResult> results = search(SimulatedDevice.steady(5_000));
        assertThat(results).allSatisfy(result -> {
            assertThat(result.regularity()).isEqualTo(Regularity.NO_LOWER_BOUND);
            assertThat(result.upperFramesPerSecond()).isEqualTo(10_000);
        });
    }

    @Test
    void shouldStopWhenTheTimeIsUp() throws Exception {
        SearchLimits tenSeconds = new SearchLimits(10_000, 20e6, 10 * SECOND);
        SimulatedDevice device = SimulatedDevice.steady(8e6);
        GoalResult result = new MlrSearch(tenSeconds, device).run(List.of(NDR)).getFirst();
        assertThat(result.regularity()).isEqualTo(Regularity.OUT_OF_TIME);
        assertThat(device.timeNs()).isLessThan(40 * SECOND); // its three phases
    }

    @Test
    void shouldSpendLongTrialsOnlyNearTheAnswer() throws Exception {
        SimulatedDevice device = SimulatedDevice.steady(8e6);
        GoalResult result = new MlrSearch(LIMITS, device).run(List.of(NDR)).getFirst();
        assertThat(result.trials()).isEqualTo(device.trials());
        // 11 trials of full length settle a lower bound; an upper bound needs 11 too.
        assertThat(device.timeNs()).isLessThan(6 * 11 * SECOND);
    }

    @Test
    void shouldMakePhasesThatEndWithTheGoal() {
        List<SearchGoal> phases = MlrSearch.phases(NDR);
        assertThat(phases.getLast()).isEqualTo(NDR);
        assertThat(phases).extracting(SearchGoal::finalTrialNs).containsExactly(SECOND / 16, SECOND / 4, SECOND);
        assertThat(phases).extracting(SearchGoal::width).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    private static List<GoalResult> search(Measurer device) throws IOException, InterruptedException {
        return new MlrSearch(LIMITS, device).run(List.of(NDR, PDR));
    }

    private static void assertAround(GoalResult result, double framesPerSecond) {
        assertThat(result.lowerFramesPerSecond()).isBetween(framesPerSecond * (1 - WIDTH), framesPerSecond * 1.000_001);
        assertThat(result.upperFramesPerSecond())
                .isBetween(framesPerSecond * 0.999_999, framesPerSecond * (1 + 2 * WIDTH));
    }
}
