package io.vireo.bench.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.layout.DelayBuckets;
import org.junit.jupiter.api.Test;

class ExcuseTest {
    private static final long MS = 1_000_000;

    @Test
    void shouldRequireWhatIsBeyondHalfTheBoundWhileThePacketWaited() {
        assertThat(Excuse.ofDelay(12 * MS, 10 * MS)).isEqualTo(new Excuse(7 * MS, 52 * MS));
    }

    /** 201.3 ms is what the histogram says of any delay from 167.8 ms on. */
    @Test
    void shouldRequireNoMoreOfACountedDelayThanTheLeastThatIsCountedSo() {
        long endNs = DelayBuckets.lowestNs(DelayBuckets.of(170 * MS) + 1);
        assertThat(endNs).isEqualTo(201_326_592);
        assertThat(Excuse.ofCountedDelay(endNs, 10 * MS)).isEqualTo(new Excuse(167_772_160 - 5 * MS, endNs + 40 * MS));
        assertThat(Excuse.ofCountedDelay(DelayBuckets.lowestNs(DelayBuckets.of(10 * MS) + 1), 10 * MS)
                        .requiredNs())
                .as("it was beyond the bound, wherever the bucket begins")
                .isEqualTo(5 * MS);
    }

    @Test
    void shouldRequireItAtAnyTimeForADuration() {
        assertThat(Excuse.ofDuration(12 * MS, 10 * MS)).isEqualTo(new Excuse(7 * MS, Long.MAX_VALUE));
    }

    @Test
    void shouldRequireAsLargeAPartOfTheIntervalAsARateIsOff() {
        assertThat(Excuse.ofRate(27e6, 30_000_000, 2_000 * MS).requiredNs()).isBetween(200 * MS, 200 * MS + 1);
        assertThat(Excuse.ofRate(33e6, 30_000_000, 2_000 * MS).requiredNs()).isBetween(200 * MS, 200 * MS + 1);
        assertThat(Excuse.ofRate(Double.NaN, 30_000_000, 2_000 * MS)).isEqualTo(Excuse.NONE);
    }

    @Test
    void shouldRequireTheTimeInWhichABufferFillsForALoss() {
        assertThat(Excuse.ofLoss(512, 2_000)).isEqualTo(new Excuse(256 * MS, 512 * MS));
    }

    @Test
    void shouldRequireEnoughForBothMisses() {
        Excuse loss = new Excuse(3, 9);
        Excuse delay = new Excuse(5, 7);
        assertThat(loss.and(delay.and(Excuse.NONE)).others()).containsExactly(delay, Excuse.NONE);
        assertThat(loss.and(delay).and(Excuse.NONE)).isEqualTo(loss.and(delay.and(Excuse.NONE)));
    }
}
