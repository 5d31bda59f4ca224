package io.vireo.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchTaskTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private boolean hasMeasured;
    private List<String> omissions = List.of();

    private int run(String... arguments) {
        return run(List.of(Figures.speed("x/a", 10)), arguments);
    }

    private int run(List<Measurement> figures, String... arguments) {
        BenchTask task = new BenchTask() {
            @Override
            protected String title() {
                return "bench x";
            }

            @Override
            protected List<Measurement> measure(ProgressLog progress) {
                hasMeasured = true;
                if (figures.isEmpty()) {
                    throw new NotMeasuredException("x lost 3 packets");
                }
                return figures;
            }

            @Override
            protected List<String> omissions() {
                return omissions;
            }

            @Override
            protected Map<String, String> conditions() {
                return Map.of();
            }
        };
        return new CommandLine(task)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void shouldWriteTheFilesThatWereAskedFor() throws IOException {
        Path json = directory.resolve("r.json");
        Path html = directory.resolve("r.html");
        assertThat(run("--core=0", "--json", json.toString(), "--html", html.toString()))
                .isZero();
        assertThat(Report.readJsonLines(json)).hasSize(1);
        assertThat(html).content().contains("bench x");
        assertThat(out.toString()).contains("x/a");
    }

    @Test
    void shouldCompareWithAnOlderRun() {
        Path json = directory.resolve("r.json");
        run("--core=0", "--json", json.toString());
        assertThat(run("--core=0", "--compare", json.toString())).isZero();
        assertThat(out.toString()).contains("within the noise");
    }

    @Test
    void shouldPrintNoFigureWhenNoneWasMeasured() {
        assertThat(run(List.of(), "--core=0")).isEqualTo(1);
        assertThat(err.toString()).contains("no figure is printed").contains("x lost 3 packets");
        assertThat(out.toString()).doesNotContain("x/a");
    }

    @Test
    void shouldPrintTheOtherFiguresWhenOneWasNotMeasured() {
        omissions = List.of("64 B, vireo, reset: the generator was late");
        assertThat(run("--core=0")).isEqualTo(1);
        assertThat(out.toString()).contains("x/a");
        assertThat(err.toString()).contains("no figure is printed for 64 B, vireo, reset: the generator was late");
    }

    @Test
    void shouldRefuseBadArgumentsBeforeItMeasures() throws IOException {
        Path bad = Files.writeString(directory.resolve("bad.json"), "{}\n");
        assertThat(run("--core=4095")).isEqualTo(1);
        assertThat(run("--core=0", "--compare", directory.resolve("none").toString()))
                .isEqualTo(1);
        assertThat(run("--core=0", "--compare", bad.toString())).isEqualTo(1);
        assertThat(run("--core=0", "--json", directory.toString())).isEqualTo(1);
        assertThat(run("--core=0", "--html", "/no/such/place/x.html")).isEqualTo(1);
        assertThat(run("--fast")).isEqualTo(2);
        assertThat(hasMeasured).isFalse();
        assertThat(err.toString())
                .contains("--core: 4095")
                .contains("--compare: ")
                .contains("bad.json:1")
                .contains("--json: ")
                .contains("--html: /no/such/place/x.html");
    }
}
