package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.SimulatedLink.rate;
import static io.vireo.dataplane.schedule.SimulatedLink.settings;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vireo.dataplane.wire.value.ClassSpec;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class SchedulerAllocationTest {
    private static final int LEAVES = 500;
    private static final long MEGABIT = 1_000_000;

    private final HfscScheduler scheduler = new HfscScheduler(HfscLimits.ethernet(1_024, 4_096, 1));
    private final DequeuedBurst burst = new DequeuedBurst(32);
    private final int[] classIds = new int[32];
    private final ClassSpec plain = settings().guarantee(rate(MEGABIT)).codel(5_000_000, 100_000_000);
    private final ClassSpec bent = settings()
            .realTime(MEGABIT, 1_000_000, 2 * MEGABIT)
            .linkShare(rate(MEGABIT))
            .upperLimit(rate(9 * MEGABIT));
    private long nowNs;
    private int next;

    @Test
    void shouldAllocateNothingOverAMillionPacketsAndThousandsOfChanges() {
        scheduler.quotas().set(0, 4_096, 1L << 40);
        for (int id = 1; id <= LEAVES; id++) {
            scheduler.classes().add(id, id <= 10 ? 0 : 1 + id % 10, plain, 0);
        }
        run(20_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long cost = threads.getCurrentThreadAllocatedBytes() - before;
        run(70_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before - 2 * cost;
        assertThat(scheduler.statistics().wireBytes(0)).isGreaterThan(300_000_000L);
        assertThat(allocated).as("bytes").isLessThanOrEqualTo(0);
    }

    private void run(int bursts) {
        for (int i = 0; i < bursts; i++) {
            nowNs += 20_000;
            for (int k = 0; k < 16; k++) {
                next = (next * 1_103_515_245 + 12_345) & 0x7FFF_FFFF;
                classIds[k] = 11 + (next >>> 8) % (LEAVES - 10);
            }
            scheduler.prefetch(classIds, 0, 16);
            for (int k = 0; k < 16; k++) {
                scheduler.enqueue(classIds[k], k, 700, 0, nowNs);
            }
            scheduler.dequeue(nowNs, burst);
            if (i % 16 == 0) {
                change(classIds[0], i);
            }
        }
    }

    private void change(int id, int round) {
        switch (round / 16 % 4) {
            case 0 -> scheduler.classes().alter(id, bent, nowNs);
            case 1 -> scheduler.classes().alter(id, plain, nowNs);
            case 2 -> scheduler.classes().move(id, 1 + round % 10, nowNs);
            default -> {
                scheduler.classes().remove(id);
                scheduler.classes().add(id, 1 + round % 10, plain, nowNs);
            }
        }
    }
}
