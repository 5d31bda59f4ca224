package io.vireo.control.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class SysctlTest {
    @Test
    void shouldSayWhetherAParameterExists() {
        assertThat(Sysctl.read("net/ipv4/no_such_parameter")).isEmpty();
        assertThat(Sysctl.writeIfPresent("net/ipv4/no_such_parameter", "1")).isFalse();
        assertThatThrownBy(() -> Sysctl.write("net/ipv4/no_such_parameter", "1"))
                .isInstanceOf(LinuxException.class)
                .hasMessage("sysctl(net/ipv4/no_such_parameter=1): No such file or directory");
    }

    @Test
    void shouldNameTheParameterWhoseValueIsRefused() {
        try (TestNamespace test = new TestNamespace()) {
            assertThatThrownBy(() -> test.namespace().run(() -> Sysctl.write("net/ipv4/ip_default_ttl", "many")))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("net/ipv4/ip_default_ttl=many");
        }
    }
}
