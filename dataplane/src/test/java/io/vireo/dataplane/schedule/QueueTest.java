package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.SimulatedLink.rate;
import static io.vireo.dataplane.schedule.SimulatedLink.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.value.ClassSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueueTest {
    private static final long MEGABIT = 1_000_000;

    private final HfscScheduler scheduler = new HfscScheduler(HfscLimits.ethernet(64, 100, 4));
    private final DequeuedBurst burst = new DequeuedBurst(32);

    private void add(int id, ClassSpec settings) {
        assertThat(scheduler.classes().add(id, 0, settings, 0)).isEqualTo(ClassChange.DONE);
    }

    private QueueVerdict offer(int id, int bytes) {
        return scheduler.enqueue(id, id, bytes, 0, 0);
    }

    @Test
    void shouldKeepEachClassInOrderAndLoseNothing() {
        scheduler.quotas().set(0, 100, 1 << 20);
        Random random = new Random(6);
        List<Deque<Long>> expected = new ArrayList<>();
        for (int id = 0; id < 10; id++) {
            expected.add(new ArrayDeque<>());
            if (id > 0) {
                add(id, settings().guarantee(rate(id * MEGABIT)));
            }
        }
        long packet = 1L << 40;
        long nowNs = 0;
        for (int step = 0; step < 100_000; step++) {
            nowNs += random.nextInt(100_000);
            int id = 1 + random.nextInt(9);
            if (random.nextBoolean()) {
                if (scheduler.enqueue(id, packet, 60 + random.nextInt(1_400), 0, nowNs) == QueueVerdict.QUEUED) {
                    expected.get(id).add(packet);
                }
                packet++;
            } else if (random.nextInt(4) == 0) {
                scheduler.dequeue(nowNs, burst);
                for (int i = 0; i < burst.sentCount(); i++) {
                    assertThat(expected.get(burst.sentClass(i)).remove()).isEqualTo(burst.sent(i));
                }
            }
        }
        long queued = expected.stream().mapToLong(Deque::size).sum();
        assertThat(scheduler.quotas().packets(0)).isEqualTo(queued);
    }

    @Test
    void shouldDropAtTheTailByPacketsAndByBytesAndCountWhy() {
        scheduler.quotas().set(0, 50, 1 << 20);
        add(1, settings().guarantee(rate(MEGABIT)).queue(3, 1 << 20));
        add(2, settings().guarantee(rate(MEGABIT)).queue(50, 1_000));
        assertThat(offer(1, 100)).isEqualTo(QueueVerdict.QUEUED);
        assertThat(offer(1, 100)).isEqualTo(QueueVerdict.QUEUED);
        assertThat(offer(1, 100)).isEqualTo(QueueVerdict.QUEUED);
        assertThat(offer(1, 100)).isEqualTo(QueueVerdict.CLASS_PACKETS);
        assertThat(offer(2, 600)).isEqualTo(QueueVerdict.QUEUED);
        assertThat(offer(2, 401)).isEqualTo(QueueVerdict.CLASS_BYTES);
        assertThat(offer(2, 400)).isEqualTo(QueueVerdict.QUEUED);
        assertThat(offer(0, 100)).isEqualTo(QueueVerdict.NO_CLASS);
        assertThat(offer(64, 100)).isEqualTo(QueueVerdict.NO_CLASS);
        assertThat(offer(-1, 100)).isEqualTo(QueueVerdict.NO_CLASS);
        ClassStatistics statistics = scheduler.statistics();
        assertThat(statistics.droppedPackets(1, QueueVerdict.CLASS_PACKETS)).isEqualTo(1);
        assertThat(statistics.droppedPackets(2, QueueVerdict.CLASS_BYTES)).isEqualTo(1);
        assertThat(statistics.strayPackets()).isEqualTo(3);
        assertThat(statistics.queuedBytes(2)).isEqualTo(1_000);
    }

    @Test
    void shouldNeverLetOneVpnHoldAnothersBuffers() {
        assertThat(scheduler.quotas().set(1, 60, 1 << 20)).isEqualTo(ClassChange.DONE);
        assertThat(scheduler.quotas().set(2, 41, 1 << 20)).isEqualTo(ClassChange.NO_BUFFERS);
        assertThat(scheduler.quotas().set(2, 40, 5_000)).isEqualTo(ClassChange.DONE);
        assertThat(scheduler.quotas().packetsLeft()).isZero();
        assertThat(scheduler.quotas().set(9, 1, 1)).isEqualTo(ClassChange.NO_QUOTA);
        for (int id = 1; id <= 7; id++) {
            add(id, settings().guarantee(rate(MEGABIT)).quota(id <= 4 ? 1 : 2));
        }
        offerAll(1, 28);
        offerAll(2, 28);
        assertThat(offer(1, 100)).as("4 are left, it has 28").isEqualTo(QueueVerdict.QUOTA_PACKETS);
        assertThat(offer(2, 100)).as("4 are left, it has 28").isEqualTo(QueueVerdict.QUOTA_PACKETS);
        offerAll(3, 3);
        assertThat(offer(3, 100)).as("1 is left, it has 3").isEqualTo(QueueVerdict.QUOTA_PACKETS);
        offerAll(4, 1); // the last one is for who has none
        assertThat(offer(4, 100)).isEqualTo(QueueVerdict.QUOTA_PACKETS);
        offerAll(5, 35); // the other VPN's 40 are there
        offerAll(6, 4);
        assertThat(offer(6, 100)).as("1 is left, it has 4").isEqualTo(QueueVerdict.QUOTA_PACKETS);
        offerAll(7, 1);
        assertThat(offer(7, 100)).isEqualTo(QueueVerdict.PORT_PACKETS);
        scheduler.dequeue(0, burst);
        scheduler.quotas().set(2, 40, 100);
        assertThat(offer(5, 100)).isIn(QueueVerdict.QUOTA_BYTES, QueueVerdict.QUOTA_PACKETS);
    }

    private void offerAll(int classId, int packets) {
        for (int i = 0; i < packets; i++) {
            assertThat(offer(classId, 100)).as("%d of class %d", i, classId).isEqualTo(QueueVerdict.QUEUED);
        }
    }

    @Test
    void shouldLeaveABufferToAClassThatHasNoneHoweverManyOthersFill() {
        scheduler.quotas().set(1, 20, 1 << 20);
        for (int id = 1; id <= 7; id++) {
            add(id, settings().guarantee(rate(MEGABIT)).quota(1));
        }
        for (int round = 0; round < 30; round++) {
            for (int id = 1; id <= 6; id++) {
                offer(id, 100);
            }
        }
        assertThat(offer(7, 100)).isEqualTo(QueueVerdict.QUEUED);
    }

    @Test
    void shouldLeaveBytesToClassesThatHoldFew() {
        scheduler.quotas().set(1, 60, 10_000);
        add(1, settings().guarantee(rate(MEGABIT)).quota(1));
        add(2, settings().guarantee(rate(MEGABIT)).quota(1));
        for (int i = 0; i < 9; i++) {
            assertThat(offer(1, 980)).isEqualTo(QueueVerdict.QUEUED);
        }
        assertThat(offer(1, 200)).as("1,180 are left, it has 8,820").isEqualTo(QueueVerdict.QUOTA_BYTES);
        assertThat(offer(2, 1_180)).isEqualTo(QueueVerdict.QUEUED);
        assertThat(offer(2, 1)).isEqualTo(QueueVerdict.QUOTA_BYTES);
        assertThat(scheduler.quotas().bytes(1)).isEqualTo(10_000);
    }

    @Test
    void shouldTakeTheBuffersAlongWhenAClassChangesItsQuota() {
        scheduler.quotas().set(1, 50, 1 << 20);
        scheduler.quotas().set(2, 50, 1 << 20);
        add(1, settings().guarantee(rate(MEGABIT)).quota(1));
        offer(1, 100);
        offer(1, 200);
        scheduler.classes().alter(1, settings().guarantee(rate(MEGABIT)).quota(2), 0);
        assertThat(scheduler.quotas().packets(1)).isZero();
        assertThat(scheduler.quotas().bytes(2)).isEqualTo(300);
        scheduler.dequeue(0, burst);
        scheduler.dequeue(1_000_000_000L, burst);
        assertThat(scheduler.quotas().packets(2)).isZero();
        assertThat(scheduler.quotas().bytes(2)).isZero();
    }

    @Test
    void shouldCountTheWireNotTheFrame() {
        scheduler.quotas().set(0, 50, 1 << 20);
        add(1, settings().linkShare(rate(MEGABIT)));
        offer(1, 60);
        offer(1, 46);
        offer(1, 1_514);
        scheduler.dequeue(0, burst);
        assertThat(scheduler.statistics().wireBytes(1)).isEqualTo(84 + 84 + 1_538);
        assertThat(scheduler.statistics().sentBytes(1)).isEqualTo(60 + 46 + 1_514);
        assertThat(LinkOverhead.ETHERNET_VLAN.wireBytes(60)).isEqualTo(88);
        assertThat(LinkOverhead.ETHERNET_VLAN.wireBytes(40)).isEqualTo(84);
    }
}
