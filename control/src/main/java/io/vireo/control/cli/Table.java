package io.vireo.control.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A table for people: a heading, columns as wide as they need, numbers to the right. Rows are printed in blocks, so that a table
 * of any length takes the memory of one: the columns are as wide as those so far need, and grow with a block that needs more.
 */
public final class Table {
    /** How many rows the widths are found from at once. */
    static final int BLOCK_ROWS = 4_096;

    private static final String GAP = "  ";

    /** With a unit or without, or nothing. */
    private static final Pattern NUMBER = Pattern.compile("[0-9,]*(\\.[0-9]+)?([kMGT]|[num]?s)?");

    private final Consumer<String> sink;
    private final StringBuilder text = new StringBuilder();
    private final List<String[]> block = new ArrayList<>();
    private final String[] headings;
    private final int[] widths;
    private final boolean[] areNumeric;
    private boolean isBegun;

    /** A table to be had as a text. */
    public Table(String... headings) {
        this(ignored -> {}, headings);
    }

    /** A table that is printed while its rows come; {@link #end} prints the rest. */
    Table(Consumer<String> sink, String... headings) {
        this.sink = sink;
        this.headings = Arrays.stream(headings)
                .map(heading -> heading.toUpperCase(Locale.ROOT))
                .toArray(String[]::new);
        widths = new int[headings.length];
        areNumeric = new boolean[headings.length];
    }

    /** Adds a row; numbers are written with the thousands apart. */
    public Table row(Object... cells) {
        block.add(Arrays.stream(cells).map(Table::text).toArray(String[]::new));
        return this;
    }

    /** Prints the rows so far when there are enough for a block. */
    void printFullBlock() {
        if (block.size() >= BLOCK_ROWS) {
            print();
        }
    }

    /** Prints the rest; a note instead when there were no rows. */
    void end() {
        if (block.isEmpty() && !isBegun) {
            sink.accept("none" + System.lineSeparator());
            return;
        }
        print();
    }

    /** The lines of the table, each ended; a note instead when there are no rows. */
    public String toText() {
        if (block.isEmpty()) {
            return "none" + System.lineSeparator();
        }
        layOut();
        return text.toString();
    }

    private void print() {
        layOut();
        sink.accept(text.toString());
        text.setLength(0);
    }

    private void layOut() {
        if (!isBegun) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = headings[column].length();
                areNumeric[column] = isNumeric(column);
            }
        }
        for (String[] row : block) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row[column].length());
            }
        }
        if (!isBegun) {
            isBegun = true;
            line(headings);
        }
        block.forEach(this::line);
        block.clear();
    }

    private void line(String[] row) {
        for (int column = 0; column < widths.length; column++) {
            int padding = widths[column] - row[column].length();
            text.append(column == 0 ? "" : GAP);
            if (areNumeric[column]) {
                text.repeat(' ', padding).append(row[column]);
            } else {
                text.append(row[column]).repeat(' ', padding);
            }
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        text.setLength(end);
        text.append(System.lineSeparator());
    }

    private boolean isNumeric(int column) {
        return block.stream().allMatch(row -> NUMBER.matcher(row[column]).matches())
                && block.stream().anyMatch(row -> !row[column].isEmpty());
    }

    private static String text(Object cell) {
        return cell instanceof Long || cell instanceof Integer
                ? String.format(Locale.ROOT, "%,d", ((Number) cell).longValue())
                : cell.toString();
    }
}
