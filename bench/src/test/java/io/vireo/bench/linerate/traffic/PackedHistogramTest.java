package io.vireo.bench.linerate.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class PackedHistogramTest {
    @Test
    void shouldUnpackWhatItPacked() {
        Histogram histogram = PackedHistogram.create();
        for (long timeNs = 1; timeNs < 1_000_000_000L; timeNs *= 3) {
            PackedHistogram.record(histogram, timeNs);
        }
        assertThat(PackedHistogram.unpack(PackedHistogram.pack(histogram))).isEqualTo(histogram);
    }

    @Test
    void shouldTakeTimesBeyondItsRange() {
        Histogram histogram = PackedHistogram.create();
        PackedHistogram.record(histogram, -5);
        PackedHistogram.record(histogram, Long.MAX_VALUE);
        assertThat(histogram.getTotalCount()).isEqualTo(2);
        assertThat(histogram.getMinValue()).isZero();
    }

    @Test
    void shouldRefuseWhatIsNoHistogram() {
        assertThatThrownBy(() -> PackedHistogram.unpack("!")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PackedHistogram.unpack("AAAAAAAAAAAAAAAAAAAAAAAA"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
