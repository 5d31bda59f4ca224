package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EalContextTest {
    @Test
    void shouldStartWithoutHugepagesPciOrFilesByDefault() {
        assertThat(new EalContext().toArguments("0-3,8"))
                .containsExactly(
                        "vireo",
                        "--no-telemetry",
                        "--lcores=0@(0-3,8)",
                        "--log-level=5",
                        "-m",
                        "256",
                        "--no-huge",
                        "--no-shconf",
                        "--no-pci");
    }

    @Test
    void shouldPassHugepagesDevicesAndOwnArguments() {
        EalContext context = new EalContext()
                .useHugepages(true)
                .memoryMegabytes(1024)
                .logLevel(LogLevel.DEBUG)
                .allowDevice("0000:3b:00.0")
                .argument("--iova-mode=va");

        assertThat(context.toArguments("1"))
                .containsExactly(
                        "vireo",
                        "--no-telemetry",
                        "--lcores=0@(1)",
                        "--log-level=8",
                        "-m",
                        "1024",
                        "--in-memory",
                        "-a",
                        "0000:3b:00.0",
                        "--iova-mode=va");
    }

    @Test
    void shouldAllowNoPciDeviceUntilOneIsPlugged() {
        assertThat(new EalContext().usePci(true).toArguments("0"))
                .doesNotContain("--no-pci")
                .containsSequence("-a", "ffff:ff:1f.7");
    }
}
