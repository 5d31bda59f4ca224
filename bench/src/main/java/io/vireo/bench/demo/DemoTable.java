package io.vireo.bench.demo;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.Outcome;
import io.vireo.bench.demo.lab.Outcome.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** What the demo checked: one line as soon as each check ends, and the whole as JSON. One thread. */
final class DemoTable {
    private static final int CLAIM_WIDTH = 56;

    private final List<Row> rows = new ArrayList<>();
    private final PrintWriter out;
    private Path logs;

    /** One check, its outcome, and how long it took. */
    record Row(String claim, Verdict verdict, String measured, double seconds) {}

    /** @param logs where the node's logs are found after a failure: each line that failed names it */
    DemoTable(PrintWriter out, Path logs) {
        this.out = out;
        this.logs = logs;
    }

    /** Lines that fail name other logs from now on. */
    void logs(Path other) {
        logs = other;
    }

    /** Runs a check and prints its line; what it throws is its measurement. */
    void run(DemoCheck check) {
        long startedNs = System.nanoTime();
        Outcome outcome = outcomeOf(check);
        Row row = new Row(check.claim(), outcome.verdict(), measured(outcome), (System.nanoTime() - startedNs) / 1e9);
        rows.add(row);
        out.printf(
                Locale.ROOT,
                "%s  %-" + CLAIM_WIDTH + "s  %s (%.1f s)%n",
                row.verdict().word(),
                row.claim(),
                row.measured(),
                row.seconds());
        out.flush();
    }

    private String measured(Outcome outcome) {
        return outcome.verdict() == Verdict.FAILED
                ? outcome.measured() + "; the node's logs: " + logs
                : outcome.measured();
    }

    long failed() {
        return count(Verdict.FAILED);
    }

    private long count(Verdict verdict) {
        return rows.stream().filter(row -> row.verdict() == verdict).count();
    }

    /** The last line, which the launcher reads: how many passed, failed, and could not be measured. */
    void printSummary() {
        out.println(count(Verdict.PASSED) + " passed, " + failed() + " failed, " + count(Verdict.SKIPPED) + " skipped");
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
            return Outcome.of(false, "interrupted");
        } catch (Exception e) {
            return Outcome.of(false, e.toString().replace('\n', ' '));
        }
    }
}
