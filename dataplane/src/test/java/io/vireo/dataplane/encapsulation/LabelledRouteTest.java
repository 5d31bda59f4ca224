package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.LabelRig.sent;
import static io.vireo.dataplane.encapsulation.LabelRig.via;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes whose packets leave with labels: the ingress of label-switched paths (RFC 3031 §3.12, RFC 3032, RFC 3443). */
class LabelledRouteTest {
    private static final int PREFIX = 0x0a620000; // 10.98.0.0/16
    private static final int SOURCE = 0x0a000501;
    private static final long PREFIX6 = 0x20010db8_00980000L;
    private static final long LINK_LOCAL = 0xfe80_0000_0000_0000L;
    private static final int PIPE = 255;
    private static final int ROOM = LabelRig.MTU;

    private static byte[] packet(int ttl, int payload) {
        return TestFrames.ipv4(SOURCE, PREFIX | 1, ttl, payload);
    }

    private static byte[] packet(int ttl) {
        return packet(ttl, 40);
    }

    private static byte[] packet6(int hopLimit, int payload) {
        return TestFrames.ipv6(0x20010db8_00000000L, 1, PREFIX6, 2, 17, hopLimit, payload);
    }

    private static byte[] ip(byte[] packet) {
        return TestFrames.ethernet(LabelRig.MAC_IN, LabelRig.BEFORE, packet[0] >> 4 == 4 ? 0x0800 : 0x86dd, packet);
    }

    private static byte[] entry(int label, boolean isBottom, int ttl) {
        return MplsPacket.entry(label, 0, isBottom, ttl);
    }

    private static NextHops labels(NextHops hops, int ttl, int... labels) {
        for (int label : labels) {
            hops.push(label, ttl);
        }
        return hops;
    }

    private static LabelRig rig(NextHops hops, byte[]... packets) {
        LabelRig rig =
                new LabelRig(Arrays.stream(packets).map(LabelledRouteTest::ip).toList());
        rig.route(AddressFamily.IPV4, 0, PREFIX, 16, hops);
        NextHops hops6 = new NextHops();
        for (int n = 0; n < hops.size(); n++) {
            long neighbour = hops.gatewayLow(n) & 0xff;
            rig.dataplane
                    .proxy
                    .tables()
                    .addNeighbour(
                            6, LabelRig.OUT, AddressFamily.IPV6, LINK_LOCAL, neighbour, LabelRig.mac((int) neighbour));
            hops6.add(LabelRig.OUT, LINK_LOCAL, neighbour, 1).pushAllOf(hops, n);
        }
        rig.route(AddressFamily.IPV6, PREFIX6, 0, 48, hops6);
        return rig;
    }

    private static void assertSent(NextHops hops, byte[] comes, byte[] leaves) {
        try (LabelRig rig = rig(hops, comes)) {
            rig.dataplane.run();
            assertThat(rig.dataplane.sent(1)).containsExactly(leaves);
        }
    }

    @Test
    void shouldSendWithALabel() {
        assertSent(labels(via(1), 0, 100), packet(64), sent(1, entry(100, true, 63), packet(63)));
    }

    @Test
    void shouldSendWithAStackTheOutermostFirst() {
        assertSent(
                labels(via(2), 0, 100, 1_048_575, 16),
                packet(9),
                sent(2, entry(100, false, 8), entry(1_048_575, false, 8), entry(16, true, 8), packet(8)));
    }

    @Test
    void shouldGiveLabelsATtlOfTheirOwnInAPipe() {
        assertSent(
                labels(via(1), PIPE, 100, 200),
                packet(9),
                sent(1, entry(100, false, 255), entry(200, true, 255), packet(8)));
    }

    @Test
    void shouldSendIpv6WithAnExplicitNullBeneath() {
        assertSent(
                labels(via(1), 0, 100, 2),
                packet6(33, 40),
                sent(1, entry(100, false, 32), entry(2, true, 32), packet6(32, 40)));
    }

    @Test
    void shouldTakeTheClassOfThePrecedence() {
        byte[] comes = packet(64);
        comes[1] = (byte) 0xb9; // EF, and a congestion mark, for which a label has no place
        TestFrames.fixChecksum(comes);
        byte[] leaves = packet(63);
        leaves[1] = (byte) 0xb9;
        TestFrames.fixChecksum(leaves);
        assertSent(labels(via(1), 0, 100), comes, sent(1, MplsPacket.entry(100, 5, true, 63), leaves));
    }

    @Test
    void shouldSendWithAsManyLabelsAsThereAre() {
        NextHops hops = via(1);
        byte[] stack = new byte[0];
        for (int n = 0; n < NextHops.MAX_LABELS; n++) {
            hops.push(500 + n, 0);
            stack = LabelRig.join(stack, entry(500 + n, n == NextHops.MAX_LABELS - 1, 63));
        }
        assertSent(hops, packet(64), sent(1, stack, packet(63)));
    }

    @Test
    void shouldShareFlowsAmongNextHopsWithLabelsOfTheirOwn() {
        NextHops hops = via(1, 2, 1);
        hops.push(0, 100, 0).push(1, 200, 0).push(1, 300, 0);
        byte[][] comes = new byte[600][];
        for (int flow = 0; flow < comes.length; flow++) {
            comes[flow] = packet(64);
            ByteBuffer.wrap(comes[flow]).putShort(20, (short) (20_000 + flow));
        }
        try (LabelRig rig = rig(hops, comes)) {
            rig.dataplane.run();
            Map<String, Long> shares = rig.dataplane.sent(1).stream()
                    .collect(Collectors.groupingBy(LabelledRouteTest::path, Collectors.counting()));
            assertThat(shares).containsOnlyKeys("1 100", "2 200/300", "1");
            assertThat(shares.values()).allMatch(share -> share > 120);
        }
    }

    /** The neighbour, and the labels of a frame. */
    private static String path(byte[] frame) {
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        StringBuilder path = new StringBuilder().append(buffer.get(5));
        if (buffer.getShort(16) == (short) 0x8847) {
            int entry = 0;
            for (int offset = 18; (entry & 0x100) == 0; offset += 4) {
                entry = buffer.getInt(offset);
                path.append(offset == 18 ? ' ' : '/').append(entry >>> 12);
            }
        }
        return path.toString();
    }

    @Test
    void shouldHaveTheKernelAnswerWhatExpires() {
        try (LabelRig rig = rig(labels(via(1), 0, 100), packet(1))) {
            rig.dataplane.run();
            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.TTL_EXPIRED.code());
            assertThat(rig.dataplane.punts.frames).containsExactly(ip(packet(1)));
        }
    }

    @Test
    void shouldDropUntilTheNextHopIsKnown() {
        try (LabelRig rig = rig(labels(new NextHops().add(LabelRig.OUT, 0, 0x0a000109, 1), 0, 100), packet(64))) {
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(LabelRig.ROUTER, DropReason.LABEL_UNRESOLVED))
                    .isEqualTo(1);
        }
        try (LabelRig rig = rig(labels(new NextHops().add(LabelRig.OUT, 0, 0x0a000109, 1), 0, 100), packet(64))) {
            rig.dataplane
                    .proxy
                    .tables()
                    .addNeighbour(9, LabelRig.OUT, AddressFamily.IPV4, 0, 0x0a000109, LabelRig.mac(9));
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(rig.dataplane.sent(1)).containsExactly(sent(9, entry(100, true, 63), packet(63)));
        }
    }

    @Test
    void shouldFollowTheStateOfTheInterface() {
        try (LabelRig rig = rig(labels(via(1), 0, 100), packet(64))) {
            rig.dataplane.proxy.topology().setInterfaceState(9, LabelRig.OUT, false);
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(LabelRig.ROUTER, DropReason.EGRESS_DOWN))
                    .isEqualTo(1);
        }
        try (LabelRig rig = rig(labels(via(1), 0, 100), packet(64))) {
            rig.dataplane.proxy.topology().removeInterface(9, LabelRig.OUT);
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(rig.dataplane.sent(1)).isEmpty();
            assertThat(rig.dataplane.drops(LabelRig.ROUTER, DropReason.EGRESS_DOWN))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldReportLabelsAndForgetThemWithTheRoute() {
        try (LabelRig rig = rig(labels(via(1), PIPE, 100, 200), packet(64))) {
            rig.dataplane.proxy.tables().dumpRoutes(20, LabelRig.ROUTER);
            rig.dataplane.settle();
            assertThat(rig.dataplane.events.routes)
                    .contains(LabelRig.ROUTER + " 0:a620000/16 UNICAST " + labels(via(1), PIPE, 100, 200));
            rig.route(AddressFamily.IPV4, 0, PREFIX, 16, labels(via(1), 0, 300));
            rig.dataplane.events.routes.clear();
            rig.dataplane.proxy.tables().dumpRoutes(21, LabelRig.ROUTER);
            rig.dataplane.settle();
            assertThat(rig.dataplane.events.routes)
                    .contains(LabelRig.ROUTER + " 0:a620000/16 UNICAST " + labels(via(1), 0, 300));
            rig.dataplane.run();
            assertThat(rig.dataplane.sent(1)).containsExactly(sent(1, entry(300, true, 63), packet(63)));
        }
    }

    private static void answers(LabelRig rig) {
        var tables = rig.dataplane.proxy.tables();
        tables.addRoute(
                8,
                LabelRig.ROUTER,
                AddressFamily.IPV4,
                0,
                0x0a000500,
                24,
                RouteKind.UNICAST,
                new NextHops().add(LabelRig.IN, 0, 0x0a000001, 1));
        tables.addRoute(
                8,
                LabelRig.ROUTER,
                AddressFamily.IPV6,
                0x20010db8_00000000L,
                0,
                64,
                RouteKind.UNICAST,
                new NextHops().add(LabelRig.IN, LINK_LOCAL, 1, 1));
        tables.addNeighbour(9, LabelRig.IN, AddressFamily.IPV4, 0, 0x0a000001, LabelRig.BEFORE);
        tables.addNeighbour(9, LabelRig.IN, AddressFamily.IPV6, LINK_LOCAL, 1, LabelRig.BEFORE);
        tables.addInterfaceAddress(9, LabelRig.IN, AddressFamily.IPV4, 0, 0x0a000002, AddressUse.SOURCE);
        tables.addInterfaceAddress(9, LabelRig.IN, AddressFamily.IPV6, 0x20010db8_00000000L, 9, AddressUse.SOURCE);
        rig.dataplane.settle();
    }

    /** RFC 3032 §3.4, §3.5: the figure is what is left beside the labels. */
    @Test
    void shouldSayWhatFitsBesideTheLabels() {
        byte[] long4 = packet(64, ROOM - 8 - 20 + 1);
        long4[6] = 0x40; // don't fragment
        TestFrames.fixChecksum(long4);
        byte[] fits4 = packet(64, ROOM - 8 - 20);
        fits4[6] = 0x40;
        TestFrames.fixChecksum(fits4);
        try (LabelRig rig = rig(
                labels(via(1), 0, 100, 200),
                long4,
                fits4,
                packet6(64, ROOM - 8 - 40 + 1),
                packet6(64, ROOM - 8 - 40))) {
            answers(rig);
            rig.dataplane.run();
            assertThat(rig.dataplane.sent(1)).hasSize(2);
            List<byte[]> errors = rig.dataplane.sent(0);
            assertThat(errors).hasSize(2);
            int first = errors.get(0)[12] == 0x08 ? 0 : 1;
            byte[] error4 = errors.get(first);
            byte[] error6 = errors.get(1 - first);
            assertThat(ByteBuffer.wrap(error4).getShort(14 + 20)).isEqualTo((short) 0x0304);
            assertThat(ByteBuffer.wrap(error4).getShort(14 + 26)).isEqualTo((short) (ROOM - 8));
            assertThat(error6[14 + 40]).isEqualTo((byte) 2);
            assertThat(ByteBuffer.wrap(error6).getInt(14 + 44)).isEqualTo(ROOM - 8);
            assertThat(rig.dataplane.drops(LabelRig.ROUTER, DropReason.TOO_BIG)).isEqualTo(2);
        }
    }

    @Test
    void shouldFragmentBeforeTheLabels() {
        byte[] comes = packet(64, ROOM - 20);
        comes[6] = 0; // may be fragmented
        TestFrames.fixChecksum(comes);
        try (LabelRig rig = rig(labels(via(1), 0, 100, 200), comes)) {
            rig.dataplane.run();
            List<byte[]> fragments = rig.dataplane.sent(1);
            assertThat(fragments).hasSize(2).allSatisfy(fragment -> {
                assertThat(path(fragment)).isEqualTo("1 100/200");
                assertThat(fragment.length).isLessThanOrEqualTo(18 + ROOM);
                assertThat(fragment[18 + 3]).isEqualTo((byte) 63);
                assertThat(fragment[26 + 8]).isEqualTo((byte) 63);
            });
            assertThat(fragments.stream()
                            .mapToInt(fragment -> fragment.length - 18 - 8 - 20)
                            .sum())
                    .isEqualTo(ROOM - 20);
            assertThat(rig.dataplane.statistics().answers(LabelRig.ROUTER)[AnswerKind.FRAGMENTED.code()])
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldSendErrorsBackWithTheLabelsOfTheirRoute() {
        byte[] expires = TestFrames.ipv4(PREFIX | 5, LabelRig.NETWORK | 1, 1, 40);
        try (LabelRig rig = rig(labels(via(1), 0, 100), expires)) {
            answers(rig);
            rig.dataplane.run();
            assertThat(rig.dataplane.sent(1)).hasSize(1).allSatisfy(error -> {
                assertThat(path(error)).isEqualTo("1 100");
                assertThat(error[18 + 3]).isEqualTo((byte) 255);
                assertThat(error[22 + 20]).isEqualTo((byte) 11);
            });
        }
    }

    /** Random routes, some of many labels, against building the frame by hand. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldSendWhatTheSlowWayBuilds(long seed) {
        Random random = new Random(seed);
        List<byte[]> comes = new ArrayList<>();
        List<byte[]> leaves = new ArrayList<>();
        List<NextHops> routes = new ArrayList<>();
        for (int route = 0; route < 60; route++) {
            int neighbour = 1 + random.nextInt(2);
            NextHops hops = via(neighbour);
            int count = random.nextInt(NextHops.MAX_LABELS + 1);
            int ttl = 2 + random.nextInt(254);
            int payload = 26 + random.nextInt(200);
            int tos = random.nextInt(256);
            byte[] stack = new byte[0];
            for (int n = 0; n < count; n++) {
                int label = random.nextInt(9) == 0 ? 0 : 16 + random.nextInt((1 << 20) - 16);
                int labelTtl = random.nextBoolean() ? 0 : 1 + random.nextInt(255);
                hops.push(label, labelTtl);
                byte[] entry = MplsPacket.entry(label, tos >> 5, n == count - 1, labelTtl == 0 ? ttl - 1 : labelTtl);
                stack = LabelRig.join(stack, entry);
            }
            routes.add(hops);
            comes.add(ip(withTos(TestFrames.ipv4(SOURCE, 0x0a500001 | route << 8, ttl, payload), tos)));
            byte[] packet = withTos(TestFrames.ipv4(SOURCE, 0x0a500001 | route << 8, ttl - 1, payload), tos);
            leaves.add(count == 0 ? LabelRig.sentPacket(neighbour, packet) : sent(neighbour, stack, packet));
        }
        try (LabelRig rig = new LabelRig(comes)) {
            for (int route = 0; route < routes.size(); route++) {
                rig.route(AddressFamily.IPV4, 0, 0x0a500000 | route << 8, 24, routes.get(route));
            }
            rig.dataplane.run();
            assertThat(rig.dataplane.sent(1)).containsExactlyInAnyOrderElementsOf(leaves);
        }
    }

    private static byte[] withTos(byte[] packet, int tos) {
        packet[1] = (byte) tos;
        TestFrames.fixChecksum(packet);
        return packet;
    }
}
