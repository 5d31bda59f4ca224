package io.vireo.bench.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.forward.PacketCounts;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerStartTest {
    private static PacketCounts reading(long received, long sent) {
        return new PacketCounts(0, 0, received, sent, 0);
    }

    @Test
    void shouldNotLookForLossesInAReadingThatWasInterrupted() {
        PacketCounts whole = reading(2_000, 1_968);
        List<PacketCounts> readings = List.of(reading(1_000, 300_000), whole, reading(3_000, 2_990));
        assertThat(PeerStart.undivided(readings)).isEqualTo(reading(3_000, 2_990));
        assertThat(PeerStart.undivided(List.of(reading(9_000, 1), whole, reading(1_000, 300_000))))
                .isEqualTo(whole);
    }
}
