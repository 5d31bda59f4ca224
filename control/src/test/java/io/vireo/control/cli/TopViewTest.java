package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TopViewTest {

    @Test
    void shouldShowRatesOfTheBusiestFirst() {
        TopView view = new TopView();
        view.add(sample(0, 1_000, 500_000, 10), 5_000_000_000L);
        view.add(sample(0, 3_000, 1_500_000, 10), 7_000_000_000L);
        assertThat(view.table(10)).isEqualTo("""
                INTERFACE  RX PKT/S  RX BIT/S  TX PKT/S  TX BIT/S  DROP/S  PUNT/S
                blue/r1/b     1.00k     4.00M         0         0       0       0
                blue/r1/a         0         0         0         0       0       0
                """);
        assertThat(view.table(1)).contains("blue/r1/b").doesNotContain("blue/r1/a");
    }

    @Test
    void shouldNotSubtractAcrossGenerations() {
        TopView view = new TopView();
        view.add(sample(0, 9_000, 9_000, 0), 1_000_000_000L);
        view.add(sample(1, 9_500, 9_500, 0), 2_000_000_000L);
        assertThat(view.table(10)).doesNotContain("500");
    }

    private static JsonNode sample(int generation, long packets, long bytes, long idle) {
        return ControlClient.JSON.readTree("""
                [{"path": "blue/r1/a", "status": {"counts": {"generation": 0, "rxPackets": %d}}},
                 {"path": "blue/r1/b", "status": {"counts": {"generation": %d, "rxPackets": %d, "rxBytes": %d}}}]
                """.formatted(idle, generation, packets, bytes));
    }
}
