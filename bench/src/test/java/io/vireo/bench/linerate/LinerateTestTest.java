package io.vireo.bench.linerate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LinerateTestTest {
    @Test
    void shouldAlwaysMeasureThroughputFirst() {
        assertThat(LinerateTest.of(List.of("reset", "back-to-back")))
                .containsExactly(LinerateTest.THROUGHPUT, LinerateTest.BACK_TO_BACK, LinerateTest.RESET);
    }

    @Test
    void shouldRefuseUnknownTests() {
        assertThatThrownBy(() -> LinerateTest.of(List.of("jitter")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--test: 'jitter' is none of throughput, latency");
    }
}
