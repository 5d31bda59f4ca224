package io.vireo.bench.linerate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OmissionsTest {
    private final Omissions omissions = new Omissions();

    @Test
    void shouldPassOnWhatWasMeasured() throws Exception {
        assertThat(omissions.measure("64 B, vireo, reset", () -> 7)).contains(7);
        assertThat(omissions.sentences()).isEmpty();
    }

    @Test
    void shouldKeepWhatIsMissingAndWhy() throws Exception {
        assertThat(omissions.measure("64 B, vireo, reset", OmissionsTest::late)).isEmpty();
        assertThat(omissions.sentences())
                .containsExactly("64 B, vireo, reset: the generator was late in all of 3 trials, by 7,500 us in"
                        + " the best; 1,000 us are allowed");
    }

    private static Integer late() {
        throw new LateGeneratorException(3, 7_500_000, 1_000_000);
    }
}
