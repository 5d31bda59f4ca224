package io.vireo.bench.linerate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.bench.linerate.search.GoalResult;
import io.vireo.bench.linerate.search.MlrSearch;
import io.vireo.bench.linerate.search.Regularity;
import io.vireo.bench.linerate.search.SearchLimits;
import io.vireo.bench.linerate.search.Trial;
import io.vireo.bench.linerate.traffic.Phase;
import io.vireo.bench.linerate.traffic.SimulatedGenerator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PunctualTrialsTest {
    private static final double CAPACITY = 600_000;
    private static final long AWAY_NS = TimeUnit.MILLISECONDS.toNanos(7);
    private static final long TRIAL_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final SearchLimits LIMITS = new SearchLimits(1_000, 1e6, TimeUnit.SECONDS.toNanos(5));

    private final TrialTally tally = new TrialTally();
    private final SimulatedGenerator punctual = new SimulatedGenerator(CAPACITY, (trial, nowNs) -> 0);
    private final SimulatedGenerator alwaysLate = new SimulatedGenerator(CAPACITY, (trial, nowNs) -> AWAY_NS);
    private final SimulatedGenerator lateFourTimesOfFive =
            new SimulatedGenerator(CAPACITY, (trial, nowNs) -> trial % 5 == 4 ? 0 : AWAY_NS);

    @Test
    void shouldTakeAPunctualTrialAsItIs() throws Exception {
        Trial trial = trials(punctual).measure(500_000, TRIAL_NS);
        assertThat(trial.lossRatio()).isZero();
        assertThat(trial.durationNs()).isEqualTo(TRIAL_NS);
        assertThat(punctual.trials()).isEqualTo(1);
    }

    /** What the device loses in a punctual trial is no reason to repeat it. */
    @Test
    void shouldLeaveTheDevicesOwnLossAlone() throws Exception {
        Trial trial = trials(punctual).measure(900_000, TRIAL_NS);
        assertThat(trial.lossRatio()).isBetween(0.31, 0.34);
        assertThat(punctual.trials()).isEqualTo(1);
    }

    @Test
    void shouldRepeatALateTrial() throws Exception {
        List<Phase> phases = List.of(Phase.of(500_000, TRIAL_NS));
        assertThat(alwaysLate.run(phases).missingFrames()).isPositive();
        Trial trial = trials(lateFourTimesOfFive).measure(500_000, TRIAL_NS);
        assertThat(trial.lossRatio()).isZero();
        assertThat(lateFourTimesOfFive.trials()).isEqualTo(PunctualTrials.ATTEMPTS);
        assertThat(tally.lateOfAll()).isEqualTo("4 of 5");
    }

    @Test
    void shouldRefuseAFigureWhenTheGeneratorIsAlwaysLate() {
        assertThatThrownBy(() -> trials(alwaysLate).measure(500_000, TRIAL_NS))
                .isInstanceOf(LateGeneratorException.class)
                .hasMessageContaining("late in all of 5 trials, by 7,0")
                .hasMessageContaining(" us in the best")
                .hasMessageContaining("1,000 us are allowed");
        assertThat(alwaysLate.trials()).isEqualTo(PunctualTrials.ATTEMPTS);
    }

    /** Away to the trial's end, it sends no late burst but leaves frames unsent. */
    @Test
    void shouldSeeFramesThatWereNeverSent() {
        SimulatedGenerator lateAtTheEnd = new SimulatedGenerator(CAPACITY, (trial, nowNs) -> TRIAL_NS);
        assertThat(lateAtTheEnd.run(List.of(Phase.of(1_000, TRIAL_NS))).unsentFrames())
                .isPositive();
        assertThatThrownBy(() -> trials(lateAtTheEnd).measure(1_000, TRIAL_NS))
                .isInstanceOf(LateGeneratorException.class);
    }

    /** As rates are found without a stall, so with four of five trials spoilt: no late trial is a loss of the device. */
    @Test
    void shouldKeepLateTrialsOutOfTheSearch() throws Exception {
        List<GoalResult> expected = search(punctual);
        assertThat(expected).allSatisfy(rate -> assertThat(rate.regularity()).isEqualTo(Regularity.REGULAR));
        assertThat(search(lateFourTimesOfFive)).isEqualTo(expected);
        assertThat(lateFourTimesOfFive.trials()).isEqualTo(PunctualTrials.ATTEMPTS * punctual.trials());
    }

    /** Another program takes the CPU for a quarter of a second: pauses get past it. */
    @Test
    void shouldWaitUntilTheDisturbanceIsOver() throws Exception {
        long busyUntilNs = TimeUnit.MILLISECONDS.toNanos(250);
        SimulatedGenerator disturbed =
                new SimulatedGenerator(CAPACITY, (trial, nowNs) -> nowNs < busyUntilNs ? AWAY_NS : 0);
        Trial trial = trials(disturbed).measure(500_000, TimeUnit.MILLISECONDS.toNanos(20));
        assertThat(trial.lossRatio()).isZero();
        assertThat(disturbed.trials()).isEqualTo(4);
    }

    private PunctualTrials trials(SimulatedGenerator generator) {
        return new PunctualTrials(generator::run, generator::pause, tally);
    }

    private List<GoalResult> search(SimulatedGenerator generator) throws Exception {
        return new MlrSearch(LIMITS, trials(generator)).run(TestParameters.QUICK.goals());
    }

    @Test
    void shouldFindTheHighestLoadThatIsReallyOffered() throws Exception {
        double highest = trials(punctual).highestLoad(2e6, TRIAL_NS);
        assertThat(highest)
                .isBetween(
                        0.8 * 0.94 * SimulatedGenerator.MAX_FRAMES_PER_SECOND,
                        0.8 * 1.006 * SimulatedGenerator.MAX_FRAMES_PER_SECOND);
        assertThatThrownBy(() -> trials(alwaysLate).highestLoad(2e6, TRIAL_NS))
                .isInstanceOf(LateGeneratorException.class);
    }

    @Test
    void shouldAllowLessLatenessInShortTrials() {
        assertThat(PunctualTrials.boundNs(TimeUnit.SECONDS.toNanos(10))).isEqualTo(1_000_000);
        assertThat(PunctualTrials.boundNs(TimeUnit.MILLISECONDS.toNanos(60))).isEqualTo(300_000);
        assertThat(PunctualTrials.boundNs(10)).isEqualTo(100_000);
    }
}
