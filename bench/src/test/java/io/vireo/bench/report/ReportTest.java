package io.vireo.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Report REPORT = new Report(
            "bench x",
            Map.of("machine", "here"),
            List.of(
                    Figures.speed("x/a", 10).ofFrames(64).beside("l3fwd", Samples.of(8)),
                    Figures.time("x/b", 0.00012)));

    @TempDir
    private Path directory;

    @Test
    void shouldReadBackItsJsonLines() throws IOException {
        Path file = Files.writeString(directory.resolve("r.json"), REPORT.jsonLines());
        assertThat(Report.readJsonLines(file)).isEqualTo(REPORT.measurements());
    }

    @Test
    void shouldSayWhichLineIsNoFigure() throws IOException {
        Path file = Files.writeString(directory.resolve("r.json"), REPORT.jsonLines() + "oops\n");
        assertThatThrownBy(() -> Report.readJsonLines(file)).hasMessageContaining("r.json:3");
    }

    @Test
    void shouldNotReportNothing() {
        assertThatThrownBy(() -> new Report("bench x", Map.of(), List.of()))
                .hasMessageContaining("nothing was measured");
    }

    @Test
    void shouldPrintFiguresWithFourDigits() {
        StringWriter text = new StringWriter();
        TextReport.print(REPORT, new PrintWriter(text));
        assertThat(text.toString()).contains("machine").contains("1.25").contains("0.00012");
        assertThat(TextReport.number(1234.5)).isEqualTo("1,235");
        assertThat(TextReport.number(12.345)).isEqualTo("12.35");
        assertThat(TextReport.number(0)).isEqualTo("0.000");
    }
}
