package io.vireo.dataplane;

import static io.vireo.dataplane.ClassRig.guarantee;
import static io.vireo.dataplane.ClassRig.share;
import static io.vireo.dataplane.ClassRig.udp;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.counters.TrafficCounts;
import io.vireo.dataplane.wire.value.ClassSpec;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Classes change while packets flow: no packet is lost that was queued, none is kept, nothing is allocated. */
class ClassChangesTest {
    private static final int OVERHEAD = 24;
    private static final int INTERFACES = 4;
    private static final int CLASSES = 40;
    private static final long RATE = 20_000_000;

    private final Random random = new Random(20261120);
    private final UnsafeBuffer[] frames = new UnsafeBuffer[16];
    private long injected;

    ClassChangesTest() {
        for (int n = 0; n < frames.length; n++) {
            frames[n] = udp(60 + random.nextInt(1_400), random.nextInt(64), random.nextInt(4), random.nextInt(65_536));
        }
    }

    @Test
    void shouldLoseNoQueuedPacketWhileClassesChange() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, INTERFACES);
            rig.proxy.classes().setPortRate(1, 0, RATE, OVERHEAD);
            rig.settle();
            for (int step = 0; step < 8_000; step++) {
                change(rig);
                load(rig);
                rig.conductor.doWork();
                rig.round(random.nextInt(400_000));
                rig.hear();
            }
            assertThat(rig.events.refusals).as("a tree of random commands").isNotEmpty();
            rig.pass(60_000_000_000L, 3_000_000);
            assertThat(rig.buffersInUse())
                    .as("everything has left, by its class or another")
                    .isZero();
            assertThat(sentAndRefused(rig)).isEqualTo(injected);
        }
    }

    /** Packets at the queues' doors may be refused; whatever was let in must leave. */
    private static long sentAndRefused(ClassRig rig) {
        long packets = 0;
        for (int n = 0; n < INTERFACES; n++) {
            packets += rig.sent(n);
        }
        return packets
                + rig.dropped(DropReason.CLASS_QUEUE_FULL)
                + rig.dropped(DropReason.QUOTA_USED_UP)
                + rig.dropped(DropReason.QUEUE_FULL)
                + rig.dropped(DropReason.STANDING_QUEUE);
    }

    private void load(ClassRig rig) {
        for (int n = random.nextInt(6); n > 0; n--) {
            rig.inject(random.nextInt(INTERFACES), frames[random.nextInt(frames.length)]);
            injected++;
        }
    }

    /** Mostly sensible, sometimes not. */
    private void change(ClassRig rig) {
        int id = 1 + random.nextInt(CLASSES);
        int interfaceId = id % (INTERFACES + 1) - 1;
        switch (random.nextInt(8)) {
            case 0, 1, 2 ->
                rig.proxy.classes().addClass(1, id, random.nextInt(CLASSES + 1), 0, interfaceId, spec(), "c");
            case 3 -> rig.proxy.classes().addClass(1, id, 0, 0, interfaceId, spec(), "c");
            case 4, 5 -> rig.proxy.classes().removeClass(1, id);
            case 6 ->
                rig.proxy
                        .classes()
                        .setClassFilter(
                                1,
                                random.nextInt(INTERFACES),
                                random.nextInt(CLASSES + 1),
                                new long[random.nextInt(2) * 20]);
            default -> rig.proxy.classes().setQuota(1, random.nextInt(4), random.nextInt(600), 1_000_000);
        }
    }

    private ClassSpec spec() {
        long rate = 8_000L + random.nextInt(20_000_000);
        ClassSpec spec = random.nextBoolean() ? guarantee(rate) : share(rate);
        if (random.nextInt(4) == 0) {
            spec.upperLimit(rate + 1_000_000, 0, rate + 1_000_000);
        }
        if (random.nextInt(3) == 0) {
            spec.codel(5_000_000, 100_000_000);
        }
        return spec.queue(1 + random.nextInt(200), 100_000).quota(random.nextInt(4));
    }

    @Test
    void shouldStopWithPacketsInEveryKindOfClass() {
        for (int round = 0; round < 4; round++) {
            try (ClassRig rig = new ClassRig()) {
                rig.port(0, 0, INTERFACES);
                rig.proxy.classes().setPortRate(1, 0, 100_000, OVERHEAD);
                for (int step = 0; step < 300; step++) {
                    change(rig);
                    load(rig);
                    rig.conductor.doWork();
                    rig.round(10_000);
                    rig.hear();
                }
                assertThat(rig.buffersInUse()).isPositive();
            } // which audits the buffers
        }
    }

    @Test
    void shouldKeepAGuaranteeWhileNeighboursChange() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, INTERFACES);
            rig.proxy.classes().setPortRate(1, 0, RATE, OVERHEAD);
            rig.proxy.classes().setQuota(1, 9, 500, 1_000_000);
            rig.proxy.classes().addClass(1, 900, 0, 0, 3, guarantee(RATE / 2).quota(9), "kept");
            rig.settle();
            UnsafeBuffer frame = udp(1_000, 0, 0, 80);
            TrafficCounts before = rig.statistics.interfaceCounts(3);
            for (int step = 0; step < 10_000; step++) {
                int id = 1 + random.nextInt(10);
                if (random.nextBoolean()) {
                    rig.proxy.classes().addClass(1, id, 0, 0, id % 3, share(8_000 + random.nextInt(10_000_000)), "c");
                } else {
                    rig.proxy.classes().removeClass(1, id);
                }
                for (int n = 0; n < 4; n++) {
                    rig.inject(n, frame);
                }
                rig.conductor.doWork();
                rig.round(200_000);
                rig.hear();
                if (step == 1_000) {
                    before = rig.statistics.interfaceCounts(3);
                }
            }
            TrafficCounts after = rig.statistics.interfaceCounts(3);
            double wireBits = 8.0 * (after.txBytes() - before.txBytes())
                    + 8.0 * OVERHEAD * (after.txPackets() - before.txPackets());
            double seconds = 9_000 * 200e-6;
            assertThat(wireBits / seconds).isGreaterThanOrEqualTo(RATE / 2.0 * 0.99);
        }
    }

    @Test
    void shouldAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, INTERFACES);
            rig.proxy.classes().setPortRate(1, 0, RATE, OVERHEAD);
            rig.settle();
            long allocated = Long.MAX_VALUE;
            for (int window = 0; window < 10 && allocated > 0; window++) {
                allocated = 0;
                for (int step = 0; step < 3_000; step++) {
                    change(rig);
                    load(rig);
                    long before = threads.getCurrentThreadAllocatedBytes();
                    rig.conductor.doWork();
                    rig.round(200_000);
                    allocated += threads.getCurrentThreadAllocatedBytes() - before;
                    rig.hear();
                }
            }
            assertThat(allocated).isZero();
        }
    }
}
