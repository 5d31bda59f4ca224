package io.vireo.bench.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.report.NotMeasuredException;
import io.vireo.bench.report.ProgressLog;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartRoundsTest {
    private static final Start START = new Start(
            Map.of(Milestone.FIRST_PACKET, 1L, Milestone.STEADY, 2L),
            new RateCurve(new long[] {0, 1}, new long[] {0, 1}),
            1e6);

    private final List<String> order = new ArrayList<>();
    private final StartRounds rounds = new StartRounds(3);

    /** A program whose first starts are not steady. */
    private Starter unsteadyAtFirst(String name, int unsteady) {
        int[] started = {0};
        return () -> {
            order.add(name);
            if (started[0]++ < unsteady) {
                throw new UnsteadyException("not steady");
            }
            return START;
        };
    }

    private void run(Starter first, Starter second) throws Exception {
        Map<String, Starter> starters = new LinkedHashMap<>();
        starters.put("a", first);
        starters.put("b", second);
        rounds.run(starters, new ProgressLog(new PrintWriter(Writer.nullWriter())));
    }

    @Test
    void shouldStartAllInTurn() throws Exception {
        run(unsteadyAtFirst("a", 0), unsteadyAtFirst("b", 0));
        assertThat(order).containsExactly("a", "b", "a", "b", "a", "b");
        assertThat(rounds.starts("a")).hasSize(3);
        assertThat(rounds.omissions()).isEmpty();
        assertThat(rounds.repeated()).isEmpty();
    }

    @Test
    void shouldRepeatAndTellOfAStartThatWasNotSteady() throws Exception {
        run(unsteadyAtFirst("a", 2), unsteadyAtFirst("b", 0));
        assertThat(rounds.starts("a")).hasSize(3);
        assertThat(rounds.repeated()).containsExactly("a, start 1 of 3: not steady", "a, start 1 of 3: not steady");
        assertThat(rounds.omissions()).isEmpty();
    }

    @Test
    void shouldHaveNoFigureWhenTooManyWereNotSteady() throws Exception {
        run(unsteadyAtFirst("a", 3), unsteadyAtFirst("b", 0));
        assertThat(rounds.starts("a")).isEmpty();
        assertThat(rounds.starts("b")).hasSize(3);
        assertThat(rounds.omissions()).containsExactly("start/a: 3 starts were not steady, the last one: not steady");
    }

    @Test
    void shouldNotRepeatAStartThatLostPackets() throws Exception {
        run(unsteadyAtFirst("a", 0), () -> {
            order.add("b");
            throw new NotMeasuredException("lost 1");
        });
        assertThat(order).containsExactly("a", "b", "a", "a");
        assertThat(rounds.starts("b")).isEmpty();
        assertThat(rounds.omissions()).containsExactly("start/b: lost 1");
    }
}
