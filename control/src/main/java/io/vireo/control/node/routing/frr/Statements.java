package io.vireo.control.node.routing.frr;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The configuration of one of FRR's daemons: lines, each in the blocks that it stands in. What it is written as can be read again, so
 * that what a daemon has can be compared with what it is to have.
 */
final class Statements {
    private static final String EXIT = "exit";
    private static final String EXIT_FAMILY = "exit-address-family";

    private final Set<Statement> all = new LinkedHashSet<>();

    /** @param path the lines that open the blocks it stands in, the outermost first */
    record Statement(List<String> path, String line) {
        Statement {
            path = List.copyOf(path);
        }
    }

    Statements add(List<String> path, String line) {
        all.add(new Statement(path, line));
        return this;
    }

    Set<Statement> all() {
        return all;
    }

    /** As FRR reads it. */
    String text() {
        StringBuilder text = new StringBuilder();
        List<String> open = List.of();
        for (Statement each : all) {
            int common = common(open, each.path());
            close(text, open, common);
            for (int depth = common; depth < each.path().size(); depth++) {
                line(text, depth, each.path().get(depth));
            }
            open = each.path();
            line(text, open.size(), each.line());
        }
        close(text, open, 0);
        return text.toString();
    }

    private static int common(List<String> a, List<String> b) {
        int common = 0;
        while (common < a.size() && common < b.size() && a.get(common).equals(b.get(common))) {
            common++;
        }
        return common;
    }

    private static void close(StringBuilder text, List<String> open, int depth) {
        for (int at = open.size() - 1; at >= depth; at--) {
            line(text, at, at == 0 ? EXIT : EXIT_FAMILY);
        }
    }

    private static void line(StringBuilder text, int depth, String line) {
        text.repeat(' ', depth).append(line).append('\n');
    }

    /** Reads what {@link #text} has written. */
    static Statements parse(String text) {
        Statements read = new Statements();
        List<String> lines = text.lines().toList();
        List<String> path = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            int depth = depth(line);
            while (path.size() > depth) {
                path.removeLast();
            }
            String statement = line.strip();
            boolean opens = at + 1 < lines.size() && depth(lines.get(at + 1)) > depth;
            if (opens) {
                path.add(statement);
            } else if (!statement.equals(EXIT) && !statement.equals(EXIT_FAMILY)) {
                read.add(path, statement);
            }
        }
        return read;
    }

    private static int depth(String line) {
        return line.length() - line.stripLeading().length();
    }
}
