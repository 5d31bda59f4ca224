package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.SimulatedLink.rate;
import static io.vireo.dataplane.schedule.SimulatedLink.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.value.ClassSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 8289 with its own numbers: target 5 ms, interval 100 ms. */
class CoDelTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long TARGET = 5 * MILLISECOND;
    private static final long INTERVAL = 100 * MILLISECOND;
    private static final int ECT_0 = 2;
    private static final int LEAF = 1;

    private final HfscScheduler scheduler = new HfscScheduler(HfscLimits.ethernet(4, 4_096, 1));
    private final DequeuedBurst burst = new DequeuedBurst(1);

    private void start(int ecnCodepoint) {
        scheduler.quotas().set(0, 4_096, 1L << 40);
        ClassSpec settings = settings().guarantee(rate(12_000_000)).codel(TARGET, INTERVAL);
        assertThat(scheduler.classes().add(LEAF, 0, settings, 0)).isEqualTo(ClassChange.DONE);
        for (int i = 0; i < 2_000; i++) {
            scheduler.enqueue(LEAF, i, 1_500, ecnCodepoint, 0);
        }
    }

    /** The times, in ms, at which packets were dropped, one packet a millisecond being taken. */
    private List<Long> dropsUntil(long endMs) {
        List<Long> drops = new ArrayList<>();
        for (long ms = 1; ms <= endMs; ms++) {
            scheduler.dequeue(ms * MILLISECOND, burst);
            for (int i = 0; i < burst.droppedCount(); i++) {
                drops.add(ms);
            }
        }
        return drops;
    }

    @Test
    void shouldDropByTheSquareRootLawAfterOneIntervalAboveTarget() {
        start(0);
        // Above target from 5 ms; first drop one interval later, then after 100, 100/sqrt 2, 100/sqrt 3 …
        assertThat(dropsUntil(420)).containsExactly(105L, 205L, 276L, 334L, 384L);
        assertThat(scheduler.statistics().droppedPackets(LEAF, QueueVerdict.CODEL))
                .isEqualTo(5);
    }

    @Test
    void shouldMarkInsteadOfDroppingWhatIsEcnCapable() {
        start(ECT_0);
        List<Long> marks = new ArrayList<>();
        for (long ms = 1; ms <= 420; ms++) {
            scheduler.dequeue(ms * MILLISECOND, burst);
            assertThat(burst.droppedCount()).isZero();
            if (burst.isMarked(0)) {
                marks.add(ms);
            }
        }
        assertThat(marks).containsExactly(105L, 205L, 276L, 334L, 384L);
        assertThat(scheduler.statistics().markedPackets(LEAF)).isEqualTo(5);
        assertThat(scheduler.statistics().sentPackets(LEAF)).isEqualTo(420);
    }

    @Test
    void shouldStopWhenTheQueueNoLongerStands() {
        start(0);
        dropsUntil(300);
        for (int i = 0; i < 3_000; i++) {
            scheduler.dequeue(300 * MILLISECOND, burst);
        }
        for (long ms = 301; ms < 1_000; ms++) {
            scheduler.enqueue(LEAF, ms, 1_500, 0, ms * MILLISECOND);
            scheduler.dequeue(ms * MILLISECOND, burst);
            assertThat(burst.droppedCount()).isZero();
            assertThat(burst.sentCount()).isEqualTo(1);
        }
    }

    @Test
    void shouldLeaveAQueueOfLessThanAFrameAlone() {
        scheduler.quotas().set(0, 4_096, 1L << 40);
        scheduler.classes().add(LEAF, 0, settings().guarantee(rate(12_000)).codel(TARGET, INTERVAL), 0);
        for (long ms = 0; ms < 20_000; ms += 1_000) {
            scheduler.enqueue(LEAF, ms, 1_500, 0, ms * MILLISECOND);
            scheduler.dequeue((ms + 999) * MILLISECOND, burst);
            assertThat(burst.droppedCount()).isZero();
        }
    }

    @Test
    void shouldResumeItsRateWhenTheQueueStandsAgainSoon() {
        CoDel codel = new CoDel(1, 1_500);
        codel.configure(0, TARGET, INTERVAL);
        long ms = 0;
        int first = 0;
        for (; ms < 2_000; ms++) {
            first += codel.shouldDrop(0, 2 * TARGET, 1 << 20, ms * MILLISECOND) ? 1 : 0;
        }
        codel.shouldDrop(0, 0, 1 << 20, ms * MILLISECOND);
        int again = 0;
        for (long end = ms + 300; ms < end; ms++) {
            again += codel.shouldDrop(0, 2 * TARGET, 1 << 20, ms * MILLISECOND) ? 1 : 0;
        }
        assertThat(first).isGreaterThan(50);
        assertThat(again)
                .as("200 ms at the rate it had, not at that of a beginner")
                .isGreaterThan(8);
    }
}
