package io.vireo.bench.linerate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.bench.linerate.traffic.SimulatedGenerator;
import org.junit.jupiter.api.Test;

final class LatencyTestTest {
    private static final double LOAD_FRAMES_PER_SECOND = 1e6;

    private static LatencyResult run(double capacityFramesPerSecond) throws Exception {
        SimulatedGenerator generator = new SimulatedGenerator(capacityFramesPerSecond, (trial, nowNs) -> 0);
        PunctualTrials trials = new PunctualTrials(generator::run, generator::pause, new TrialTally());
        return LatencyTest.run(trials, LOAD_FRAMES_PER_SECOND, 2 * TestParameters.TRIAL_NS);
    }

    @Test
    void shouldMeasureALoadThatTheDeviceCarries() throws Exception {
        LatencyResult result = run(1.1e6);
        assertThat(result.lossRatio()).isZero();
        assertThat(result.latency().getTotalCount()).isEqualTo(120_000);
    }

    @Test
    void shouldNotTakeTheLatencyOfSurvivors() {
        assertThatThrownBy(() -> run(0.9e6))
                .isInstanceOf(MissingFigureException.class)
                .hasMessageContaining("% of the frames were lost at 1.00 Mpps, 0.5 % are allowed");
    }
}
