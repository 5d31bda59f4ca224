package io.vireo.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.Outcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetriedTest {
    private final Deque<Outcome> outcomes = new ArrayDeque<>();

    @Test
    void shouldMeasureOnceWhatPasses() throws Exception {
        assertThat(measure(new Outcome(true, "1 ms"))).isEqualTo(new Outcome(true, "1 ms"));
    }

    @Test
    void shouldTellWhatFailedBefore() throws Exception {
        assertThat(measure(new Outcome(false, "20 ms"), new Outcome(true, "1 ms")))
                .isEqualTo(new Outcome(true, "1 ms; attempt 1: 20 ms"));
    }

    @Test
    void shouldFailAfterTheThirdTime() throws Exception {
        Outcome failed = new Outcome(false, "20 ms");
        assertThat(measure(failed, failed, failed, new Outcome(true, "1 ms")))
                .isEqualTo(new Outcome(false, "20 ms; attempt 1: 20 ms; attempt 2: 20 ms"));
        assertThat(outcomes).hasSize(1);
    }

    private Outcome measure(Outcome... next) throws Exception {
        outcomes.addAll(List.of(next));
        return new Retried(new DemoCheck() {
                    @Override
                    public String claim() {
                        return "fast";
                    }

                    @Override
                    public Outcome measure() {
                        return outcomes.removeFirst();
                    }
                })
                .measure();
    }
}
