package io.vireo.control.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.layout.DelayBuckets;
import org.junit.jupiter.api.Test;

class DelayStatusTest {

    @Test
    void shouldTellPercentilesByTheEndsOfBuckets() {
        int[] counts = new int[DelayBuckets.COUNT];
        counts[DelayBuckets.of(100_000)] = 990;
        counts[DelayBuckets.of(5_000_000)] = 9;
        counts[DelayBuckets.of(30_000_000)] = 1;
        DelayStatus delays = DelayStatus.of(counts);
        assertThat(delays.p50Ns()).isBetween(100_000L, 125_000L).isEqualTo(delays.p99Ns());
        assertThat(delays.p999Ns()).isBetween(5_000_000L, 6_250_000L);
        assertThat(delays.maxNs()).isBetween(30_000_000L, 37_500_000L);
        assertThat(delays.buckets())
                .containsExactly(
                        new DelayCount(delays.p50Ns(), 990),
                        new DelayCount(delays.p999Ns(), 9),
                        new DelayCount(delays.maxNs(), 1));
    }

    @Test
    void shouldSubtractAnEarlierLookEvenAcrossAWrap() {
        int[] before = new int[DelayBuckets.COUNT];
        before[0] = 7;
        before[50] = -3;
        before[DelayBuckets.COUNT - 1] = 1;
        int[] after = before.clone();
        after[50] = 2;
        after[DelayBuckets.COUNT - 1] = 3;
        DelayStatus between = DelayStatus.of(after).since(DelayStatus.of(before));
        assertThat(between.buckets())
                .containsExactly(
                        new DelayCount(DelayBuckets.lowestNs(51), 5),
                        new DelayCount(DelayBuckets.lowestNs(DelayBuckets.COUNT), 2));
    }

    @Test
    void shouldAddWhatTwoClassesCounted() {
        int[] one = new int[DelayBuckets.COUNT];
        one[3] = 5;
        int[] other = new int[DelayBuckets.COUNT];
        other[3] = 2;
        other[7] = 1;
        int[] sum = new int[DelayBuckets.COUNT];
        sum[3] = 7;
        sum[7] = 1;
        assertThat(DelayStatus.of(one).plus(DelayStatus.of(other))).isEqualTo(DelayStatus.of(sum));
    }

    @Test
    void shouldBeZeroWithoutAPacket() {
        assertThat(DelayStatus.NONE).isEqualTo(DelayStatus.of(new int[DelayBuckets.COUNT]));
        assertThat(DelayStatus.NONE.maxNs()).isZero();
        assertThat(DelayStatus.NONE.buckets()).isEmpty();
    }
}
