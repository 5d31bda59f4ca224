package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void shouldAlignNumbersToTheRightAndTextsToTheLeft() {
        assertThat(new Table("name", "packets", "rate")
                        .row("a", 1_234_567L, "1.25M")
                        .row("long name", 8, "950")
                        .toText())
                .isEqualTo("""
                    NAME         PACKETS   RATE
                    a          1,234,567  1.25M
                    long name          8    950
                    """);
    }

    /** Otherwise a table without figures yet would move its columns when the first one comes. */
    @Test
    void shouldTakeAColumnWithEmptyCellsForNumbersAndAnEmptyColumnForText() {
        assertThat(new Table("a", "b", "c").row("x", "", "y").row("x", 5, "y").toText())
                .isEqualTo("A  B  C\nx     y\nx  5  y\n");
        assertThat(new Table("delay", "note").row("", "-").toText()).isEqualTo("DELAY  NOTE\n       -\n");
    }

    @Test
    void shouldSayThatThereAreNoRows() {
        assertThat(new Table("a").toText()).isEqualTo("none\n");
    }

    /** A million cells, as of a table of routes: with a width worked out for each cell they took hours. */
    @Test
    void shouldTakeTimeInProportionToItsRows() {
        Table table = new Table("prefix", "kind", "next hops");
        for (int row = 0; row < 333_333; row++) {
            table.row("10.0.0.0/" + row, "unicast", "via 10.0.0.1 dev h1");
        }
        String text = assertTimeoutPreemptively(Duration.ofSeconds(30), table::toText);
        assertThat(text.lines().count()).isEqualTo(333_334);
    }
}
