package io.vireo.bench.report;

import static io.vireo.bench.report.Comparison.Verdict.FASTER;
import static io.vireo.bench.report.Comparison.Verdict.GONE;
import static io.vireo.bench.report.Comparison.Verdict.NEW;
import static io.vireo.bench.report.Comparison.Verdict.OTHER_MACHINE;
import static io.vireo.bench.report.Comparison.Verdict.SLOWER;
import static io.vireo.bench.report.Comparison.Verdict.WITHIN_NOISE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static Comparison.Verdict verdict(Measurement before, Measurement now) {
        return Comparison.of(List.of(before), List.of(now)).rows().getFirst().verdict();
    }

    @Test
    void shouldCallADifferenceByItsNameOnlyBeyondTheNoise() {
        assertThat(verdict(Figures.speed("a", 10, 11), Figures.speed("a", 12, 13)))
                .isEqualTo(FASTER);
        assertThat(verdict(Figures.speed("a", 12, 13), Figures.speed("a", 10, 11)))
                .isEqualTo(SLOWER);
        assertThat(verdict(Figures.speed("a", 10, 12), Figures.speed("a", 11, 15)))
                .isEqualTo(WITHIN_NOISE);
    }

    @Test
    void shouldTakeLessTimeAsFaster() {
        assertThat(verdict(Figures.time("a", 3, 3.1), Figures.time("a", 2, 2.1)))
                .isEqualTo(FASTER);
        assertThat(verdict(Figures.time("a", 2, 2.1), Figures.time("a", 3, 3.1)))
                .isEqualTo(SLOWER);
    }

    @Test
    void shouldNotCompareMachines() {
        Measurement elsewhere = Figures.speed("a", 10).from(new Origin("machine B", "abc1234"));
        assertThat(verdict(elsewhere, Figures.speed("a", 20))).isEqualTo(OTHER_MACHINE);
    }

    @Test
    void shouldListWhatOnlyOneRunHas() {
        Comparison comparison = Comparison.of(List.of(Figures.speed("old", 1)), List.of(Figures.speed("new", 1)));
        assertThat(comparison.rows()).extracting(Comparison.Row::verdict).containsExactly(NEW, GONE);
    }

    @Test
    void shouldNotTakeOneFrameSizeForAnother() {
        Comparison comparison = Comparison.of(
                List.of(Figures.speed("a", 10).ofFrames(64)),
                List.of(Figures.speed("a", 5).ofFrames(128)));
        assertThat(comparison.rows()).extracting(Comparison.Row::verdict).containsExactly(NEW, GONE);
    }

    @Test
    void shouldCompareVireoOnceHoweverManyPeersStandBesideIt() {
        Measurement figure = Figures.speed("a", 10);
        List<Measurement> run =
                List.of(figure.beside("testpmd", Samples.of(20)), figure.beside("l3fwd", Samples.of(10)));
        assertThat(Comparison.of(run, run).rows()).hasSize(1);
    }

    @Test
    void shouldPrintTheChangeInPercent() {
        StringWriter text = new StringWriter();
        Comparison.of(List.of(Figures.speed("a", 10)), List.of(Figures.speed("a", 12.5)))
                .print(new PrintWriter(text));
        assertThat(text.toString()).contains("+25.0%").contains("faster");
    }
}
