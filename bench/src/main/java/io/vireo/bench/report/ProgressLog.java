package io.vireo.bench.report;

import java.io.PrintWriter;

/** Says what is going on while a benchmark runs: a line for each step, at once. */
public final class ProgressLog {
    private final PrintWriter out;
    private final long startNs = System.nanoTime();

    /** @param out a terminal or a log */
    public ProgressLog(PrintWriter out) {
        this.out = out;
    }

    /** Says that a step was done or begins, and how long the run has taken so far. */
    public void say(String text) {
        out.printf("%5.1fs  %s%n", (System.nanoTime() - startNs) / 1e9, text);
        out.flush();
    }
}
