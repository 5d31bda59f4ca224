package io.vireo.dataplane;

import static io.vireo.dataplane.ClassRig.guarantee;
import static io.vireo.dataplane.ClassRig.share;
import static io.vireo.dataplane.ClassRig.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.value.ClassSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The routers' own network control leaves a full port at once, and whoever can send it gains nothing by sending more. */
class OwnControlTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long STEP_NS = 100_000;
    private static final long MBIT = 1_000_000;
    private static final int OVERHEAD = 24;
    private static final int CUSTOMER = 0;
    private static final int OTHER = 1;
    private static final int CS6 = 48;

    private final UnsafeBuffer bulk = udp(1_400, 0, 0, 9);

    private static Map<String, UnsafeBuffer> control() {
        Map<String, UnsafeBuffer> frames = new LinkedHashMap<>();
        frames.put("ARP", ethernet(0x0806, 42));
        frames.put("neighbour advertisement", with(ethernet(0x86dd, 86), 20, 58, 54, 136));
        frames.put("OSPF", with(ethernet(0x0800, 80), 14, 0x45, 23, 89));
        frames.put("OSPFv3", with(ethernet(0x86dd, 90), 20, 89));
        frames.put("VRRP", with(ethernet(0x0800, 60), 14, 0x45, 23, 112));
        frames.put("RSVP with router alert", with(ethernet(0x0800, 90), 14, 0x46, 23, 46));
        frames.put("BGP", with(ethernet(0x0800, 80), 14, 0x45, 23, 6, 37, 179));
        frames.put("BGP over IPv6", with(ethernet(0x86dd, 90), 20, 6, 57, 179));
        frames.put("BFD", with(ethernet(0x0800, 80), 14, 0x45, 23, 17, 36, 3784 >> 8, 37, 3784 & 0xff));
        frames.put("LDP", with(ethernet(0x0800, 80), 14, 0x45, 23, 17, 36, 646 >> 8, 37, 646 & 0xff));
        frames.put("IS-IS", with(ethernet(60, 74), 14, 0xfe, 15, 0xfe));
        return frames;
    }

    private static UnsafeBuffer ethernet(int type, int bytes) {
        UnsafeBuffer frame = new UnsafeBuffer(new byte[bytes]);
        frame.putShort(12, Short.reverseBytes((short) type));
        return frame;
    }

    private static UnsafeBuffer with(UnsafeBuffer frame, int... offsetsAndValues) {
        for (int n = 0; n < offsetsAndValues.length; n += 2) {
            frame.putByte(offsetsAndValues[n], (byte) offsetsAndValues[n + 1]);
        }
        return frame;
    }

    private static ClassSpec limited(long rate) {
        return share(rate).upperLimit(rate, 0, rate);
    }

    private void flood(ClassRig rig, int interfaceId, long ns, UnsafeBuffer frame, int framesPerStep) {
        long endNs = rig.nowNs + ns;
        while (rig.nowNs < endNs) {
            for (int n = 0; n < framesPerStep; n++) {
                rig.inject(interfaceId, frame);
            }
            rig.round(STEP_NS);
        }
    }

    /** What left an interface and was of no class of the owner's. */
    private static long beside(ClassRig rig, int interfaceId, int classId) {
        return rig.sent(interfaceId) - rig.counts(classId).sentPackets();
    }

    @Test
    void shouldLeaveALimitedInterfaceBeforeTheCustomersBulk() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 2);
            rig.proxy.classes().setPortRate(1, 0, 100 * MBIT, OVERHEAD);
            rig.proxy.classes().addClass(2, 1, 0, 0, CUSTOMER, limited(MBIT), "customer");
            rig.settle();
            flood(rig, CUSTOMER, SECOND_NS / 5, bulk, 2);
            assertThat(rig.counts(1).queuedPackets()).isGreaterThan(500);
            control().forEach((name, frame) -> {
                rig.pass(SECOND_NS / 50, STEP_NS);
                long before = beside(rig, CUSTOMER, 1);
                rig.inject(CUSTOMER, frame);
                rig.pass(2 * STEP_NS, STEP_NS);
                rig.pass(2_000_000, 1_000_000); // statistics are published each millisecond
                assertThat(beside(rig, CUSTOMER, 1) - before).as(name).isEqualTo(1);
            });
            assertThat(rig.statistics.portCounts(0).ownControlPackets())
                    .isEqualTo(control().size());
        }
    }

    @Test
    void shouldLeaveAShapedPortWithoutClassesBeforeTheRest() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 2);
            rig.proxy.classes().setPortRate(1, 0, MBIT, OVERHEAD);
            rig.settle();
            flood(rig, CUSTOMER, SECOND_NS, bulk, 1);
            long before = rig.sent(OTHER);
            control().values().forEach(frame -> rig.inject(OTHER, frame));
            rig.pass(2 * STEP_NS, STEP_NS);
            assertThat(rig.sent(OTHER) - before).isEqualTo(control().size());
        }
    }

    @Test
    void shouldLeaveAPortWhoseWholeRateIsGuaranteedToOthers() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 2);
            rig.proxy.classes().setPortRate(1, 0, 10 * MBIT, OVERHEAD);
            rig.proxy.classes().addClass(2, 1, 0, 0, CUSTOMER, guarantee(10 * MBIT), "customer");
            rig.settle();
            flood(rig, CUSTOMER, SECOND_NS, bulk, 10);
            long before = rig.sent(OTHER);
            rig.inject(OTHER, ethernet(0x0806, 42));
            rig.pass(5_000_000, STEP_NS); // a frame of bulk or two may be overdue
            assertThat(rig.sent(OTHER) - before).isEqualTo(1);
        }
    }

    @Test
    void shouldNotBeGainedByADscp() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 1);
            rig.proxy.classes().setPortRate(1, 0, MBIT, OVERHEAD);
            rig.settle();
            flood(rig, CUSTOMER, SECOND_NS / 10, udp(1_400, CS6, 0, 9), 1);
            assertThat(rig.statistics.portCounts(0).ownControlPackets()).isZero();
        }
    }

    @Test
    void shouldBoundWhatATenantSendsSoThatOthersKeepTheirGuaranteesAndTheirArp() {
        try (ClassRig rig = new ClassRig()) {
            rig.port(0, 0, 3);
            rig.proxy.classes().setPortRate(1, 0, 10 * MBIT, OVERHEAD);
            rig.proxy.classes().addClass(2, 1, 0, 0, CUSTOMER, guarantee(9 * MBIT), "customer");
            rig.proxy.classes().addClass(3, 2, 0, 0, OTHER, share(MBIT), "tenant");
            rig.settle();
            UnsafeBuffer bgp = with(udp(1_400, 0, 0, 0), 23, 6, 37, 179);
            long endNs = rig.nowNs + 2 * SECOND_NS;
            int asked = 0;
            for (int step = 0; rig.nowNs < endNs; step++) {
                rig.inject(CUSTOMER, bulk);
                rig.inject(OTHER, bgp);
                rig.inject(OTHER, bgp);
                if (step % 1_000 == 0) {
                    rig.inject(2, ethernet(0x0806, 42));
                    asked++;
                }
                rig.round(STEP_NS);
            }
            assertThat(rig.sent(2)).isEqualTo(asked);
            double customerBits = rig.counts(1).wireBytes() * 8.0 / 2;
            assertThat(customerBits).isGreaterThan(8.9 * MBIT);
            long wire = 1_400 + 4 + OVERHEAD;
            double aheadBits = beside(rig, OTHER, 2) * wire * 8.0;
            assertThat(aheadBits).isLessThan(2.0 * 64_000 + 16 * 1_024 * 8 + 2.0 * wire * 8);
            assertThat(rig.statistics.portCounts(0).ownControlLimitedPackets()).isGreaterThan(30_000);
            double allBits = (rig.sent(0) + rig.sent(1)) * wire * 8.0 / 2;
            assertThat(allBits).isLessThan(10.3 * MBIT);
        }
    }

    @Test
    void shouldFollowAPortThatIsPluggedAgain() {
        try (ClassRig rig = new ClassRig()) {
            for (int times = 0; times < 3; times++) {
                rig.port(0, 0, 1);
                rig.proxy.classes().setPortRate(1, 0, MBIT, OVERHEAD);
                rig.settle();
                flood(rig, CUSTOMER, SECOND_NS / 10, bulk, 1);
                long before = rig.statistics.portCounts(0).ownControlPackets();
                rig.inject(CUSTOMER, ethernet(0x0806, 42));
                rig.round(STEP_NS);
                assertThat(rig.statistics.portCounts(0).ownControlPackets()).isEqualTo(before + 1);
                rig.proxy.topology().removeInterface(3, CUSTOMER);
                rig.proxy.topology().removePort(4, 0);
                rig.settle();
            }
        }
    }
}
