package io.vireo.bench.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.Unit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartFiguresTest {
    private static final long SECOND_NS = 1_000_000_000;

    /** Nothing for a second, then 2 Mpps. */
    private static final RateCurve CURVE =
            new RateCurve(new long[] {0, SECOND_NS, 6 * SECOND_NS}, new long[] {0, 0, 10_000_000});

    private static Start vireo(long delayNs) {
        Map<Milestone, Long> reached = new EnumMap<>(Milestone.class);
        Arrays.stream(Milestone.values()).forEach(milestone -> reached.put(milestone, SECOND_NS + delayNs));
        return new Start(reached, CURVE, 2e6);
    }

    private static Start peer() {
        return new Start(Map.of(Milestone.FIRST_PACKET, SECOND_NS / 2, Milestone.STEADY, SECOND_NS / 2), CURVE, 4e6);
    }

    private final List<Measurement> figures =
            new StartFigures("w", List.of(vireo(0), vireo(SECOND_NS / 2)), Map.of("testpmd", List.of(peer()))).all();

    private Measurement figure(String what) {
        return figures.stream()
                .filter(figure -> figure.scenario().equals("start/w: " + what))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldReportEachMilestoneOfEachStart() {
        for (Milestone milestone : Milestone.values()) {
            assertThat(figure(milestone.words()).vireo().values()).containsExactly(1.0, 1.5);
            assertThat(figure(milestone.words()).unit()).isEqualTo(Unit.SECONDS);
        }
        assertThat(figure("steady rate").vireo().median()).isEqualTo(2.0);
    }

    @Test
    void shouldStandBesidePeersWhereTheyReachTheSame() {
        assertThat(figure("95 % of the steady rate").peer()).isEqualTo("testpmd");
        assertThat(figure("first packet forwarded").ratio()).isEqualTo(2.5);
        assertThat(figure("ready for commands").peer()).isEmpty();
    }

    @Test
    void shouldDrawTheRateOverTimeFromTheFirstPacketOn() {
        List<Measurement> points =
                figures.stream().filter(figure -> figure.point() != null).toList();
        assertThat(points.getFirst().point()).hasFieldOrPropertyWithValue("x", 1.2);
        assertThat(points.getLast().point()).hasFieldOrPropertyWithValue("x", 6.0);
        assertThat(points)
                .allSatisfy(point -> assertThat(point.vireo().median()).isCloseTo(2.0, within(1e-6)));
    }

    @Test
    void shouldRefuseAStartThatReachedNothing() {
        assertThatThrownBy(() -> new Start(Map.of(Milestone.FIRST_PACKET, 1L), CURVE, 1))
                .hasMessageContaining("no steady rate");
    }
}
