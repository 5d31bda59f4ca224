package io.vireo.bench.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Made-up curves: a rate in packets per ms by the ms, read every millisecond for six seconds. */
class RateCurveTest {
    private static final int END_MS = 6000;
    private static final long MS = 1_000_000;
    private static final double STEADY = 10_000_000;
    private static final long WINDOW_NS = 2_000 * MS;

    private static RateCurve curve(DoubleUnaryOperator packetsPerMs) {
        long[] times = LongStream.rangeClosed(0, END_MS).map(ms -> ms * MS).toArray();
        long[] packets = new long[times.length];
        double sum = 0;
        for (int ms = 1; ms <= END_MS; ms++) {
            sum += packetsPerMs.applyAsDouble(ms - 1);
            packets[ms] = Math.round(sum);
        }
        return new RateCurve(times, packets);
    }

    private static double stepAt(int startMs, double ms) {
        return ms < startMs ? 0 : 10_000;
    }

    @Test
    void shouldFindWhenAStepIsReached() {
        RateCurve curve = curve(ms -> stepAt(1500, ms));
        assertThat(curve.firstPacketNs()).isEqualTo(1501 * MS);
        assertThat(curve.steadyPacketsPerSecond(WINDOW_NS)).isCloseTo(STEADY, within(1.0));
        assertThat(curve.reachedNs(STEADY)).isEqualTo(1501 * MS);
    }

    @Test
    void shouldTellASlowBeginningFromTheSteadyRate() {
        // Interpreted first, then compiled: a third, then all of it.
        RateCurve curve = curve(ms -> ms < 1000 ? 0 : ms < 1800 ? 3_300 : 10_000);
        assertThat(curve.firstPacketNs()).isEqualTo(1001 * MS);
        assertThat(curve.reachedNs(STEADY)).isBetween(1799 * MS, 1800 * MS);
    }

    @Test
    void shouldNotTakeASpurtBeforeAPauseForTheSteadyRate() {
        RateCurve curve = curve(ms -> ms < 1000 || (ms >= 1200 && ms < 1500) ? 0 : 10_000);
        assertThat(curve.reachedNs(STEADY)).isBetween(1499 * MS, 1500 * MS);
    }

    @Test
    void shouldNotTakeAFastBeginningForTheSteadyRateWhenItFallsBackLater() {
        RateCurve curve = curve(ms -> ms < 1000 ? 0 : ms >= 2000 && ms < 2600 ? 5_000 : 10_000);
        assertThat(curve.reachedNs(STEADY)).isGreaterThan(2000 * MS).isLessThan(2600 * MS);
    }

    @Test
    void shouldNotMindALostTimeSlice() {
        RateCurve curve = curve(ms -> ms >= 1700 && ms < 1704 ? 0 : stepAt(1500, ms));
        assertThat(curve.reachedNs(STEADY)).isEqualTo(1501 * MS);
    }

    @Test
    void shouldRefuseARateThatStillRises() {
        RateCurve curve = curve(ms -> ms);
        assertThatThrownBy(() -> curve.steadyPacketsPerSecond(WINDOW_NS))
                .isInstanceOf(UnsteadyException.class)
                .hasMessageContaining("not steady")
                .hasMessageContaining("drift");
    }

    @Test
    void shouldRefuseARateThatSwings() {
        RateCurve curve = curve(ms -> ms % 400 < 200 ? 10_000 : 8_000);
        assertThatThrownBy(() -> curve.steadyPacketsPerSecond(WINDOW_NS)).hasMessageContaining("not steady");
    }

    @Test
    void shouldRefuseARateThatComesTooLateToLast() {
        RateCurve curve = curve(ms -> stepAt(END_MS - 400, ms));
        assertThatThrownBy(() -> curve.reachedNs(STEADY)).hasMessageContaining("were not reached for half a second");
    }

    @Test
    void shouldRefuseWhenNothingWasForwarded() {
        RateCurve curve = curve(_ -> 0);
        assertThatThrownBy(curve::firstPacketNs).hasMessage("no packet was forwarded");
        assertThatThrownBy(() -> curve.steadyPacketsPerSecond(WINDOW_NS)).isInstanceOf(UnsteadyException.class);
    }

    @Test
    void shouldRefuseAFirstPacketThatNobodySaw() {
        RateCurve late = new RateCurve(new long[] {800 * MS, 900 * MS}, new long[] {3_000_000, 4_000_000});
        assertThatThrownBy(late::firstPacketNs).hasMessageContaining("before the counters were read");
        assertThat(late.estimatedStartNs(STEADY)).isEqualTo(500 * MS);
    }

    @Test
    void shouldTakeTheCounterToRiseEvenlyBetweenReadings() {
        RateCurve coarse = new RateCurve(new long[] {0, 40 * MS}, new long[] {0, 400_000});
        assertThat(coarse.packetsPerSecond(10 * MS, 20 * MS)).isCloseTo(STEADY, within(1.0));
        assertThat(coarse.packetsPerSecond(30 * MS, 90 * MS)).isCloseTo(STEADY, within(1.0));
        assertThat(coarse.packetsPerSecond(50 * MS, 60 * MS)).isZero();
        assertThat(coarse.maxGapNs()).isEqualTo(40 * MS);
    }
}
