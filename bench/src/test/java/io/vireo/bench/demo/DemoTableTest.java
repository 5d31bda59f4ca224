package io.vireo.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.Outcome;
import io.vireo.bench.demo.lab.Outcome.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DemoTableTest {
    private final StringWriter text = new StringWriter();
    private final DemoTable table = new DemoTable(new PrintWriter(text), Path.of("demo/node"));

    @Test
    void shouldCountASkippedLineNeitherAsPassedNorAsFailed() {
        table.run(check(Outcome.of(true, "1 ms")));
        table.run(check(Outcome.of(true, "2 ms")));
        table.run(check(Outcome.of(false, "9 ms")));
        table.run(check(new Outcome(Verdict.SKIPPED, "not measured")));
        table.printSummary();
        assertThat(table.failed()).isEqualTo(1);
        assertThat(text.toString().lines().toList()).last().isEqualTo("2 passed, 1 failed, 1 skipped");
        assertThat(text.toString()).contains("skip  fast ").contains("FAIL  fast ");
    }

    @Test
    void shouldNameTheLogsInEachLineThatFailedAndInNoOther() {
        table.run(check(Outcome.of(true, "1 ms")));
        table.run(check(new Outcome(Verdict.SKIPPED, "not measured")));
        assertThat(text.toString()).doesNotContain("logs");
        table.run(check(Outcome.of(false, "9 ms")));
        assertThat(text.toString()).contains("9 ms; the node's logs: demo/node (");
        assertThat(table.json()).contains("9 ms; the node's logs: demo/node");
    }

    private static DemoCheck check(Outcome outcome) {
        return new DemoCheck() {
            @Override
            public String claim() {
                return "fast";
            }

            @Override
            public Outcome measure() {
                return outcome;
            }
        };
    }
}
