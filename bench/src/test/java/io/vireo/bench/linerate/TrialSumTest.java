package io.vireo.bench.linerate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.linerate.traffic.SimulatedGenerator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TrialSumTest {
    private static final double CAPACITY = 600_000;
    private static final long STALL_NS = TimeUnit.MILLISECONDS.toNanos(7);

    @Test
    void shouldAddUpItsTrials() throws Exception {
        SimulatedGenerator generator = new SimulatedGenerator(CAPACITY, (trial, nowNs) -> 0);
        TrialSum sum = sum(generator, 500_000, 3 * TestParameters.TRIAL_NS);
        assertThat(generator.trials()).isEqualTo(3);
        assertThat(sum.intendedFrames()).isEqualTo(90_000);
        assertThat(sum.latency().getTotalCount()).isEqualTo(90_000);
        assertThat(sum.lossRatio()).isZero();
        assertThat(sum.maxLatenessNs()).isPositive();
    }

    @Test
    void shouldMakeOneTrialAtLeast() throws Exception {
        SimulatedGenerator generator = new SimulatedGenerator(CAPACITY, (trial, nowNs) -> 0);
        assertThat(sum(generator, 500_000, 1).intendedFrames()).isEqualTo(30_000);
        assertThat(generator.trials()).isEqualTo(1);
    }

    /** A ring that is full loses frames in every trial. */
    @Test
    void shouldAddUpWhatIsLost() throws Exception {
        SimulatedGenerator generator = new SimulatedGenerator(CAPACITY, (trial, nowNs) -> 0);
        TrialSum sum = sum(generator, 900_000, 2 * TestParameters.TRIAL_NS);
        assertThat(sum.missingFrames())
                .isEqualTo(sum.intendedFrames() - sum.latency().getTotalCount());
        assertThat(sum.lossRatio()).isBetween(0.28, 0.34);
    }

    /** A late trial is repeated by itself: neither its loss nor its frames are in the sum. */
    @Test
    void shouldRepeatOnlyWhatWasLate() throws Exception {
        SimulatedGenerator generator =
                new SimulatedGenerator(CAPACITY, (trial, nowNs) -> trial % 2 == 0 ? STALL_NS : 0);
        TrialTally tally = new TrialTally();
        PunctualTrials trials = new PunctualTrials(generator::run, generator::pause, tally);
        TrialSum sum = TrialSum.of(trials, 500_000, 3 * TestParameters.TRIAL_NS);
        assertThat(sum.intendedFrames()).isEqualTo(90_000);
        assertThat(sum.missingFrames()).isZero();
        assertThat(tally.lateOfAll()).isEqualTo("3 of 6");
    }

    private static TrialSum sum(SimulatedGenerator generator, double load, long sumNs) throws Exception {
        return TrialSum.of(new PunctualTrials(generator::run, generator::pause, new TrialTally()), load, sumNs);
    }
}
