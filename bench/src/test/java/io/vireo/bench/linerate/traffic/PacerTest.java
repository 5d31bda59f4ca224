package io.vireo.bench.linerate.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PacerTest {
    private static final long START = 1_000_000_000L;

    @Test
    void shouldHaveNothingDueBeforeTheStart() {
        assertThat(new Pacer(START, 1e6, 10).dueFrames(START - 1)).isZero();
    }

    @Test
    void shouldHaveTheFirstFrameDueAtTheStart() {
        assertThat(new Pacer(START, 1e6, 10).dueFrames(START)).isEqualTo(1);
        assertThat(new Pacer(START, 1e6, 10).dueNs(0)).isEqualTo(START);
    }

    @Test
    void shouldSpaceFramesEvenly() {
        Pacer pacer = new Pacer(START, 1e6, 10);
        assertThat(pacer.dueFrames(START + 999)).isEqualTo(1);
        assertThat(pacer.dueFrames(START + 1000)).isEqualTo(2);
        assertThat(pacer.dueNs(3)).isEqualTo(START + 3000);
    }

    @Test
    void shouldCatchUpAfterAStallWithoutLosingCount() {
        assertThat(new Pacer(START, 1e6, 1_000_000).dueFrames(START + 5_000_000))
                .isEqualTo(5001);
    }

    @Test
    void shouldEndWithItsFrames() {
        Pacer pacer = new Pacer(START, 1e6, 10);
        assertThat(pacer.dueFrames(START + 1_000_000)).isEqualTo(10);
        assertThat(pacer.endNs()).isEqualTo(START + 10_000);
    }

    @Test
    void shouldHoldRatesThatAreNoWholeNanoseconds() {
        Pacer pacer = new Pacer(START, 14_880_952, 14_880_952_000L);
        assertThat(pacer.dueFrames(START + 1_000_000_000_000L)).isBetween(14_880_951_990L, 14_880_952_000L);
    }

    /** With a clock that stands, creeps and jumps: no frame before its time, none twice, all at last. */
    @Test
    void shouldNeverBeEarlyWhateverTheClockDoes() {
        SplittableRandom random = new SplittableRandom(7);
        Pacer pacer = new Pacer(START, 3_333_333, 20_000);
        long nowNs = START - 1000;
        long sent = 0;
        while (sent < pacer.frames()) {
            long due = pacer.dueFrames(nowNs);
            assertThat(due).isBetween(sent, pacer.frames());
            if (due > sent) {
                // Within a nanosecond: the times are rounded to whole ones.
                assertThat(pacer.dueNs(due - 1)).isLessThanOrEqualTo(nowNs + 1);
            }
            sent = due;
            nowNs += random.nextInt(4) == 0 ? random.nextLong(1_000_000) : random.nextLong(600);
        }
        assertThat(nowNs).isGreaterThanOrEqualTo(pacer.dueNs(pacer.frames() - 1));
    }
}
