package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
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

    /** With a width worked out for each cell a million routes took hours; with all of them in memory, hundreds of megabytes. */
    @Test
    void shouldPrintAMillionRoutesWithinTheMemoryOfABlock() {
        long perRow = allocatedBytes(100_000) / 100_000;
        long[] longest = new long[1];
        long[] lines = new long[1];
        Table table = new Table(
                text -> {
                    longest[0] = Math.max(longest[0], text.length());
                    lines[0] += text.lines().count();
                },
                "prefix",
                "kind",
                "next hops");
        long before = allocated();
        routes(table, 1_000_000);
        assertThat((allocated() - before) / 1_000_000).isLessThan(2 * perRow);
        assertThat(lines[0]).isEqualTo(1_000_001);
        assertThat(longest[0]).isLessThan(Table.BLOCK_ROWS * 64L);
    }

    /** Whoever reads a table by its columns finds them: what is behind a wide cell moves to the right and stays there. */
    @Test
    void shouldWidenColumnsWithTheBlockThatNeedsIt() {
        StringBuilder text = new StringBuilder();
        Table table = new Table(text::append, "name", "n");
        for (int row = 0; row <= Table.BLOCK_ROWS; row++) {
            table.row(row == Table.BLOCK_ROWS ? "longer name" : "x", row % 10).printFullBlock();
        }
        table.end();
        List<String> lines = text.toString().lines().toList();
        assertThat(lines.getFirst()).isEqualTo("NAME  N");
        assertThat(lines.get(1)).isEqualTo("x     0");
        assertThat(lines.getLast()).isEqualTo("longer name  6");
    }

    private static long allocatedBytes(int rows) {
        long before = allocated();
        routes(new Table(text -> {}, "prefix", "kind", "next hops"), rows);
        return allocated() - before;
    }

    private static void routes(Table table, int count) {
        for (int row = 0; row < count; row++) {
            table.row("10.0.0.0/" + row, "unicast", "via 10.0.0.1 dev h1").printFullBlock();
        }
        table.end();
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
