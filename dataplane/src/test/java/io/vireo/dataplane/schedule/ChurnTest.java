package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.SimulatedLink.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.schedule.policy.ServiceCurve;
import io.vireo.dataplane.wire.value.ClassSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Classes come, change, move and go at random while packets flow. */
class ChurnTest {
    private static final int IDS = 60;
    private static final int KEPT = 1;
    private static final long LINK_RATE = 1_000_000_000L;
    private static final long KEPT_RATE = 100_000_000L;
    private static final int BYTES = 1_000;
    private static final long BYTE_NS = 8;

    @Test
    void shouldLoseNoPacketAndBreakNoGuaranteeWhateverChanges() {
        for (int seed = 0; seed < 20; seed++) {
            new Churn(seed).run(20_000);
        }
    }

    private static final class Churn {
        private final Random random;
        private final HfscScheduler scheduler =
                new HfscScheduler(new HfscLimits(IDS, 1 << 16, 1, LinkOverhead.NONE, 1_500, 0));
        private final ClassTree classes = scheduler.classes();
        private final DequeuedBurst burst = new DequeuedBurst(1);
        private final Set<Long> queued = new HashSet<>();
        private final Deque<Long> kept = new ArrayDeque<>();
        private long nextPacket;
        private long nowNs = 1;
        private double keptDeadlineNs = 1;

        Churn(int seed) {
            random = new Random(seed);
            scheduler.quotas().set(0, 1 << 16, 1L << 40);
            ClassSpec settings = settings().guarantee(ServiceCurve.linear(KEPT_RATE));
            assertThat(classes.add(KEPT, 0, settings, nowNs)).isEqualTo(ClassChange.DONE);
        }

        void run(int steps) {
            for (int step = 0; step < steps; step++) {
                if (random.nextInt(3) == 0) {
                    change();
                }
                for (int i = random.nextInt(4); i > 0; i--) {
                    offer(2 + random.nextInt(IDS - 2));
                }
                while (kept.size() < 3) {
                    offer(KEPT);
                }
                send();
            }
            while (!queued.isEmpty()) {
                send();
            }
            assertThat(scheduler.nextEventNs()).isEqualTo(Time.NEVER);
            assertThat(scheduler.quotas().packets(0)).isZero();
        }

        private void change() {
            int id = 2 + random.nextInt(IDS - 2);
            switch (random.nextInt(5)) {
                case 0, 1 -> classes.add(id, parent(), randomSettings(), nowNs);
                case 2 -> classes.alter(id, randomSettings(), nowNs);
                case 3 -> classes.move(id, parent(), nowNs);
                default -> classes.remove(id);
            }
        }

        /** Not the kept class: it would be a leaf no more. */
        private int parent() {
            int id = random.nextInt(IDS);
            return id == KEPT ? 0 : id;
        }

        /** No more than a hundredth of the link is promised to any. */
        private ClassSpec randomSettings() {
            ClassSpec settings = settings();
            long rate = 8_000 + random.nextLong(LINK_RATE / 100);
            boolean hasGuarantee = random.nextBoolean();
            if (hasGuarantee) {
                settings.realTime(rate, 1 + random.nextInt(5_000_000), 8_000 + random.nextLong(rate));
            }
            if (!hasGuarantee || random.nextBoolean()) {
                settings.linkShare(ServiceCurve.linear(rate));
                if (random.nextInt(3) == 0) {
                    settings.upperLimit(ServiceCurve.linear(1_000_000 + random.nextLong(LINK_RATE)));
                }
            }
            return settings;
        }

        private void offer(int id) {
            if (scheduler.enqueue(id, nextPacket, BYTES, 0, nowNs) == QueueVerdict.QUEUED) {
                queued.add(nextPacket);
                if (id == KEPT) {
                    kept.add(nextPacket);
                }
            }
            nextPacket++;
        }

        private void send() {
            if (scheduler.dequeue(nowNs, burst) == 0) {
                nowNs = Math.max(nowNs + 1, scheduler.nextEventNs());
                return;
            }
            nowNs += BYTES * BYTE_NS;
            assertThat(queued.remove(burst.sent(0))).isTrue();
            if (burst.sentClass(0) == KEPT) {
                assertThat(kept.remove()).isEqualTo(burst.sent(0));
                double arrivalNs = burst.sentArrivalNs(0);
                keptDeadlineNs = Math.max(arrivalNs, keptDeadlineNs) + BYTES * 8e9 / KEPT_RATE;
                assertThat((double) nowNs).isLessThanOrEqualTo(keptDeadlineNs + BYTES * BYTE_NS + 3);
            }
        }
    }
}
