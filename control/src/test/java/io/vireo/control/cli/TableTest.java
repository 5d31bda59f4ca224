package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
}
