package io.vireo.dataplane;

import static io.vireo.dataplane.ClassRig.guarantee;
import static io.vireo.dataplane.ClassRig.share;
import static io.vireo.dataplane.ClassRig.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vireo.dataplane.schedule.policy.ClassFilterCompiler;
import io.vireo.dataplane.schedule.policy.ClassFilterRule;
import io.vireo.dataplane.schedule.policy.PortRange;
import io.vireo.dataplane.wire.code.ClassDropReason;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.counters.ClassCounts;
import io.vireo.dataplane.wire.layout.DelayBuckets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The schedule stage from command to transmit queue, with real packet buffers and time of the test's own. */
class ClassSchedulingTest {
    private static final int OVERHEAD = 24;
    private static final int FRAME_BYTES = 1_000;
    private static final int VLAN_TAG = 4;
    private static final long SECOND_NS = 1_000_000_000L;

    private final UnsafeBuffer frame = udp(FRAME_BYTES, 0, 0, 80);

    @Test
    void shouldPassStraightThroughWithoutClasses() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 2);
            for (int n = 0; n < 60; n++) {
                rig.inject(n % 2, frame);
            }
            rig.round(1);
            assertThat(rig.sent(0)).isEqualTo(30);
            assertThat(rig.sent(1)).isEqualTo(30);
        }
    }

    @Test
    void shouldKeepThePortsRate() {
        keepRate(10_000_000, SECOND_NS, 100_000);
        keepRate(1_000_000_000, SECOND_NS / 20, 40_000);
        keepRate(10_000_000_000L, SECOND_NS / 200, 4_000);
    }

    private void keepRate(long rate, long ns, long stepNs) {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 1);
            rig.proxy.classes().setPortRate(1, 0, rate, OVERHEAD);
            rig.settle();
            flood(rig, ns / 10, stepNs, 0);
            long before = rig.sent(0);
            flood(rig, ns, stepNs, 0);
            double bits = (rig.sent(0) - before) * (FRAME_BYTES + OVERHEAD) * 8.0;
            assertThat(bits * SECOND_NS / ns).isCloseTo((double) rate, within(rate / 100.0));
            assertThat(rig.dropped(DropReason.QUEUE_FULL) + rig.dropped(DropReason.CLASS_QUEUE_FULL))
                    .isPositive();
        }
    }

    @Test
    void shouldCountTheOverheadThatAPortIsToldAndAnotherFromThenOn() {
        long rate = 10_000_000;
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 1);
            rig.proxy.classes().addClass(1, 1, 0, 0, 0, guarantee(rate / 2), "link");
            for (int overheadBytes : new int[] {0, 256, OVERHEAD}) {
                rig.proxy.classes().setPortRate(2, 0, rate, overheadBytes);
                rig.settle();
                flood(rig, SECOND_NS / 10, 100_000, 0);
                long packets = rig.sent(0);
                long wireBytes = rig.counts(1).wireBytes();
                flood(rig, SECOND_NS, 100_000, 0);
                double bits = (rig.sent(0) - packets) * (FRAME_BYTES + VLAN_TAG + overheadBytes) * 8.0;
                assertThat(bits).as("overhead " + overheadBytes).isCloseTo((double) rate, within(rate / 100.0));
                assertThat((rig.counts(1).wireBytes() - wireBytes) * 8.0).isCloseTo(bits, within(rate / 100.0));
            }
        }
    }

    /** Keeps interfaces backlogged for so long. */
    private void flood(ClassRig rig, long ns, long stepNs, int... interfaces) {
        long endNs = rig.nowNs + ns;
        while (rig.nowNs < endNs) {
            for (int n = 0; n < 60; n++) {
                rig.inject(interfaces[n % interfaces.length], frame);
            }
            rig.round(stepNs);
        }
    }

    @Test
    void shouldDeliverGuaranteesAndLendWhatIsIdle() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 2);
            rig.proxy.classes().setPortRate(1, 0, 100_000_000, OVERHEAD);
            rig.proxy.classes().addClass(2, 1, 0, 0, 0, guarantee(60_000_000), "blue");
            rig.proxy.classes().addClass(3, 2, 0, 0, 1, guarantee(40_000_000), "red");
            rig.settle();
            flood(rig, SECOND_NS / 2, 100_000, 0, 1);
            double blue = rig.sent(0);
            double red = rig.sent(1);
            assertThat(blue / (blue + red)).isCloseTo(0.6, within(0.006));
            flood(rig, SECOND_NS / 2, 100_000, 1);
            rig.pass(SECOND_NS, 100_000);
            ClassCounts counts = rig.counts(2);
            assertThat(counts.sentPackets()).isEqualTo(rig.sent(1));
            assertThat(counts.wireBytes()).isEqualTo(counts.sentPackets() * (FRAME_BYTES + VLAN_TAG + OVERHEAD));
            assertThat(counts.guaranteedWireBytes()).isPositive().isLessThan(counts.wireBytes());
            assertThat(counts.drops(ClassDropReason.CLASS_PACKETS)).isPositive();
            assertThat(counts.queuedPackets()).isZero();
            assertThat(rig.dropped(DropReason.CLASS_QUEUE_FULL) + rig.dropped(DropReason.QUOTA_USED_UP))
                    .isEqualTo(counts.droppedPackets() + rig.counts(1).droppedPackets());
            int[] delays = new int[DelayBuckets.COUNT];
            rig.statistics.classDelays(2, delays);
            assertThat(java.util.Arrays.stream(delays).sum()).isEqualTo((int) counts.sentPackets());
            assertThat(DelayBuckets.percentileNs(delays, 50)).isGreaterThan(10_000_000);
        }
    }

    /** Who begins as the worker comes back does not wait until others have what its absence has cost them. */
    @Test
    void shouldDeliverGuaranteesAsSoonAsTheWorkerIsBack() {
        long absenceNs = 375_000_000;
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 2);
            rig.proxy.classes().setPortRate(1, 0, 50_000_000, OVERHEAD);
            rig.proxy.classes().addClass(2, 1, 0, 0, 0, guarantee(30_000_000), "blue");
            rig.proxy.classes().addClass(3, 2, 0, 0, 1, guarantee(20_000_000), "red");
            rig.settle();
            flood(rig, SECOND_NS / 2, 100_000, 1);
            rig.nowNs += absenceNs;
            double red = rig.sent(1);
            flood(rig, SECOND_NS / 2, 100_000, 0, 1);

            assertThat(rig.sent(0) / (rig.sent(0) + rig.sent(1) - red)).isCloseTo(0.6, within(0.04));
            int[] delays = new int[DelayBuckets.COUNT];
            rig.statistics.classDelays(2, delays);
            assertThat(DelayBuckets.percentileNs(delays, 100))
                    .as("what was queued meanwhile has waited")
                    .isGreaterThan(absenceNs);
        }
    }

    /** It is guaranteed little more than it sends, and lent nothing, so what short absences cost it would never be made up for. */
    @Test
    void shouldKeepTheDelayOfAClassNearItsRateWhileTheWorkerIsOftenAway() {
        long everyNs = 60_000_000;
        long awayNs = 20_000_000;
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 2);
            rig.proxy.classes().setPortRate(1, 0, 50_000_000, OVERHEAD);
            rig.proxy.classes().addClass(2, 1, 0, 0, 0, guarantee(1_000_000), "voice");
            rig.proxy.classes().addClass(3, 2, 0, 0, 1, guarantee(20_000_000), "red");
            rig.settle();
            UnsafeBuffer voice = udp(250, 0, 0, 80);
            long nextNs = rig.nowNs;
            long endNs = rig.nowNs + 3 * SECOND_NS;
            while (rig.nowNs < endNs) {
                rig.nowNs += rig.nowNs % everyNs < 100_000 ? awayNs : 0;
                for (; nextNs <= rig.nowNs; nextNs += 2_500_000) { // 877 kbit/s
                    rig.inject(0, voice);
                }
                for (int n = 0; n < 20; n++) {
                    rig.inject(1, frame);
                }
                rig.round(100_000);
            }
            int[] delays = new int[DelayBuckets.COUNT];
            rig.statistics.classDelays(1, delays);
            assertThat(DelayBuckets.percentileNs(delays, 100))
                    .as("of one absence, not of all")
                    .isLessThan(2 * awayNs);
        }
    }

    @Test
    void shouldLetPacketsPassTheClassesOfAnIdlePortAndCountThem() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 2);
            rig.proxy.classes().setPortRate(1, 0, 10_000_000_000L, OVERHEAD);
            rig.proxy.classes().addClass(2, 1, 0, 0, 0, guarantee(60_000_000), "blue");
            rig.proxy.classes().addClass(3, 2, 0, 0, 1, share(40_000_000).codel(1, 1), "red");
            rig.settle();
            rig.pass(10_000_000, 1_000_000); // the port's limit begins when it is set
            for (int n = 0; n < 60; n++) {
                rig.inject(n % 2, frame);
            }
            rig.round(0);
            assertThat(rig.sent(0) + rig.sent(1)).isEqualTo(60);
            rig.pass(10_000_000, 1_000_000);
            for (int classId = 1; classId <= 2; classId++) {
                assertThat(rig.counts(classId).sentPackets()).isEqualTo(30);
                assertThat(rig.counts(classId).sentBytes()).isEqualTo(30L * (FRAME_BYTES + VLAN_TAG * (classId - 1)));
                int[] delays = new int[DelayBuckets.COUNT];
                rig.statistics.classDelays(classId, delays);
                assertThat(delays[0]).isEqualTo(30);
            }
        }
    }

    @Test
    void shouldFindTheLeafAnewWhenClassesChange() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 1);
            rig.proxy.classes().setPortRate(1, 0, 10_000_000_000L, OVERHEAD);
            rig.settle();
            injectAndPass(rig);
            rig.proxy.classes().addClass(2, 1, 0, 0, 0, share(1_000_000), "link");
            rig.settle();
            injectAndPass(rig);
            assertThat(rig.counts(1).sentPackets()).isEqualTo(1);
            rig.proxy.classes().addClass(3, 2, 1, 0, 0, share(1_000_000), "below");
            rig.proxy.classes().setClassFilter(4, 0, 2, new long[0]);
            rig.settle();
            injectAndPass(rig);
            assertThat(rig.counts(2).sentPackets()).isEqualTo(1);
            rig.proxy.classes().setClassFilter(5, 0, 0, new long[0]);
            rig.proxy.classes().removeClass(6, 2);
            rig.settle();
            injectAndPass(rig);
            assertThat(rig.counts(1).sentPackets()).isEqualTo(2);
            rig.proxy.classes().removeClass(7, 1);
            rig.settle();
            injectAndPass(rig);
            assertThat(rig.sent(0)).isEqualTo(5);
        }
    }

    private void injectAndPass(ClassRig rig) {
        rig.inject(0, frame);
        rig.pass(2_000_000, 1_000_000);
    }

    @Test
    void shouldChooseTheClassByFilter() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 1);
            link(rig);
            long[] image = ClassFilterCompiler.compile(
                    List.of(
                            ClassFilterRule.to(2).withDscp(46),
                            new ClassFilterRule(3, ClassFilterRule.ANY, 17, null, new PortRange(53, 53), null, null)),
                    0);
            rig.proxy.classes().setClassFilter(5, 0, 4, image);
            rig.settle();
            rig.inject(0, udp(200, 46, 0, 53));
            rig.inject(0, udp(200, 0, 0, 53));
            rig.inject(0, udp(200, 0, 0, 53));
            rig.inject(0, udp(200, 0, 0, 80));
            UnsafeBuffer notIp = new UnsafeBuffer(new byte[60]);
            notIp.putShort(12, (short) 0xb588); // for experiments, IEEE 802 §9.2.3
            rig.inject(0, notIp);
            rig.pass(10_000_000, 1_000_000);
            assertThat(rig.counts(2).sentPackets()).isEqualTo(1);
            assertThat(rig.counts(3).sentPackets()).isEqualTo(2);
            assertThat(rig.counts(4).sentPackets()).isEqualTo(2);
            rig.proxy.classes().setClassFilter(6, 0, 0, new long[0]);
            rig.settle();
            rig.inject(0, udp(200, 46, 0, 53));
            rig.pass(10_000_000, 1_000_000);
            assertThat(rig.counts(2).sentPackets()).isEqualTo(1);
            assertThat(rig.sent(0))
                    .as("what has no class goes to the link's implicit leaf")
                    .isEqualTo(6);
        }
    }

    /** Class 1 is the link of interface 0, with three classes below. */
    private static void link(ClassRig rig) {
        rig.proxy.classes().addClass(1, 1, 0, 0, 0, guarantee(50_000_000), "link");
        rig.proxy.classes().addClass(2, 2, 1, 0, 0, guarantee(10_000_000), "voice");
        rig.proxy.classes().addClass(3, 3, 1, 0, 0, share(10_000_000), "names");
        rig.proxy.classes().addClass(4, 4, 1, 0, 0, share(10_000_000), "bulk");
        rig.settle();
    }

    @Test
    void shouldChooseTheClassOnTheWorkerThatSends() {
        try (ClassRig rig = new ClassRig(2)) {
            rig.port(0, 0, 1);
            rig.proxy.classes().setPortRate(1, 0, 10_000_000, OVERHEAD);
            link(rig);
            rig.proxy.classes().setClassFilter(5, 0, 3, new long[0]);
            rig.settle();
            for (int n = 0; n < 50; n++) {
                rig.inject(1, 0, frame);
            }
            rig.pass(SECOND_NS, 1_000_000);
            assertThat(rig.counts(3).sentPackets()).isEqualTo(50);
        }
    }

    @Test
    void shouldDropByQuota() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 1);
            rig.proxy.classes().setPortRate(1, 0, 1_000_000, OVERHEAD);
            rig.proxy.classes().setQuota(1, 9, 20, 1_000_000);
            rig.proxy.classes().addClass(2, 1, 0, 0, 0, share(1_000_000).quota(9), "blue");
            rig.settle();
            for (int n = 0; n < 50; n++) {
                rig.inject(0, frame);
            }
            rig.round(0);
            rig.pass(2 * SECOND_NS, 1_000_000);
            assertThat(rig.counts(1).sentPackets())
                    .as("a class alone: eight ninths, rounded down")
                    .isEqualTo(17);
            assertThat(rig.dropped(DropReason.QUOTA_USED_UP)).isEqualTo(33);
            assertThat(rig.counts(1).drops(ClassDropReason.QUOTA_PACKETS)).isEqualTo(33);
        }
    }

    @Test
    void shouldDropOrMarkWhatStandsTooLong() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 2);
            rig.proxy.classes().setPortRate(1, 0, 10_000_000, OVERHEAD);
            rig.proxy.classes().addClass(1, 1, 0, 0, 0, share(5_000_000).codel(5_000_000, 100_000_000), "drops");
            rig.proxy.classes().addClass(1, 2, 0, 0, 1, share(5_000_000).codel(5_000_000, 100_000_000), "marks");
            rig.settle();
            UnsafeBuffer capable = udp(FRAME_BYTES, 0, 2, 80);
            for (int n = 0; n < 10_000; n++) {
                rig.inject(0, frame);
                rig.inject(1, capable);
                rig.round(400_000);
            }
            rig.pass(2_000_000, 1_000_000);
            assertThat(rig.counts(1).drops(ClassDropReason.CODEL)).isPositive();
            assertThat(rig.counts(1).markedPackets()).isZero();
            assertThat(rig.counts(2).drops(ClassDropReason.CODEL)).isZero();
            assertThat(rig.counts(2).markedPackets()).isPositive();
            assertThat(rig.dropped(DropReason.STANDING_QUEUE))
                    .isEqualTo(rig.counts(1).drops(ClassDropReason.CODEL));
        }
    }

    @Test
    void shouldFreeWhatIsQueuedWhenThePortGoes() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 1);
            rig.proxy.classes().setPortRate(1, 0, 1_000_000, OVERHEAD);
            link(rig);
            for (int n = 0; n < 60; n++) {
                rig.inject(0, frame);
            }
            rig.round(0);
            assertThat(rig.buffersInUse()).isGreaterThan(50);
            for (int id = 4; id > 0; id--) {
                rig.proxy.classes().removeClass(id, id);
            }
            rig.proxy.topology().removeInterface(9, 0);
            rig.proxy.topology().removePort(10, 0);
            rig.settle();
            assertThat(rig.buffersInUse()).isZero();
            assertThat(rig.dropped(DropReason.PORT_DOWN)).isGreaterThan(50);
            rig.port(0, 0, 1);
            rig.proxy.classes().setPortRate(1, 0, 8_000_000, OVERHEAD);
            rig.settle();
            flood(rig, SECOND_NS, 1_000_000, 0);
            assertThat(rig.sent(0))
                    .as("the port's scheduler in its second life")
                    .isBetween(900L, 1_000L);
        }
    }

    @Test
    void shouldGoBackToPassingStraightThrough() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 1);
            rig.proxy.classes().setPortRate(1, 0, 8_000_000, OVERHEAD);
            rig.settle();
            for (int n = 0; n < 50; n++) {
                rig.inject(0, frame);
            }
            rig.round(0);
            rig.proxy.classes().setPortRate(1, 0, 0, OVERHEAD);
            rig.settle();
            assertThat(rig.sent(0)).isEqualTo(50);
            rig.inject(0, frame);
            rig.round(0);
            assertThat(rig.sent(0)).isEqualTo(51);
        }
    }

    @Test
    void shouldSweepWhatIsNotRepeated() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 2);
            rig.proxy.classes().setPortRate(1, 0, 1_000_000, OVERHEAD);
            rig.proxy.classes().setQuota(1, 5, 100, 1_000_000);
            link(rig);
            rig.proxy.classes().setClassFilter(5, 0, 4, new long[0]);
            rig.settle();
            rig.proxy.resyncBegin(20, 1);
            String device = "net_null_classes" + rig.serial() + "x0,no-rx=1";
            rig.proxy.topology().addRouter(21, ClassRig.ROUTER, 7, 1_000, 100, "r");
            rig.proxy.topology().addPort(22, 0, 1, 512, 1_500, "p0", device);
            rig.proxy
                    .topology()
                    .addInterface(23, TestInterfaces.access(0, ClassRig.ROUTER, 0, 0, 0x0200_0000_0001L, 1_500, "i0"));
            rig.proxy.classes().addClass(24, 1, 0, 0, 0, guarantee(50_000_000), "link");
            rig.proxy.classes().addClass(25, 3, 1, 0, 0, share(10_000_000), "names");
            rig.proxy.resyncEnd(26, 1);
            rig.settle();
            assertThat(rig.events.sweeps).hasSize(1);
            rig.proxy.classes().removeClass(30, 2);
            rig.proxy.classes().removeClass(31, 4);
            rig.proxy.classes().removeClass(32, 3);
            rig.conduct();
            assertThat(rig.events.refusals)
                    .containsExactly(
                            "NOT_FOUND classId: there is no class 2", "NOT_FOUND classId: there is no class 4");
            for (int n = 0; n < 50; n++) {
                rig.inject(0, frame);
            }
            rig.round(0);
            assertThat(rig.sent(0)).as("the rate was not repeated").isEqualTo(50);
        }
    }

    @Test
    void shouldRefuseWhatContradictsTheBooks() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 2);
            rig.port(1, 10, 1);
            link(rig);
            rig.proxy.classes().addClass(1, 9, 0, 5, -1, share(8_000), "c");
            rig.proxy.classes().addClass(1, 9, 0, 0, 77, share(8_000), "c");
            rig.proxy.classes().addClass(1, 9, 0, 0, 10, share(8_000), "c");
            rig.proxy.classes().addClass(1, 9, 8, 0, 1, share(8_000), "c");
            rig.proxy.classes().addClass(1, 9, 1, 0, 1, share(8_000), "c");
            rig.proxy.classes().addClass(1, 9, 0, 0, 0, share(8_000), "c");
            rig.proxy.classes().addClass(1, 9, 0, 0, 1, share(8_000).quota(3), "c");
            rig.proxy.classes().addClass(1, 1, 2, 0, 0, guarantee(50_000_000), "link");
            rig.proxy.classes().addClass(1, 1, 0, 1, 10, guarantee(50_000_000), "link");
            rig.proxy.classes().removeClass(1, 1);
            rig.proxy.topology().removeInterface(1, 0);
            rig.proxy.classes().setClassFilter(1, 0, 9, new long[0]);
            rig.proxy.classes().setClassFilter(1, 0, 0, new long[20]);
            rig.proxy.classes().setQuota(1, 3, 100_000, 1);
            rig.proxy.classes().setQuota(1, 0, 0, 1);
            rig.proxy.classes().setPortRate(1, 7, 8_000, OVERHEAD);
            rig.conduct();
            assertThat(rig.events.refusals)
                    .extracting(text -> text.split(":", 2)[0])
                    .containsExactly(
                            "NOT_FOUND portId",
                            "NOT_FOUND interfaceId",
                            "INVALID interfaceId",
                            "NOT_FOUND parentClassId",
                            "INVALID interfaceId",
                            "IN_USE interfaceId",
                            "NOT_FOUND quotaId",
                            "INVALID parentClassId",
                            "IN_USE portId",
                            "IN_USE classId",
                            "IN_USE interfaceId",
                            "NOT_FOUND defaultClassId",
                            "INVALID image",
                            "LIMIT packets",
                            "IN_USE packets",
                            "NOT_FOUND portId");
        }
    }

    @Test
    void shouldAnswerABarrierOnlyWhenTheWorkerHasCarriedOutTheOrders() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 1);
            rig.proxy.classes().addClass(1, 1, 0, 0, 0, share(8_000), "c");
            rig.proxy.barrier(99);
            for (int n = 0; n < 10; n++) {
                rig.conductor.doWork();
            }
            rig.hear();
            assertThat(rig.events.results).doesNotContainKey(99L);
            rig.conduct();
            assertThat(rig.events.results).containsKey(99L);
        }
    }
}
