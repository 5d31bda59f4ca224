package io.vireo.bench.linerate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.report.ProgressLog;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class AttemptTest {
    private final StringWriter said = new StringWriter();
    private final Attempt attempt = new Attempt(new ProgressLog(new PrintWriter(said)), "64", "vireo");

    @Test
    void shouldPassOnWhatWasMeasured() throws Exception {
        assertThat(attempt.measure("reset", () -> 7)).contains(7);
        assertThat(attempt.measured()).isEqualTo(1);
        assertThat(attempt.omissions()).isEmpty();
    }

    @Test
    void shouldKeepWhatIsMissingAndWhy() throws Exception {
        assertThat(attempt.measure("reset", AttemptTest::late)).isEmpty();
        assertThat(attempt.measured()).isZero();
        assertThat(attempt.omissions())
                .containsExactly("64 B, vireo, reset: the generator was late in all of 3 trials, by 7,500 us in"
                        + " the best; 1,000 us are allowed");
        assertThat(said.toString()).contains("reset: NOT MEASURED");
    }

    private static Integer late() {
        throw new LateGeneratorException(3, 7_500_000, 1_000_000);
    }
}
