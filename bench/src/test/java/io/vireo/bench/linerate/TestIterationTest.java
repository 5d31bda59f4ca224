package io.vireo.bench.linerate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TestIterationTest {
    private final List<String> taken = new ArrayList<>();

    /** One that lacks a figure so often. */
    private final class ScriptedTurn implements TestIteration {
        private final String name;
        private int failures;

        ScriptedTurn(String name, int failures) {
            this.name = name;
            this.failures = failures;
        }

        @Override
        public boolean take() {
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
        List<ScriptedTurn> turns =
                List.of(new ScriptedTurn("a", 1), new ScriptedTurn("b", 0), new ScriptedTurn("c", 2));
        assertThat(TestIteration.takeAll(turns, 3)).isEmpty();
        assertThat(taken).containsExactly("a", "b", "c", "a", "c", "c");
    }

    @Test
    void shouldGiveUpInTheEnd() throws Exception {
        ScriptedTurn failing = new ScriptedTurn("a", 9);
        assertThat(TestIteration.takeAll(List.of(failing, new ScriptedTurn("b", 0)), 2))
                .containsExactly(failing);
        assertThat(taken).containsExactly("a", "b", "a");
    }
}
