package io.vireo.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MicroCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command =
            new CommandLine(new MicroCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    /** Another checkout's tests may run cases at the same time; nothing is measured here. */
    @BeforeAll
    static void allowOthers() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Test
    void shouldMeasureOtherCasesAndFailWhenOneThrows() {
        int status =
                command.execute("--quick", "--core", "0", "--filter", "PuntBudgetsBenchmark.refuse|ThrowingBenchmark");
        assertThat(out.toString()).containsPattern("micro punt budgets/refuse +[0-9.]+ +.*ns/op");
        assertThat(err.toString()).contains("micro throwing/pass: packets that passed: 63 instead of 64");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void shouldRefuseAFilterThatNoCaseHas() {
        assertThat(command.execute("--quick", "--core", "0", "--filter", "NoSuchCase"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("--filter: no case has 'NoSuchCase' in its name");
    }

    @Test
    void shouldRefuseAFilterThatIsNoPattern() {
        assertThat(command.execute("--quick", "--core", "0", "--filter", "(")).isEqualTo(1);
        assertThat(err.toString()).contains("--filter:").contains("'('");
    }
}
