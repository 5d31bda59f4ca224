package io.vireo.dataplane.wire.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.dataplane.wire.TestMemory;
import io.vireo.dataplane.wire.code.ClassDropReason;
import io.vireo.dataplane.wire.layout.DelayBuckets;
import io.vireo.dataplane.wire.memory.SharedMemory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassStatisticsTest {
    private SharedMemory dataplane;
    private SharedMemory control;
    private ClassStatisticsWriter writer;
    private StatisticsReader reader;

    @BeforeEach
    void createAndMap(@TempDir Path directory) {
        dataplane = TestMemory.create(directory);
        control = SharedMemory.map(dataplane.path());
        writer = dataplane.classStatisticsWriter();
        reader = control.statisticsReader();
    }

    @AfterEach
    void close() {
        control.close();
        dataplane.close();
    }

    @Test
    void shouldReadWhatWasWritten() {
        writer.begin(499);
        writer.sent(499, 1, 2, 3);
        writer.served(499, 4, 5);
        writer.queued(499, 6, 7);
        for (ClassDropReason reason : ClassDropReason.values()) {
            writer.dropped(499, reason.code(), 10L + reason.code());
        }
        assertThat(reader.classCounts(499))
                .isEqualTo(new ClassCounts(2, 1, 2, 3, 4, 5, 6, 7, new long[] {0, 11, 12, 13, 14, 15, 16, 17}));
        assertThat(reader.classCounts(499).drops(ClassDropReason.CODEL)).isEqualTo(17);
        assertThat(reader.classCounts(499).droppedPackets()).isEqualTo(98);
        assertThat(reader.classCounts(498)).isEqualTo(new ClassCounts(0, 0, 0, 0, 0, 0, 0, 0, new long[8]));
    }

    @Test
    void shouldBeginAnewInAnotherGeneration() {
        writer.begin(5);
        writer.sent(5, 1, 2, 3);
        writer.delayed(5, 1, 1);
        writer.sent(4, 1, 1, 1);
        writer.sent(6, 1, 1, 1);
        writer.begin(5);
        assertThat(reader.classCounts(5)).isEqualTo(new ClassCounts(4, 0, 0, 0, 0, 0, 0, 0, new long[8]));
        var delays = new int[DelayBuckets.COUNT];
        reader.classDelays(5, delays);
        assertThat(delays).containsOnly(0);
        assertThat(reader.classCounts(4).sentPackets()).isEqualTo(1);
        assertThat(reader.classCounts(6).sentPackets()).isEqualTo(1);
    }

    @Test
    void shouldCountDelaysByBucket() {
        long[] delays = {0, 1_023, 1_024, 1_279, 1_280, 1_000_000, Long.MAX_VALUE};
        for (long delayNs : delays) {
            writer.delayed(7, delayNs, 1);
        }
        var counts = new int[DelayBuckets.COUNT];
        reader.classDelays(7, counts);
        assertThat(counts[0]).isEqualTo(2);
        assertThat(counts[1]).isEqualTo(2);
        assertThat(counts[2]).isEqualTo(1);
        assertThat(counts[DelayBuckets.COUNT - 1]).isEqualTo(1);
        assertThat(Arrays.stream(counts).sum()).isEqualTo(delays.length);
    }

    @Test
    void shouldFindTheBucketWhoseBoundsHoldTheDelay() {
        var random = new Random(5);
        for (int i = 0; i < 1_000_000; i++) {
            long delayNs = random.nextLong(1L << (1 + random.nextInt(33)));
            int bucket = DelayBuckets.of(delayNs);
            assertThat(delayNs).isGreaterThanOrEqualTo(DelayBuckets.lowestNs(bucket));
            assertThat(delayNs).isLessThan(DelayBuckets.lowestNs(bucket + 1));
        }
    }

    @Test
    void shouldBoundPercentilesByOneBucket() {
        var random = new Random(6);
        for (int round = 0; round < 200; round++) {
            var delays = random.longs(1 + random.nextInt(500), 0, 1L << (11 + random.nextInt(20)))
                    .sorted()
                    .toArray();
            var counts = new int[DelayBuckets.COUNT];
            for (long delayNs : delays) {
                counts[DelayBuckets.of(delayNs)]++;
            }
            double percent = 100 * (1 - random.nextDouble());
            long exact = delays[(int) Math.max(1, Math.ceil(delays.length * percent / 100)) - 1];
            long told = DelayBuckets.percentileNs(counts, percent);
            assertThat(told).isEqualTo(DelayBuckets.lowestNs(DelayBuckets.of(exact) + 1));
        }
        assertThat(DelayBuckets.percentileNs(new int[DelayBuckets.COUNT], 99)).isZero();
    }

    @Test
    void shouldRefuseAnIdOutOfRange() {
        assertThatThrownBy(() -> reader.classCounts(500)).hasMessage("classId=500 is not in 0..499");
        assertThatThrownBy(() -> reader.classDelays(-1, new int[DelayBuckets.COUNT]))
                .hasMessage("classId=-1 is not in 0..499");
    }
}
