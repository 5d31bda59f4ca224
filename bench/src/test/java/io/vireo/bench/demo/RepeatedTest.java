package io.vireo.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.Outcome;
import io.vireo.bench.demo.lab.Outcome.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RepeatedTest {
    private static final Outcome PASSED = Outcome.of(true, "1 ms");
    private static final Outcome FAILED = Outcome.of(false, "20 ms");
    private static final Outcome SKIPPED = new Outcome(Verdict.SKIPPED, "not measured: 30 ms");

    private final Deque<Outcome> outcomes = new ArrayDeque<>();
    private long nowNs;
    private long attemptSeconds = 5;

    @Test
    void shouldMeasureOnceWhatPasses() throws Exception {
        assertThat(measure(PASSED, FAILED)).isEqualTo(PASSED);
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void shouldFailAtTheFirstUndisturbedMiss() throws Exception {
        assertThat(measure(FAILED, PASSED)).isEqualTo(FAILED);
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void shouldMeasureAgainWhatWasDisturbed() throws Exception {
        assertThat(measure(SKIPPED, PASSED))
                .isEqualTo(new Outcome(Verdict.PASSED, "1 ms; attempt 1: not measured: 30 ms"));
        assertThat(measure(SKIPPED, FAILED, FAILED).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(measure(SKIPPED, FAILED, PASSED).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(measure(SKIPPED, SKIPPED, FAILED).verdict())
                .as("missed once, on a machine that was disturbed")
                .isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void shouldSkipAfterThreeDisturbedAttempts() throws Exception {
        assertThat(measure(SKIPPED, SKIPPED, SKIPPED, PASSED).verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void shouldBeginNoAttemptAfterAMinute() throws Exception {
        attemptSeconds = 61;
        assertThat(measure(SKIPPED, PASSED)).isEqualTo(SKIPPED);
        assertThat(outcomes).hasSize(1);
    }

    private Outcome measure(Outcome... next) throws Exception {
        outcomes.clear();
        outcomes.addAll(List.of(next));
        return new Repeated(
                        new DemoCheck() {
                            @Override
                            public String claim() {
                                return "fast";
                            }

                            @Override
                            public Outcome measure() {
                                nowNs += TimeUnit.SECONDS.toNanos(attemptSeconds);
                                return outcomes.removeFirst();
                            }
                        },
                        () -> nowNs)
                .measure();
    }
}
