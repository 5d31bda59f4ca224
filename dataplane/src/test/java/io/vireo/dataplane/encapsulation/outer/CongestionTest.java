package io.vireo.dataplane.encapsulation.outer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Against figure 4 of RFC 6040 §4.2, written down as it stands there. */
class CongestionTest {
    /** The two bits, in the order of the figure, which has the inner ones on the left and the outer ones on top. */
    private static final List<String> FIELDS = List.of("Not-ECT", "ECT(0)", "ECT(1)", "CE");

    private static final List<List<String>> FIGURE = List.of(
            List.of("Not-ECT", "Not-ECT", "Not-ECT", "drop"),
            List.of("ECT(0)", "ECT(0)", "ECT(1)", "CE"),
            List.of("ECT(1)", "ECT(1)", "ECT(1)", "CE"),
            List.of("CE", "CE", "CE", "CE"));

    /** RFC 3168 §5, figure 1. */
    private static int bits(String field) {
        return switch (field) {
            case "Not-ECT" -> 0;
            case "ECT(1)" -> 1;
            case "ECT(0)" -> 2;
            case "CE" -> 3;
            default -> Congestion.DROP;
        };
    }

    @Test
    void shouldDoAsTheFigureSays() {
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                String inner = FIELDS.get(row);
                String outer = FIELDS.get(column);
                assertThat(Congestion.decapsulated(bits(inner), bits(outer)))
                        .as("%s in %s", inner, outer)
                        .isEqualTo(bits(FIGURE.get(row).get(column)));
            }
        }
    }

    /** What the fast path of a tunnel without modes leaves out. */
    @Test
    void shouldChangeNothingWhereThereIsNoMark() {
        for (int outer = 0; outer < 4; outer++) {
            for (int inner = 0; inner < 4; inner++) {
                boolean isChanged = Congestion.decapsulated(inner, outer) != inner;
                assertThat(!isChanged || Congestion.isMark(outer)).isTrue();
            }
        }
    }
}
