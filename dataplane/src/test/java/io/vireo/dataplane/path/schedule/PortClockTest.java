package io.vireo.dataplane.path.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PortClockTest {
    private static final long SLACK = 5;

    private final PortClock clock = new PortClock(SLACK);

    @Test
    void shouldGoWithTheWorkerWhileItComesOften() {
        assertThat(clock.at(1_000, false)).isEqualTo(1_000);
        for (long now = 1_000; now < 2_000; now += SLACK) {
            assertThat(clock.at(now, true)).isEqualTo(now);
        }
    }

    @Test
    void shouldStandWhileTheWorkerIsAwayAndPacketsWait() {
        clock.at(1_000, false);
        assertThat(clock.at(1_100, true)).isEqualTo(1_000 + SLACK);
        assertThat(clock.at(1_101, true)).isEqualTo(1_001 + SLACK);
        assertThat(clock.at(2_000, false)).as("nobody waited").isEqualTo(1_900 + SLACK);
        assertThat(clock.workerNs(1_900 + SLACK)).isEqualTo(2_000);
    }

    /** Whatever happens, scheduler time never goes back, and what has elapsed is the worker's time. */
    @Test
    void shouldKnowHowLongEachPacketHasWaited() {
        Random random = new Random(1);
        for (int run = 0; run < 1_000; run++) {
            PortClock any = new PortClock(SLACK);
            long now = random.nextInt(1_000);
            long before = any.at(now, false);
            List<long[]> arrivals = new ArrayList<>();
            for (int n = 0; n < 14; n++) {
                arrivals.add(new long[] {now, before});
                now += random.nextInt(3 * (int) SLACK);
                long scheduler = any.at(now, true);
                assertThat(scheduler).isGreaterThanOrEqualTo(before);
                for (long[] arrival : arrivals) {
                    assertThat(any.elapsedNs(arrival[1], scheduler)).isEqualTo(now - arrival[0]);
                }
                before = scheduler;
            }
        }
    }
}
