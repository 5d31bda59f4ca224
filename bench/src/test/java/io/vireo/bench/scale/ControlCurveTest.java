package io.vireo.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ControlCurveTest {
    @Test
    void shouldReadRowsOfNumbersAndNothingElse() {
        List<double[]> rows = ControlCurve.rows(List.of(
                "  routes  fill s control MB | control back its CPU s | silent: link first last",
                "  100000    30.4        159 |          6.7      6.63 |            2.0 2.0 3.3 ",
                "vireo: control answers after 2 s",
                "",
                "    1000     9.9       10.6"));
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst()).containsExactly(100_000, 30.4, 159, 6.7, 6.63, 2.0, 2.0, 3.3);
        assertThat(rows.getLast()).containsExactly(1_000, 9.9, 10.6);
    }
}
