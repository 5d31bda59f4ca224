package io.vireo.bench.linerate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LinerateCommandTest {
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new LinerateCommand())
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void shouldSayWhichProfilesThereAre() {
        assertThat(run("--core=0", "--profile=token-ring")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("vireo: no figure is printed. --profile: there is no profile 'token-ring'; there are:")
                .contains("intel-10g-x520");
    }

    @Test
    void shouldRefuseAProfileThatSaysNothingOfALine() {
        assertThat(run("--core=0", "--profile=virtio")).isEqualTo(1);
        assertThat(err.toString()).contains("--profile: virtio has no line rate, nor ports for a bench (bench:)");
    }
}
