package io.vireo.control.doctor;

import java.io.PrintWriter;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints findings, for people or for programs.
 *
 * @param findings in the order in which they are printed
 */
public record FindingsReport(List<Finding> findings) {
    /** Exit status of a command that reports these findings: 1 when one of them is a problem. */
    public int exitStatus() {
        return count(Finding.Verdict.PROBLEM) > 0 ? 1 : 0;
    }

    /** One line per finding, its advice below it, then the totals. */
    public void printText(PrintWriter out) {
        int width = findings.stream().mapToInt(f -> f.subject().length()).max().orElse(0);
        for (Finding finding : findings) {
            String subject =
                    finding.subject() + " ".repeat(width - finding.subject().length());
            out.println(mark(finding.verdict()) + "  " + subject + "  " + finding.found());
            if (!finding.advice().isEmpty()) {
                out.println(" ".repeat(9 + width + 2) + "-> " + finding.advice());
            }
        }
        out.printf(
                "%d ok, %d warnings, %d problems%n",
                count(Finding.Verdict.OK), count(Finding.Verdict.WARNING), count(Finding.Verdict.PROBLEM));
        out.flush();
    }

    /** The findings as a JSON array. */
    public void printJson(PrintWriter out) {
        out.println(
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(findings));
        out.flush();
    }

    private long count(Finding.Verdict verdict) {
        return findings.stream().filter(f -> f.verdict() == verdict).count();
    }

    private static String mark(Finding.Verdict verdict) {
        return switch (verdict) {
            case OK -> "ok     ";
            case WARNING -> "warning";
            case PROBLEM -> "PROBLEM";
        };
    }
}
