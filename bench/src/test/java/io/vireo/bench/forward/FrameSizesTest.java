package io.vireo.bench.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameSizesTest {
    @Test
    void shouldTakeLengthsAndTheMix() {
        assertThat(FrameSizes.named("64")).isEqualTo(FrameSizes.of(64));
        assertThat(FrameSizes.named("1518").withoutFcs(0)).isEqualTo(1514);
        assertThat(FrameSizes.named("imix").meanBytes()).isEqualTo(354);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "63", "1519", "64x", "-64", "99999", "IMIX"})
    void shouldRefuseWhatIsNeither(String text) {
        assertThatThrownBy(() -> FrameSizes.named(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is neither a length of 64 to 1518 bytes nor imix");
    }
}
