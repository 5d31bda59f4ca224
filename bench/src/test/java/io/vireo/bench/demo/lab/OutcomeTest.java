package io.vireo.bench.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.demo.lab.Outcome.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final long MS = 1_000_000;
    private static final Disturbance TOOK_20_MS = new Disturbance("worker-0", 20 * MS, 0, 0, List.of());

    @Test
    void shouldPassWhatHoldsWhateverWasTaken() {
        assertThat(Outcome.of(true, Excuse.NOT_NEEDED, TOOK_20_MS, "3 ms"))
                .isEqualTo(new Outcome(Verdict.PASSED, "3 ms"));
    }

    @Test
    void shouldSkipAMissThatIsExplained() {
        assertThat(Outcome.of(false, new Excuse(20 * MS, Long.MAX_VALUE), TOOK_20_MS, "25 ms"))
                .isEqualTo(new Outcome(
                        Verdict.SKIPPED,
                        "not measured: the machine took 20.0 ms of the time of worker-0"
                                + " (run queue 20.0, steal 0, standstill 0); 25 ms"));
    }

    @Test
    void shouldFailAMissThatIsNot() {
        assertThat(Outcome.of(false, new Excuse(20 * MS + 1, Long.MAX_VALUE), TOOK_20_MS, "26 ms"))
                .isEqualTo(new Outcome(Verdict.FAILED, "26 ms"));
    }

    @Test
    void shouldLetAFailureWinOverADisturbance() {
        Outcome passed = Outcome.of(true, "a");
        Outcome skipped = new Outcome(Verdict.SKIPPED, "b");
        Outcome failed = Outcome.of(false, "c");
        assertThat(passed.and(passed).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(passed.and(skipped)).isEqualTo(new Outcome(Verdict.SKIPPED, "a; b"));
        assertThat(skipped.and(failed).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(failed.and(skipped).verdict()).isEqualTo(Verdict.FAILED);
    }
}
