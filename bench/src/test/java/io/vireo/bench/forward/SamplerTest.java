package io.vireo.bench.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final PacketCounts BEFORE = new PacketCounts(5_000_000_000L, 1_000, 900, 7);

    @Test
    void shouldDivideSentPacketsByTime() {
        PacketCounts after = new PacketCounts(7_000_000_000L, 61_000, 60_900, 7);
        assertThat(Sampler.rate(BEFORE, after)).isEqualTo(30_000.0);
    }

    @Test
    void shouldRefuseARateWhenPacketsWereDropped() {
        PacketCounts after = new PacketCounts(7_000_000_000L, 61_000, 60_899, 8);
        assertThatThrownBy(() -> Sampler.rate(BEFORE, after))
                .isInstanceOf(MisforwardedException.class)
                .hasMessageContaining("dropped or punted 1");
    }

    @Test
    void shouldRefuseARateWhenPacketsVanished() {
        PacketCounts after = new PacketCounts(7_000_000_000L, 61_000, 40_900, 7);
        assertThatThrownBy(() -> Sampler.rate(BEFORE, after))
                .isInstanceOf(MisforwardedException.class)
                .hasMessageContaining("received 60000 packets, sent 40000");
    }

    @Test
    void shouldRefuseARateWhenNothingMoved() {
        PacketCounts after = new PacketCounts(7_000_000_000L, 1_000, 900, 7);
        assertThatThrownBy(() -> Sampler.rate(BEFORE, after)).isInstanceOf(MisforwardedException.class);
    }

    @Test
    void shouldTakeTheMiddleSample() {
        assertThat(new ForwardResult("x", "", List.of(9.0, 1.0, 5.0)).medianPacketsPerSecond())
                .isEqualTo(5.0);
        assertThat(new ForwardResult("x", "", List.of(9.0, 1.0, 5.0, 6.0)).medianPacketsPerSecond())
                .isEqualTo(5.5);
    }
}
