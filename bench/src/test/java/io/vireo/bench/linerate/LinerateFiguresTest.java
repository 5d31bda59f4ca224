package io.vireo.bench.linerate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.tuple;

import io.vireo.bench.linerate.search.GoalResult;
import io.vireo.bench.linerate.search.Regularity;
import io.vireo.bench.linerate.search.SearchGoal;
import io.vireo.bench.linerate.search.ThroughputSearch;
import io.vireo.bench.linerate.traffic.Genome;
import io.vireo.bench.report.CurvePoint;
import io.vireo.bench.report.Measurement;
import io.vireo.control.profile.Profile.LineRate;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LinerateFiguresTest {
    private static final LineRate TEN_GIGABIT = new LineRate(10_000_000_000L, Map.of());

    private final LinerateFigures figures = new LinerateFigures("10g", TEN_GIGABIT);

    @Test
    void shouldSetRatesBesidePeersAndLine() {
        List<Measurement> measurements =
                figures.of(result("64", List.of(device("vireo", 8e6, 9e6), device("testpmd", 10e6, 12e6))));
        assertThat(measurements)
                .filteredOn(figure -> figure.scenario().equals("linerate/NDR"))
                .extracting(Measurement::peer, Measurement::ratio)
                .containsExactly(tuple("testpmd", 0.8), tuple("10g", 8 / 14.880952));
        assertThat(measurements)
                .allSatisfy(figure -> assertThat(figure.frameBytes()).isEqualTo(64));
    }

    @Test
    void shouldNameMixtures() {
        List<Measurement> measurements = figures.of(result("imix", List.of(device("vireo", 8e6, 9e6))));
        assertThat(measurements).allSatisfy(figure -> {
            assertThat(figure.scenario()).endsWith(", imix");
            assertThat(figure.frameBytes()).isZero();
        });
    }

    /** A rate that was not found is no figure, not a zero. */
    @Test
    void shouldLeaveOutWhatWasNotFound() {
        List<Measurement> measurements =
                figures.of(result("64", List.of(device("vireo", null, 9e6), device("testpmd", 10e6, 12e6))));
        assertThat(measurements).extracting(Measurement::scenario).doesNotContain("linerate/NDR");
        assertThat(measurements).extracting(Measurement::scenario).contains("linerate/PDR 0.5%");
    }

    /** A generator that was late leaves no figures, neither of Vireo nor beside it. */
    @Test
    void shouldLeaveOutWhatWasNotMeasured() {
        DeviceResult none = DeviceResult.none("vireo", 30e6);
        DeviceResult peer = device("testpmd", 10e6, 12e6);
        assertThat(figures.of(result("64", List.of(none, peer)))).isEmpty();
        assertThat(figures.of(result("64", List.of(peer, none))))
                .isNotEmpty()
                .allSatisfy(figure -> assertThat(figure.peer()).isNotEqualTo("vireo"));
        assertThat(LinerateNotes.of(List.of(result("64", List.of(none)))).get("64 vireo"))
                .contains("behind schedule at every load");
    }

    @Test
    void shouldDrawLatencyAsACurve() {
        Histogram latency = new Histogram(1_000_000, 3);
        latency.recordValue(2000);
        LatencyResult round = new LatencyResult(7e6, 0, latency, 900);
        GenomeResult result = new GenomeResult(
                Genome.of("64"),
                List.of(device("vireo", 8e6, 9e6), device("testpmd", 10e6, 12e6)),
                Map.of("vireo", List.of(round), "testpmd", List.of(round)),
                Map.of(),
                Map.of());
        assertThat(figures.of(result))
                .filteredOn(figure -> figure.scenario().equals("linerate/latency p99.99 at 90% of own NDR"))
                .singleElement()
                .satisfies(figure -> {
                    assertThat(figure.vireo().median()).isEqualTo(2.0, offset(0.01));
                    assertThat(figure.point())
                            .isNotNull()
                            .extracting(CurvePoint::x)
                            .satisfies(x -> assertThat(x).isEqualTo(10_000, offset(0.1)));
                });
    }

    @Test
    void shouldSayWhatLimitedTheFigures() {
        GenomeResult result = result("64", List.of(limitedDevice()));
        assertThat(LinerateNotes.of(List.of(result)).get("64 vireo"))
                .contains("generator loopback 30.00 Mpps")
                .contains("LIMITED BY THE GENERATOR");
    }

    /** What the device itself could not do is no matter of the moment. */
    @Test
    void shouldTellASlowGeneratorFromASlowDevice() {
        assertThat(limitedDevice().isGeneratorLimited(20e6)).isTrue();
        assertThat(limitedDevice().isGeneratorLimited(18e6)).isFalse();
        assertThat(device("vireo", 8e6, 9e6).isGeneratorLimited(20e6)).isFalse();
        assertThat(DeviceResult.none("vireo", 30e6).isGeneratorLimited(20e6)).isFalse();
    }

    @Test
    void shouldSayWhatWasIrregular() {
        GenomeResult result = result("64", List.of(device("vireo", null, 9e6)));
        assertThat(LinerateNotes.of(List.of(result)).get("64 vireo"))
                .contains("NDR is irregular: the lowest load missed the goal")
                .doesNotContain("LIMITED");
    }

    @Test
    void shouldCorrectTheBufferByWhatIsForwardedMeanwhile() {
        BurstResult burst = new BurstResult(List.of(900.0, 1100.0), 1 << 20, 10e6, 8e6);
        assertThat(burst.meanFrames()).isEqualTo(1000);
        assertThat(burst.bufferNs()).isEqualTo(20_000, offset(1e-6));
        assertThat(burst.isUnlimited()).isFalse();
    }

    private static GenomeResult result(String genome, List<DeviceResult> devices) {
        return new GenomeResult(Genome.of(genome), devices, Map.of(), Map.of(), Map.of());
    }

    private static DeviceResult device(String name, @Nullable Double ndr, double pdr) {
        return new DeviceResult(name, 30e6, 15e6, rates(ndr, pdr), throughput(), List.of(), null, List.of());
    }

    private static DeviceResult limitedDevice() {
        SearchGoal goal = TestParameters.QUICK.goals().getFirst();
        GoalResult unlimited = new GoalResult(goal, Regularity.NO_UPPER_BOUND, 15e6, null, 15e6, 0, 9);
        return new DeviceResult(
                "vireo", 30e6, 15e6, List.of(unlimited, unlimited), throughput(), List.of(), null, List.of());
    }

    private static ThroughputSearch.Result throughput() {
        return new ThroughputSearch.Result(Regularity.REGULAR, 7e6, 10);
    }

    private static List<GoalResult> rates(@Nullable Double ndr, double pdr) {
        Regularity regularity = ndr == null ? Regularity.NO_LOWER_BOUND : Regularity.REGULAR;
        SearchGoal goal = TestParameters.QUICK.goals().getFirst();
        return List.of(
                new GoalResult(goal, regularity, ndr, 20e6, ndr, 0, 9),
                new GoalResult(goal, Regularity.REGULAR, pdr, 20e6, pdr, 0, 12));
    }
}
