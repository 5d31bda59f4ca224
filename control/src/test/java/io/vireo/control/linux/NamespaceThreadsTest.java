package io.vireo.control.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NamespaceThreadsTest {
    private static final Path OWN = Path.of("/proc/thread-self/ns/net");

    /** A thread that stayed would keep a namespace alive that is deleted. */
    @Test
    void shouldComeHomeFromANamespaceAlsoAfterAFailure() throws IOException {
        String home = Files.readSymbolicLink(OWN).toString();
        try (TestNamespace test = new TestNamespace()) {
            String there =
                    test.namespace().call(() -> Files.readSymbolicLink(OWN).toString());
            assertThatThrownBy(() -> test.namespace().run(() -> {
                        throw new IllegalArgumentException("sz");
                    }))
                    .hasMessage("sz");
            assertThat(there).isNotEqualTo(home);
            assertThat(NamespaceThreads.call(
                            "sz", () -> Files.readSymbolicLink(OWN).toString()))
                    .isEqualTo(home);
        }
    }
}
