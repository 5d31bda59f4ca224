package io.vireo.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.ProgressLog;
import io.vireo.bench.report.Unit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaseOutputTest {
    private final StringWriter log = new StringWriter();
    private final CaseOutput output =
            new CaseOutput(new ProgressLog(new PrintWriter(new StringWriter())), new PrintWriter(log));

    @Test
    void shouldTakeEachIterationAsASample() {
        output.begin("micro stage/check");
        output.end(List.of(3.0, 4.0, 5.0), 1);
        output.endRun(List.of());
        Measurement figure = output.figures().getFirst();
        assertThat(figure.scenario()).isEqualTo("micro stage/check");
        assertThat(figure.unit()).isEqualTo(Unit.NANOSECONDS_PER_OPERATION);
        assertThat(figure.vireo().values()).containsExactly(3.0, 4.0, 5.0);
        assertThat(output.failures()).isEmpty();
    }

    @Test
    void shouldNameACaseThatThrewAndWhat() {
        output.begin("micro stage/check");
        output.println("<failure>");
        output.println("org.openjdk.jmh.runner.BenchmarkException: Benchmark error");
        output.println("\tSuppressed: java.lang.IllegalStateException: packets: 63 instead of 64");
        output.println("Caused by: java.lang.IllegalStateException: something else");
        output.endBenchmark(null);
        output.begin("micro stage/modify");
        output.end(List.of(1.0), 0);
        output.endRun(List.of());
        assertThat(output.failures()).containsExactly("micro stage/check: packets: 63 instead of 64");
        assertThat(output.figures()).hasSize(1);
        assertThat(log.toString()).contains("<failure>");
    }

    @Test
    void shouldNameTheLastCaseWhenItGaveNothing() {
        output.begin("micro stage/check");
        output.endRun(List.of());
        assertThat(output.failures()).containsExactly("micro stage/check: it ended without a word");
    }
}
