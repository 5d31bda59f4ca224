package io.vireo.bench.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.bench.report.NotMeasuredException;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static final PacketCounts BEFORE = new PacketCounts(5_000_000_000L, 1_000_000_000L, 1_000, 900, 7);

    @Test
    void shouldDivideSentPacketsByTheCoresTime() {
        PacketCounts after = new PacketCounts(7_000_000_000L, 2_000_000_000L, 61_000, 60_900, 7);
        assertThat(Sample.between(BEFORE, after)).isEqualTo(new Sample(60_000.0, 0.5));
    }

    @Test
    void shouldRefuseARateWhenPacketsWereDropped() {
        PacketCounts after = new PacketCounts(7_000_000_000L, 2_000_000_000L, 61_000, 60_899, 8);
        assertThatThrownBy(() -> Sample.between(BEFORE, after))
                .isInstanceOf(NotMeasuredException.class)
                .hasMessageContaining("dropped or punted 1");
    }

    @Test
    void shouldRefuseARateWhenPacketsVanished() {
        PacketCounts after = new PacketCounts(7_000_000_000L, 2_000_000_000L, 61_000, 40_900, 7);
        assertThatThrownBy(() -> Sample.between(BEFORE, after))
                .isInstanceOf(NotMeasuredException.class)
                .hasMessageContaining("received 60000 packets, sent 40000");
    }

    @Test
    void shouldRefuseARateWhenNothingMoved() {
        PacketCounts after = new PacketCounts(7_000_000_000L, 2_000_000_000L, 1_000, 900, 7);
        assertThatThrownBy(() -> Sample.between(BEFORE, after)).isInstanceOf(NotMeasuredException.class);
    }

    @Test
    void shouldRefuseARateWhenTheThreadDidNotRun() {
        PacketCounts after = new PacketCounts(7_000_000_000L, 1_000_000_000L, 61_000, 60_900, 7);
        assertThatThrownBy(() -> Sample.between(BEFORE, after))
                .isInstanceOf(NotMeasuredException.class)
                .hasMessageContaining("did not run");
    }
}
