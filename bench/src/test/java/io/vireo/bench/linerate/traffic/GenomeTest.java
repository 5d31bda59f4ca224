package io.vireo.bench.linerate.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GenomeTest {
    @Test
    void shouldReadSizes() {
        assertThat(Genome.of("512").frameBytes()).containsExactly(512);
        assertThat(Genome.of("512").singleFrameBytes()).isEqualTo(512);
    }

    @Test
    void shouldReadTheLettersOfTheRfc() {
        assertThat(Genome.of("abcdefg").frameBytes()).containsExactly(64, 128, 256, 512, 1024, 1280, 1518);
        assertThat(Genome.of("abcdefg").singleFrameBytes()).isZero();
    }

    @Test
    void shouldMixSevenFourOne() {
        Genome imix = Genome.of("imix");
        assertThat(Collections.frequency(imix.frameBytes(), 64)).isEqualTo(7);
        assertThat(Collections.frequency(imix.frameBytes(), 570)).isEqualTo(4);
        assertThat(Collections.frequency(imix.frameBytes(), 1518)).isEqualTo(1);
        assertThat(imix.meanFrameBytes()).isEqualTo((7 * 64 + 4 * 570 + 1518) / 12.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"63", "1519", "99999", "0", "", "-64", "xyz", "6 4"})
    void shouldRefuseWhatNoFrameCanBe(String text) {
        assertThatThrownBy(() -> Genome.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("size");
    }
}
