package io.vireo.bench.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every benchmark has, and what they do with its report. */
public final class ReportOptions {
    @Option(names = "--quick", description = "Fewer and shorter rounds: to see whether it works, not to publish.")
    private boolean quick;

    @Option(
            names = "--json",
            description = "Also write one JSON line for each figure to this file.",
            paramLabel = "FILE")
    private @Nullable Path json;

    @Option(names = "--html", description = "Also write the report as one HTML page.", paramLabel = "FILE")
    private @Nullable Path html;

    @Option(
            names = "--compare",
            description = "Say what became faster or slower than in this older --json file, beyond the noise.",
            paramLabel = "OLD.json")
    private @Nullable Path old;

    /** Whether little time is to be spent. */
    public boolean isQuick() {
        return quick;
    }

    /**
     * Looks at the files before anything is measured, not after.
     *
     * @throws IllegalArgumentException when one cannot be read or written, naming the option
     */
    public void check() throws IOException {
        oldMeasurements();
        requireWritable("--json", json);
        requireWritable("--html", html);
    }

    /** Prints the report and writes what was asked for. */
    public void publish(Report report, PrintWriter out) throws IOException {
        out.println();
        TextReport.print(report, out);
        List<Measurement> before = oldMeasurements();
        Comparison comparison = before.isEmpty() ? null : Comparison.of(before, report.measurements());
        if (comparison != null) {
            comparison.print(out);
        }
        if (json != null) {
            Files.writeString(json, report.jsonLines());
        }
        if (html != null) {
            Files.writeString(html, HtmlReport.page(report, comparison));
        }
    }

    private List<Measurement> oldMeasurements() throws IOException {
        if (old == null) {
            return List.of();
        }
        if (!Files.isReadable(old)) {
            throw new IllegalArgumentException("--compare: " + old + " cannot be read");
        }
        List<Measurement> before = Report.readJsonLines(old);
        if (before.isEmpty()) {
            throw new IllegalArgumentException("--compare: " + old + " holds no figures");
        }
        return before;
    }

    private static void requireWritable(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(file)) {
            throw new IllegalArgumentException(option + ": " + file + " is not a file that can be written");
        }
    }
}
