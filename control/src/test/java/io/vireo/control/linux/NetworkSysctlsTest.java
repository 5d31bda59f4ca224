package io.vireo.control.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkSysctlsTest {
    /** What is read of it must not be written: that is refused to root, too. */
    private static final String READ_ONLY = "net/ipv4/tcp_available_congestion_control";

    private TestNamespace test;

    @BeforeEach
    void make() {
        test = new TestNamespace();
    }

    @AfterEach
    void remove() {
        test.close();
    }

    @Test
    void shouldNotWriteASysctlThatHasItsValue() {
        test.namespace().run(() -> {
            try (NetworkSysctls sysctls = new NetworkSysctls()) {
                String value = sysctls.read(READ_ONLY).orElseThrow();
                sysctls.set(READ_ONLY, value);
                sysctls.setIfPresent(READ_ONLY, value);
                assertThatThrownBy(() -> sysctls.set(READ_ONLY, "vegas"))
                        .isInstanceOf(LinuxException.class)
                        .hasMessageContaining(READ_ONLY + "=vegas");
            }
        });
    }

    @Test
    void shouldSetWhatIsOtherwiseInTheNamespaceOfItsThread() {
        String before = Sysctl.read("net/ipv4/ip_default_ttl").orElseThrow();
        test.namespace().run(() -> {
            try (NetworkSysctls sysctls = new NetworkSysctls()) {
                sysctls.set("net/ipv4/ip_default_ttl", "77");
                sysctls.setIfPresent("net/ipv6/conf/all/accept_ra", "0");
                assertThat(sysctls.read("net/ipv4/ip_default_ttl")).hasValue("77");
                assertThat(sysctls.read("net/ipv6/conf/all/accept_ra")).hasValue("0");
            }
            assertThat(Sysctl.read("net/ipv4/ip_default_ttl")).hasValue("77");
        });
        assertThat(Sysctl.read("net/ipv4/ip_default_ttl")).hasValue(before);
    }

    @Test
    void shouldSayWhatThisKernelDoesNotHave() {
        try (NetworkSysctls sysctls = new NetworkSysctls()) {
            assertThat(sysctls.read("net/ipv4/conf/all/no_such_parameter")).isEmpty();
            sysctls.setIfPresent("net/ipv4/conf/all/no_such_parameter", "1");
            assertThatThrownBy(() -> sysctls.set("net/ipv4/no_such_parameter", "1"))
                    .isInstanceOf(LinuxException.class)
                    .hasMessage("sysctl(net/ipv4/no_such_parameter=1): No such file or directory");
        }
    }

    @Test
    void shouldNameTheParameterWhoseValueIsRefused() {
        test.namespace().run(() -> {
            try (NetworkSysctls sysctls = new NetworkSysctls()) {
                assertThatThrownBy(() -> sysctls.set("net/ipv4/ip_default_ttl", "many"))
                        .isInstanceOf(LinuxException.class)
                        .hasMessageContaining("net/ipv4/ip_default_ttl=many");
            }
        });
    }
}
