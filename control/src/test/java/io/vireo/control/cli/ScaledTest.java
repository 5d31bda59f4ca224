package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaledTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "949.6, 950", "999.6, 1.00k", "1250, 1.25k", "14880000, 14.9M", "100000000000, 100G"})
    void shouldScale(double value, String text) {
        assertThat(Scaled.of(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0ns", "512, 512ns", "1024, 1.02us", "3400000, 3.40ms", "999600000, 1.00s", "12345000000000, 12345s"
    })
    void shouldScaleTimes(long ns, String text) {
        assertThat(Scaled.time(ns)).isEqualTo(text);
    }
}
