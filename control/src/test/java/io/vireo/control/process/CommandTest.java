package io.vireo.control.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommandTest {
    @Test
    void shouldReturnStatusAndWhatWasPrinted() {
        assertThat(Command.of("sh", "-c", "echo out; echo err >&2; exit 3").run())
                .isEqualTo(new Command.Result(3, "out\nerr\n"));
    }

    @Test
    void shouldKillAtTheDeadline() {
        Command.Result result =
                Command.of("sleep", "60").within(Duration.ofMillis(20)).run();
        assertThat(result.succeeded()).isFalse();
        assertThat(result.text()).contains("killed");
    }

    @Test
    void shouldSayThatAProgramDoesNotExist() {
        assertThat(Command.of("no-such-program").run().text()).contains("no-such-program");
    }

    @Test
    void shouldThrowWithTheCommandAndItsOutput() {
        assertThatThrownBy(() -> Command.of("sh", "-c", "echo broken; exit 1").runOrThrow())
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("sh -c")
                .hasMessageContaining("broken");
    }

    @Test
    void shouldRunInANamespace() {
        assertThat(Command.of("ping", "::1").in("h1")).hasToString("ip netns exec h1 ping ::1");
    }
}
