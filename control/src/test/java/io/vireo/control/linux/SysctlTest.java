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
    }

    @Test
    void shouldReadAllDigits() {
        try (TestNamespace test = new TestNamespace()) {
            test.namespace().run(() -> {
                Sysctl.writeIfPresent("net/ipv4/ip_default_ttl", "77");
                assertThat(Sysctl.read("net/ipv4/ip_default_ttl")).hasValue("77");
            });
        }
    }

    @Test
    void shouldNameTheParameterWhoseValueIsRefused() {
        try (TestNamespace test = new TestNamespace()) {
            assertThatThrownBy(
                            () -> test.namespace().run(() -> Sysctl.writeIfPresent("net/ipv4/ip_default_ttl", "many")))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("net/ipv4/ip_default_ttl=many");
        }
    }
}
