package io.vireo.bench.linerate.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class BurstSearchTest {
    private static final BurstSearch SEARCH = new BurstSearch(100_000, 1);

    @Test
    void shouldFindTheLongestBurstThatSurvives() throws Exception {
        assertThat(SEARCH.run(frames -> frames <= 1234)).isEqualTo(1234);
    }

    @Test
    void shouldComeAsCloseAsAsked() throws Exception {
        assertThat(new BurstSearch(100_000, 64).run(frames -> frames <= 1234)).isBetween(1234L - 63, 1234L);
    }

    @Test
    void shouldReturnTheLongestWhenAllSurvive() throws Exception {
        assertThat(SEARCH.run(frames -> true)).isEqualTo(100_000);
    }

    @Test
    void shouldReturnZeroWhenNoneSurvives() throws Exception {
        assertThat(SEARCH.run(frames -> false)).isZero();
    }

    @Test
    void shouldRefuseAnEmptyRange() {
        assertThatThrownBy(() -> new BurstSearch(0, 1)).hasMessageContaining("maxFrames: 0");
    }
}
