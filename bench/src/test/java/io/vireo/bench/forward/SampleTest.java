package io.vireo.bench.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
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
                .isInstanceOf(MisforwardedException.class)
                .hasMessageContaining("dropped or punted 1");
    }

    @Test
    void shouldRefuseARateWhenPacketsVanished() {
        PacketCounts after = new PacketCounts(7_000_000_000L, 2_000_000_000L, 61_000, 40_900, 7);
        assertThatThrownBy(() -> Sample.between(BEFORE, after))
                .isInstanceOf(MisforwardedException.class)
                .hasMessageContaining("received 60000 packets, sent 40000");
    }

    @Test
    void shouldRefuseARateWhenNothingMoved() {
        PacketCounts after = new PacketCounts(7_000_000_000L, 2_000_000_000L, 1_000, 900, 7);
        assertThatThrownBy(() -> Sample.between(BEFORE, after)).isInstanceOf(MisforwardedException.class);
    }

    @Test
    void shouldRefuseARateWhenTheThreadDidNotRun() {
        PacketCounts after = new PacketCounts(7_000_000_000L, 1_000_000_000L, 61_000, 60_900, 7);
        assertThatThrownBy(() -> Sample.between(BEFORE, after))
                .isInstanceOf(MisforwardedException.class)
                .hasMessageContaining("did not run");
    }

    @Test
    void shouldTakeTheMiddleSample() {
        assertThat(result(9, 1, 5).medianPacketsPerSecond()).isEqualTo(5.0);
        assertThat(result(9, 1, 5, 6).medianPacketsPerSecond()).isEqualTo(5.5);
    }

    private static ForwardResult result(double... rates) {
        return new ForwardResult(
                "x",
                "",
                Arrays.stream(rates).mapToObj(rate -> new Sample(rate, 1)).toList());
    }
}
