package io.vireo.bench.linerate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TestIterationTest {
    private final List<String> taken = new ArrayList<>();

    /** One that lacks a figure so often. */
    private final class ScriptedIteration implements TestIteration {
        private final String name;
        private int failures;

        ScriptedIteration(String name, int failures) {
            this.name = name;
            this.failures = failures;
        }

        @Override
        public boolean run() {
            taken.add(name);
            return failures-- <= 0;
        }

        @Override
        public List<String> omissions() {
            return List.of();
        }
    }

    @Test
    void shouldTakeATurnAgainAfterAllOthers() throws Exception {
        List<ScriptedIteration> iterations =
                List.of(new ScriptedIteration("a", 1), new ScriptedIteration("b", 0), new ScriptedIteration("c", 2));
        assertThat(TestIteration.runAll(iterations, 3)).isEmpty();
        assertThat(taken).containsExactly("a", "b", "c", "a", "c", "c");
    }

    @Test
    void shouldGiveUpInTheEnd() throws Exception {
        ScriptedIteration failing = new ScriptedIteration("a", 9);
        assertThat(TestIteration.runAll(List.of(failing, new ScriptedIteration("b", 0)), 2))
                .containsExactly(failing);
        assertThat(taken).containsExactly("a", "b", "a");
    }
}
