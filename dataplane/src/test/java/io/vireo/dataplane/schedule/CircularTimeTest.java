package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.SimulatedLink.rate;
import static io.vireo.dataplane.schedule.SimulatedLink.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.schedule.policy.ServiceCurve;
import org.junit.jupiter.api.Test;

/** Virtual time goes round at 2^64; at the slowest share a million large packets take it there. */
class CircularTimeTest {
    private static final int BUSY = 1;
    private static final int IDLE = 2;
    private static final int FRAME_BYTES = 65_000;
    private static final int PACKETS_OF_TWO_ROUNDS = 2_300_000;

    private final HfscScheduler scheduler =
            new HfscScheduler(new HfscLimits(64, 256, 1, LinkOverhead.NONE, 1_500, 1_000));
    private final DequeuedBurst burst = new DequeuedBurst(1);

    @Test
    void shouldNeverChooseAClassThatIsIdleHoweverFarVirtualTimeGoes() {
        scheduler.quotas().set(0, 256, 1L << 40);
        for (int id = BUSY; id <= IDLE; id++) {
            scheduler.classes().add(id, 0, settings().linkShare(rate(ServiceCurve.MIN_RATE)), 0);
        }
        offer(IDLE);
        dequeue(IDLE);
        offer(BUSY);
        for (int packet = 0; packet < PACKETS_OF_TWO_ROUNDS; packet++) {
            offer(BUSY);
            dequeue(BUSY);
        }
        offer(BUSY);
        offer(IDLE);
        offer(IDLE);
        for (int round = 0; round < 2; round++) {
            assertThat(new int[] {next(), next()}).containsExactlyInAnyOrder(BUSY, IDLE);
        }
    }

    private void dequeue(int leaf) {
        int chosen = next();
        if (chosen != leaf) {
            throw new AssertionError("chose class " + chosen + ", not " + leaf);
        }
    }

    private int next() {
        return scheduler.dequeue(0, burst) == 1 ? burst.sentClass(0) : ClassTable.NONE;
    }

    private void offer(int leaf) {
        if (scheduler.enqueue(leaf, leaf, FRAME_BYTES, 0, 0) != QueueVerdict.QUEUED) {
            throw new AssertionError("class " + leaf + " took no packet");
        }
    }
}
