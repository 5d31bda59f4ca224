package io.vireo.bench.report;

import java.io.PrintWriter;
import java.util.Locale;

/** A {@link Report} for a terminal. */
public final class TextReport {
    private static final String ROW = "%-62s %5s  %-14s %10s %10s %7s %6s  %s%n";

    private TextReport() {}

    /** Prints conditions and figures. */
    public static void print(Report report, PrintWriter out) {
        report.conditions().forEach((name, value) -> out.printf("%-10s %s%n", name, value));
        out.println();
        out.printf(ROW, "scenario", "bytes", "peer", "vireo", "peer", "ratio", "spread", "unit");
        report.measurements().forEach(measurement -> out.print(row(measurement)));
        out.flush();
    }

    private static String row(Measurement measurement) {
        Samples peer = measurement.peerSamples();
        Double ratio = measurement.ratio();
        return ROW.formatted(
                measurement.scenario(),
                measurement.frameBytes() == 0 ? "" : Integer.toString(measurement.frameBytes()),
                measurement.peer(),
                number(measurement.vireo().median()),
                peer == null ? "" : number(peer.median()),
                ratio == null ? "" : "%.2f".formatted(ratio),
                "%.0f%%".formatted(100 * measurement.vireo().spread()),
                measurement.unit().symbol());
    }

    /** Four digits that count. */
    static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 0.1 || size == 0 ? 3 : 5;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
