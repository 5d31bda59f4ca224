package io.vireo.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void shouldTakeTheMiddleReadingAndTheMeanOfTheMiddleTwo() {
        assertThat(Samples.of(9, 1, 5).median()).isEqualTo(5.0);
        assertThat(Samples.of(9, 1, 5, 6).median()).isEqualTo(5.5);
        assertThat(Samples.of(7).median()).isEqualTo(7.0);
    }

    @Test
    void shouldGiveTheRangeAsAPartOfTheMedian() {
        assertThat(Samples.of(9, 10, 12).spread()).isEqualTo(0.3, within(1e-12));
        assertThat(Samples.of(4).spread()).isZero();
        assertThat(Samples.of(0, 0).spread()).isZero();
    }

    @Test
    void shouldSayWhetherTwoSetsHaveValuesInCommon() {
        assertThat(Samples.of(1, 3).overlaps(Samples.of(3, 4))).isTrue();
        assertThat(Samples.of(1, 5).overlaps(Samples.of(2, 3))).isTrue();
        assertThat(Samples.of(1, 3).overlaps(Samples.of(3.1, 4))).isFalse();
        assertThat(Samples.of(3.1, 4).overlaps(Samples.of(1, 3))).isFalse();
    }

    @Test
    void shouldRefuseWhatIsNoMeasurement() {
        assertThatThrownBy(() -> new Samples(List.of())).hasMessageContaining("none");
        assertThatThrownBy(() -> Samples.of(1, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Samples.of(Double.POSITIVE_INFINITY)).hasMessageContaining("Infinity");
    }
}
