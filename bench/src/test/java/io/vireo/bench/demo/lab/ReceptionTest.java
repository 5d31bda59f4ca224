package io.vireo.bench.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceptionTest {
    private static final String HEADING = "Inter-|   Receive  | Transmit";

    @Test
    void shouldReadTheKernelsTable() throws IOException {
        assertThat(Reception.parse(
                        List.of(
                                HEADING,
                                "    lo:       5       6    0    0    0     0          0         0        7        8",
                                "  eth0: 1514000    1000    0    0    0     0          0         0      902       13"),
                        42))
                .isEqualTo(new Reception(42, 1_000, 1_514_000));
    }

    @Test
    void shouldSayThatThereIsNoInterface() {
        assertThatThrownBy(() -> Reception.parse(List.of(HEADING), 42))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no eth0");
    }

    @Test
    void shouldAddTheOverheadOfTheLine() {
        Reception before = new Reception(1_000_000_000L, 100, 50_000);
        Reception after = new Reception(1_500_000_000L, 1_100, 1_564_000);
        // 1,000 frames of 1,514 + 28 bytes in half a second
        assertThat(after.bitsPerSecondSince(before, 28)).isEqualTo(2 * 8 * 1_542_000.0);
    }
}
