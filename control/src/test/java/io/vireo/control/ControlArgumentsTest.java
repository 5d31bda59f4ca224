package io.vireo.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlArgumentsTest {
    @Test
    void shouldReadBothWaysToGiveAValue() {
        ControlArguments arguments = ControlArguments.parse("--node", "n1", "--socket=/s", "--state-directory", "/d");
        assertThat(arguments)
                .isEqualTo(new ControlArguments("n1", Path.of("/dev/shm/vireo/n1"), Path.of("/d"), Path.of("/s")));
    }

    @ParameterizedTest
    @CsvSource({
        "--colour=red, Unknown option",
        "--node, Missing value of --node",
        "--node=A_B, node name 'A_B'",
        "up, Unknown option"
    })
    void shouldRefuseWhatItDoesNotKnow(String argument, String reason) {
        assertThatThrownBy(() -> ControlArguments.parse(argument))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void shouldRefuseAnOptionThatIsGivenTwice() {
        assertThatThrownBy(() -> ControlArguments.parse("--node=a", "--node=b")).hasMessageContaining("given twice");
    }
}
