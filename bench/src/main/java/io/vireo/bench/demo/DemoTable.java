package io.vireo.bench.demo;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.Outcome;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** What the demo checked: one line as soon as each check ends, and the whole as JSON. One thread. */
final class DemoTable {
    private static final int CLAIM_WIDTH = 56;

    private final List<Row> rows = new ArrayList<>();
    private final PrintWriter out;

    /** One check, its outcome, and how long it took. */
    record Row(String claim, boolean passed, String measured, double seconds) {}

    DemoTable(PrintWriter out) {
        this.out = out;
    }

    /** Runs a check and prints its line; what it throws is its measurement. */
    void run(DemoCheck check) {
        long startedNs = System.nanoTime();
        Outcome outcome = outcomeOf(check);
        Row row = new Row(check.claim(), outcome.passed(), outcome.measured(), (System.nanoTime() - startedNs) / 1e9);
        rows.add(row);
        out.printf(
                Locale.ROOT,
                "%s  %-" + CLAIM_WIDTH + "s  %s (%.1f s)%n",
                row.passed() ? "pass" : "FAIL",
                row.claim(),
                row.measured(),
                row.seconds());
        out.flush();
    }

    long failed() {
        return rows.stream().filter(row -> !row.passed()).count();
    }

    /** The last line: how many passed and failed. */
    void printSummary() {
        out.println((rows.size() - failed()) + " passed, " + failed() + " failed");
        out.flush();
    }

    String json() {
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(rows);
    }

    private static Outcome outcomeOf(DemoCheck check) {
        try {
            return check.measure();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(false, "interrupted");
        } catch (Exception e) {
            return new Outcome(false, e.toString().replace('\n', ' '));
        }
    }
}
