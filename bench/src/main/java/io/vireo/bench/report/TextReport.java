package io.vireo.bench.report;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A {@link Report} for a terminal. */
public final class TextReport {
    private static final String SCENARIO = "scenario";
    private static final String PEER = "peer";

    private TextReport() {}

    /** Prints conditions and figures. */
    public static void print(Report report, PrintWriter out) {
        report.conditions().forEach((name, value) -> out.printf("%-10s %s%n", name, value));
        out.println();
        String row = rowFor(report.measurements());
        out.printf(row, SCENARIO, "bytes", PEER, "vireo", PEER, "ratio", "spread", "unit");
        report.measurements().forEach(measurement -> out.print(formatted(row, measurement)));
        out.flush();
    }

    /** A format whose columns of names are as wide as the longest of them. */
    private static String rowFor(List<Measurement> measurements) {
        int scenario = widest(SCENARIO, measurements.stream().map(Measurement::scenario));
        int peer = widest(PEER, measurements.stream().map(Measurement::peer));
        return "%-" + scenario + "s %5s  %-" + peer + "s %10s %10s %7s %6s  %s%n";
    }

    private static int widest(String title, Stream<String> names) {
        return Stream.concat(Stream.of(title), names)
                .mapToInt(String::length)
                .max()
                .orElseThrow();
    }

    private static String formatted(String row, Measurement measurement) {
        Samples peer = measurement.peerSamples();
        Double ratio = measurement.ratio();
        return row.formatted(
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
