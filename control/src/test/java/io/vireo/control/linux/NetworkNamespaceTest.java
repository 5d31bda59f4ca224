package io.vireo.control.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NetworkNamespaceTest {
    @Test
    void shouldBeUsableByIproute2() {
        try (TestNamespace test = new TestNamespace()) {
            assertThat(Shell.run("ip netns list")).contains(test.name());
            assertThat(test.run("ip -o link")).contains("lo:").doesNotContain("eth0");
        }
    }

    @Test
    void shouldRunActionsInsideOnly() {
        try (TestNamespace test = new TestNamespace()) {
            test.namespace().run(() -> Sysctl.writeIfPresent("net/ipv4/ip_default_ttl", "77"));

            assertThat(test.run("sysctl -n net.ipv4.ip_default_ttl").strip()).isEqualTo("77");
            assertThat(Sysctl.read("net/ipv4/ip_default_ttl")).isNotEqualTo("77");
        }
    }

    @Test
    void shouldPassTheActionsExceptionOn() {
        try (TestNamespace test = new TestNamespace()) {
            assertThatThrownBy(() -> test.namespace().run(() -> {
                        throw new IllegalArgumentException("mine");
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("mine");
        }
    }

    @Test
    void shouldRefuseANameThatIsTaken() {
        try (TestNamespace test = new TestNamespace()) {
            assertThatThrownBy(() -> NetworkNamespace.create(test.name()))
                    .isInstanceOf(LinuxException.class)
                    .hasMessage("netns(" + test.name() + "): File exists");
        }
    }

    @Test
    void shouldBeGoneAfterDeletion() {
        String name = "vtest-" + UUID.randomUUID();
        NetworkNamespace.create(name).close();
        assertThat(NetworkNamespace.exists(name)).isTrue();
        assertThat(NetworkNamespace.list(name)).containsExactly(name);

        NetworkNamespace.delete(name);

        assertThat(NetworkNamespace.exists(name)).isFalse();
        assertThat(NetworkNamespace.list(name)).isEmpty();
        assertThatThrownBy(() -> NetworkNamespace.open(name)).hasMessageContaining("No such file");
    }

    @Test
    void shouldNotTakeAnEmptyFileForANamespace() throws IOException {
        String name = "vtest-" + UUID.randomUUID();
        try (TestNamespace other = new TestNamespace()) {
            assertThat(other.name()).isNotEmpty(); // /run/netns exists from here on
            Files.createFile(Path.of("/run/netns", name));
            assertThat(NetworkNamespace.exists(name)).isFalse();
            NetworkNamespace.delete(name);
            assertThat(NetworkNamespace.list(name)).isEmpty();
        }
    }
}
