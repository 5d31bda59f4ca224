package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are complete: control is not asked, and here there is none. */
class RouterNameTest {
    private static final ControlClient NOBODY = ControlClient.connect(Path.of("/nowhere/control.sock"));

    @Test
    void shouldReadCompleteNamesWithoutAskingControl() {
        RouterName name = RouterName.resolve(NOBODY, "blue/r1");
        assertThat(name).isEqualTo(new RouterName("blue", "r1"));
        assertThat(name.apiPath()).isEqualTo("/v1/vpns/blue/routers/r1");
        assertThat(InterfaceName.resolve(NOBODY, "blue/r1/h1")).isEqualTo("blue/r1/h1");
    }

    /** A name becomes a part of a request's path. */
    @ParameterizedTest
    @ValueSource(strings = {"", "/", "blue/", "../x", "blue/r1/x", "blue/r1?x=1", "blue/r 1", "-/r1", "bl%75e"})
    void shouldRefuseWhatIsNoName(String text) {
        assertThatThrownBy(() -> RouterName.resolve(NOBODY, text))
                .isInstanceOf(CliException.class)
                .hasMessageEndingWith("is not a name");
    }

    @Test
    void shouldAskControlForTheRouterOfAVpn() {
        assertThatThrownBy(() -> RouterName.resolve(NOBODY, "blue")).hasMessageContaining("control does not answer");
        assertThatThrownBy(() -> InterfaceName.resolve(NOBODY, "blue/h1")).hasMessageContaining("does not answer");
        assertThatThrownBy(() -> InterfaceName.resolve(NOBODY, "h1")).hasMessage("'h1' is not VPN[/ROUTER]/INTERFACE");
    }
}
