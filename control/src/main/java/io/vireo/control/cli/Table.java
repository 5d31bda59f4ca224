package io.vireo.control.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A table for people: a heading, columns as wide as they need, numbers to the right. */
final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(Arrays.stream(headings)
                .map(heading -> heading.toUpperCase(Locale.ROOT))
                .toList());
    }

    /** Adds a row; numbers are written with the thousands apart. */
    Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(Table::text).toList());
        return this;
    }

    /** The lines of the table, each ended; a note instead when there are no rows. */
    String toText() {
        if (rows.size() == 1) {
            return "none" + System.lineSeparator();
        }
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(column == 0 ? "" : GAP).append(padded(row.get(column), column));
            }
            out.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return out.toString();
    }

    private String padded(String cell, int column) {
        int width =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        String padding = " ".repeat(width - cell.length());
        return isNumeric(column) ? padding + cell : cell + padding;
    }

    private boolean isNumeric(int column) {
        return rows.stream().skip(1).allMatch(row -> row.get(column).matches("[0-9,]*(\\.[0-9]+)?([kMGT]|[num]?s)?"))
                && rows.stream().skip(1).anyMatch(row -> !row.get(column).isEmpty());
    }

    private static String text(Object cell) {
        return cell instanceof Long || cell instanceof Integer
                ? String.format(Locale.ROOT, "%,d", ((Number) cell).longValue())
                : cell.toString();
    }
}
