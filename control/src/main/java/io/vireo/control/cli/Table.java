package io.vireo.control.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A table for people: a heading, columns as wide as they need, numbers to the right. */
final class Table {
    private static final String GAP = "  ";

    /** With a unit or without, or nothing. */
    private static final Pattern NUMBER = Pattern.compile("[0-9,]*(\\.[0-9]+)?([kMGT]|[num]?s)?");

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
        int[] widths =
                IntStream.range(0, rows.getFirst().size()).map(this::width).toArray();
        boolean[] areNumeric = new boolean[widths.length];
        for (int column = 0; column < widths.length; column++) {
            areNumeric[column] = isNumeric(column);
        }
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                String padding = " ".repeat(widths[column] - cell.length());
                line.append(column == 0 ? "" : GAP).append(areNumeric[column] ? padding + cell : cell + padding);
            }
            out.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return out.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        return rows.stream()
                        .skip(1)
                        .allMatch(row -> NUMBER.matcher(row.get(column)).matches())
                && rows.stream().skip(1).anyMatch(row -> !row.get(column).isEmpty());
    }

    private static String text(Object cell) {
        return cell instanceof Long || cell instanceof Integer
                ? String.format(Locale.ROOT, "%,d", ((Number) cell).longValue())
                : cell.toString();
    }
}
