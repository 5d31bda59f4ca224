package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each case starts an EAL in a JVM of its own. */
class EalStartTest {
    @Test
    void shouldStartWithoutHugepagesOrPinningAndOnlyOnce() throws Exception {
        List<String> lines = start("plain").lines().toList();

        assertThat(lines.get(0)).startsWith("started with DPDK 22.11").endsWith("pinned: false");
        assertThat(lines.get(1))
                .isEqualTo("cannot start DPDK: it was started in this process before; a process has one EAL, once."
                        + " DPDK said: EAL: already called initialization.");
    }

    @Test
    void shouldSayHowToReserveHugepagesWhenThereAreNotEnough() throws Exception {
        assertThat(start("hugepages"))
                .contains("cannot start DPDK: no hugepages for 1048576 MB; reserve them (sysctl vm.nr_hugepages=524288)"
                        + " or start without: EalContext.useHugepages(false). DPDK said: ");
    }

    @Test
    void shouldNameTheArgumentItRefuses() throws Exception {
        assertThat(start("argument"))
                .contains("cannot start DPDK: it refused an argument of vireo --no-telemetry ")
                .contains(" --no-such-argument");
    }

    @Test
    void shouldSayThatMemoryDoesNotSuffice() throws Exception {
        assertThat(start("memory"))
                .matches("cannot start DPDK: not enough memory for 1048576 MB, \\d+ MB are available;"
                        + " lower EalContext.memoryMegabytes or free memory");
    }

    private static String start(String scenario) throws Exception {
        return ForkedJvm.run(EalStartMain.class, scenario).strip();
    }
}
