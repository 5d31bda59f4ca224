package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.A;
import static io.vireo.dataplane.encapsulation.TunnelRig.INNER;
import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.U;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.Direction;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IP-in-IP through a whole data plane. */
class TunnelTest {
    private static final int ANY = -1;

    @ParameterizedTest
    @EnumSource(AddressFamily.class)
    void shouldPuntWhatNoTunnelExpects(AddressFamily outer) {
        byte[] inner = TunnelRig.toNear(true, 64, 1);
        byte[] fromOther = outer == AddressFamily.IPV4
                ? OuterPacket.ipv4(inner, TunnelRig.REMOTE4 + 1, TunnelRig.LOCAL4, 64, 1)
                : OuterPacket.ipv6(inner, TunnelRig.UNDERLAY6, 3, TunnelRig.UNDERLAY6, 1, 64);
        try (TunnelRig rig = new TunnelRig(outer, List.of(), List.of(TunnelRig.fromGateway(fromOther)))) {
            rig.dataplane.run();

            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.LOCAL.code());
            assertThat(rig.dataplane.punts.frames.getFirst())
                    .isEqualTo(TestFrames.ethernet(
                            TunnelRig.MAC_U, TunnelRig.GATEWAY, TunnelRig.type(fromOther), fromOther));
            assertThat(rig.dataplane.statistics().interfaceCounts(T).rxPackets())
                    .isZero();
        }
    }

    @Test
    void shouldPuntWhatIsForAnotherProtocolItsFragmentsToo() {
        byte[] whole = OuterPacket.ipv4(TunnelRig.toNear(true, 64, 1), TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1);
        byte[] udp = TestFrames.with(whole, 9, 17);
        TestFrames.fixChecksum(udp, 20);
        byte[] fragment = TestFrames.with(udp, 6, 0x20);
        TestFrames.fixChecksum(fragment, 20);
        List<byte[]> frames = List.of(TunnelRig.fromGateway(fragment), TunnelRig.fromGateway(udp));
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, List.of(), frames)) {
            rig.dataplane.run();

            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.LOCAL.code(), PuntReason.LOCAL.code());
        }
    }

    @Test
    void shouldPuntAtTheTunnelWhatIsTooBigOrHasNoHopLeft() {
        byte[] tooBig = TestFrames.ipv4(TunnelRig.NEAR4, TunnelRig.FAR4, 64, 1400 - 20 + 1);
        List<byte[]> frames = List.of(TunnelRig.fromHost(tooBig), TunnelRig.fromHost(TunnelRig.toFar(true, 1, 0)));
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, frames, List.of())) {
            rig.routeUnderlay(U);
            rig.dataplane.run();

            assertThat(rig.dataplane.punts.reasons)
                    .containsExactly(PuntReason.TOO_BIG.code(), PuntReason.TTL_EXPIRED.code());
            assertThat(rig.dataplane.punts.frames).containsExactlyElementsOf(frames);
            assertThat(rig.dataplane.sent(1)).isEmpty();
        }
    }

    @Test
    void shouldDropWhatTheUnderlayCannotSend() {
        List<byte[]> frames = List.of(TunnelRig.fromHost(TunnelRig.toFar(true, 64, 0)));
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, frames, List.of())) {
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(INNER, DropReason.UNDERLAY_UNRESOLVED))
                    .isEqualTo(1);
        }
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, frames, List.of())) {
            rig.routeUnderlay(U);
            rig.dataplane.proxy.tables().removeNeighbour(20, U, AddressFamily.IPV4, 0, 0x0a000001);
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(INNER, DropReason.UNDERLAY_UNRESOLVED))
                    .isEqualTo(1);
        }
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, frames, List.of())) {
            rig.routeUnderlay(U);
            rig.dataplane.proxy.topology().setInterfaceState(20, U, false);
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(INNER, DropReason.EGRESS_DOWN)).isEqualTo(1);
        }
    }

    @Test
    void shouldDropWhatIsTooBigForTheUnderlay() {
        byte[] packet = TestFrames.ipv4(TunnelRig.NEAR4, TunnelRig.FAR4, 64, 1380);
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, List.of(TunnelRig.fromHost(packet)), List.of())) {
            rig.routeUnderlay(U);
            rig.dataplane
                    .proxy
                    .topology()
                    .addInterface(20, TestInterfaces.access(U, UNDERLAY, 1, 20, TunnelRig.MAC_U, 1419, "u"));
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(INNER, DropReason.ENCAPSULATED_TOO_BIG))
                    .isEqualTo(1);
        }
    }

    /** Tunnel n's far end is behind tunnel n + 1, all in the underlay; the last one's is behind U. */
    private static void nest(TunnelRig rig, int tunnels) {
        for (int n = 1; n < tunnels; n++) {
            rig.addTunnel(T + n, UNDERLAY, 1, 2 + n);
            rig.dataplane.settle();
            rig.route4(UNDERLAY, TunnelRig.REMOTE4 + n - 1, 32, T + n, 0);
            rig.routeHost6(UNDERLAY, TunnelRig.UNDERLAY6, 1 + n, T + n);
        }
        rig.routeUnderlay(U);
    }

    @Test
    void shouldEncapsulateFourTimes() {
        byte[] frame = TunnelRig.fromHost(TunnelRig.toFar(true, 64, 0));
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, List.of(frame), List.of())) {
            nest(rig, 4);
            rig.dataplane.run();

            byte[] packet = TunnelRig.toFar(true, 63, 0);
            for (int n = 0; n < 4; n++) {
                packet = OuterPacket.ipv4(packet, TunnelRig.LOCAL4, TunnelRig.REMOTE4 + n, 64, n);
            }
            assertThat(rig.dataplane.sent(1)).containsExactly(TunnelRig.toGateway(packet));
        }
    }

    @Test
    void shouldDropAtTheFifthEncapsulationAndWhereThereIsNoHeadroom() {
        byte[] frame = TunnelRig.fromHost(TunnelRig.toFar(true, 64, 0));
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, List.of(frame), List.of())) {
            nest(rig, 5);
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(INNER, DropReason.NESTED_TOO_DEEP)).isEqualTo(1);
        }
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV6, List.of(frame), List.of())) {
            nest(rig, 4); // 160 bytes of headers and 18 of Ethernet, where 128 and the old 14 are free
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(INNER, DropReason.NO_HEADROOM)).isEqualTo(1);
        }
    }

    @Test
    void shouldDropWhatATunnelWouldLeadThroughItself() {
        byte[] frame = TunnelRig.fromHost(TunnelRig.toFar(true, 64, 0));
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, List.of(frame), List.of())) {
            rig.addTunnel(T + 1, UNDERLAY, 1, 3);
            rig.dataplane.settle();
            rig.route4(UNDERLAY, TunnelRig.LOCAL4 & 0xffffff00, 24, T + 1, 0);
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(INNER, DropReason.NESTED_TOO_DEEP)).isEqualTo(1);
            assertThat(rig.dataplane.statistics().interfaceCounts(T).txPackets())
                    .isZero();
        }
    }

    @Test
    void shouldLoseNothingWhileTheUnderlaysRouteChanges() {
        int packets = 3_000;
        byte[] frame = TunnelRig.fromHost(TunnelRig.toFar(true, 64, 0));
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, Collections.nCopies(packets, frame), List.of())) {
            rig.dataplane.port(2);
            rig.dataplane
                    .proxy
                    .topology()
                    .addInterface(20, TestInterfaces.access(30, UNDERLAY, 2, 0, TunnelRig.MAC_U, 1500, "v"));
            rig.neighbours(30, 0x0a000001, 2, TunnelRig.GATEWAY);
            rig.routeUnderlay(U);
            boolean isOverU = true;
            while (rig.dataplane.round() > 0) {
                isOverU = !isOverU;
                rig.routeUnderlay(isOverU ? U : 30);
            }
            long overU = rig.dataplane.statistics().interfaceCounts(U).txPackets();
            long overV = rig.dataplane.statistics().interfaceCounts(30).txPackets();
            assertThat(overU).isPositive();
            assertThat(overV).isPositive();
            assertThat(overU + overV).isEqualTo(packets);
        }
    }

    @Test
    void shouldUseAllWaysOfTheUnderlayAndKeepAFlowOnOne() {
        List<byte[]> frames = new ArrayList<>();
        for (int n = 0; n < 200; n++) {
            byte[] packet = TestFrames.ipv4(TunnelRig.NEAR4, TunnelRig.FAR4 + n % 50, 64, 20);
            frames.add(TunnelRig.fromHost(packet));
        }
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, frames, List.of())) {
            rig.dataplane.port(2);
            rig.dataplane
                    .proxy
                    .topology()
                    .addInterface(20, TestInterfaces.access(30, UNDERLAY, 2, 20, TunnelRig.MAC_U, 1500, "v"));
            rig.neighbours(30, 0x0a000001, 2, TunnelRig.GATEWAY);
            NextHops both = new NextHops().add(U, 0, 0x0a000001, 1).add(30, 0, 0x0a000001, 1);
            rig.dataplane
                    .proxy
                    .tables()
                    .addRoute(
                            21,
                            UNDERLAY,
                            AddressFamily.IPV4,
                            0,
                            TunnelRig.LOCAL4 & 0xffffff00L,
                            24,
                            RouteKind.UNICAST,
                            both);
            rig.dataplane.settle();
            rig.dataplane.run();

            List<String> overU = innerDestinations(rig.dataplane.sent(1));
            List<String> overV = innerDestinations(rig.dataplane.sent(2));
            assertThat(overU).isNotEmpty().doesNotContainAnyElementsOf(overV);
            assertThat(overV).isNotEmpty();
            assertThat(overU.size() + overV.size()).isEqualTo(200);
        }
    }

    private static List<String> innerDestinations(List<byte[]> frames) {
        return frames.stream()
                .map(frame -> HexFormat.of().formatHex(frame, 18 + 20 + 16, 18 + 20 + 20))
                .toList();
    }

    private static void assertCarries(boolean isInnerIpv4, int innerEcn, int expectedEcn) {
        byte[] inner = TunnelRig.withEcn(TunnelRig.toNear(isInnerIpv4, 64, 0), innerEcn);
        byte[] outer = OuterPacket.ipv4(inner, TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1);
        byte[] marked = TunnelRig.withEcn(outer, 3);
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, List.of(), List.of(TunnelRig.fromGateway(marked)))) {
            rig.dataplane.run();
            if (expectedEcn < 0) {
                assertThat(rig.dataplane.drops(UNDERLAY, DropReason.CONGESTION_MARKED))
                        .isEqualTo(1);
            } else {
                byte[] expected = TunnelRig.withEcn(TunnelRig.toNear(isInnerIpv4, 63, 0), expectedEcn);
                assertThat(rig.dataplane.sent(0)).containsExactly(TunnelRig.toHost(expected));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCarryCongestionMarksInwards(boolean isInnerIpv4) {
        assertCarries(isInnerIpv4, 1, 3);
        assertCarries(isInnerIpv4, 2, 3);
        assertCarries(isInnerIpv4, 3, 3);
        assertCarries(isInnerIpv4, 0, -1);
    }

    @Test
    void shouldFollowTheLongestMatch() {
        byte[] frame = TunnelRig.fromHost(TunnelRig.toFar(true, 64, 0));
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, List.of(frame), List.of())) {
            rig.routeUnderlay(U);
            rig.dataplane
                    .proxy
                    .tables()
                    .addRoute(
                            20,
                            UNDERLAY,
                            AddressFamily.IPV4,
                            0,
                            TunnelRig.REMOTE4 & 0xffffffffL,
                            32,
                            RouteKind.BLACKHOLE,
                            new NextHops());
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(INNER, DropReason.BLACKHOLE)).isEqualTo(1);
        }
    }

    @Test
    void shouldReachAFarEndThatIsAResolvedNeighbour() {
        byte[] frame = TunnelRig.fromHost(TunnelRig.toFar(true, 64, 0));
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, List.of(frame), List.of())) {
            rig.route4(UNDERLAY, TunnelRig.LOCAL4 & 0xffffff00, 24, U, 0);
            rig.dataplane.settle();
            rig.dataplane
                    .proxy
                    .tables()
                    .addNeighbour(20, U, AddressFamily.IPV4, 0, TunnelRig.REMOTE4 & 0xffffffffL, TunnelRig.GATEWAY);
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(rig.dataplane.sent(1)).hasSize(1);
        }
    }

    @Test
    void shouldRefuseByFieldWhatCannotBe() {
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, List.of(), List.of())) {
            rig.addTunnel(20, INNER, 99, 1, 5);
            rig.addTunnel(21, INNER, 1, 2);
            rig.addTunnel(T, INNER, 1, 9);
            rig.addTunnel(T, INNER, 9, 2);
            rig.addTunnel(T, INNER, INNER, 1, 2);
            rig.dataplane.proxy.topology().removeRouter(23, UNDERLAY);
            rig.dataplane.conduct();

            assertThat(rig.dataplane.events.refusals)
                    .satisfiesExactly(
                            refusal -> assertThat(refusal).contains("underlayRouterId: there is no router 99"),
                            refusal -> assertThat(refusal).contains("remote: interface 12 is a tunnel between"),
                            refusal -> assertThat(refusal).contains("remote: interface 12 exists with another value"),
                            refusal -> assertThat(refusal).contains("local: interface 12 exists with another value"),
                            refusal ->
                                    assertThat(refusal).contains("underlayRouterId: interface 12 exists with another"),
                            refusal -> assertThat(refusal).contains("routerId: router 8 still"));
        }
    }

    @Test
    void shouldRefuseToRemoveARouterThatOnlyCarriesATunnel() {
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, List.of(), List.of())) {
            rig.dataplane.proxy.topology().removeInterface(20, U);
            rig.dataplane.proxy.topology().removeRouter(21, UNDERLAY);
            rig.dataplane.conduct();
            assertThat(rig.dataplane.events.refusals)
                    .singleElement()
                    .asString()
                    .contains("routerId: router 8 still carries 1 tunnels");

            rig.dataplane.events.refusals.clear();
            rig.dataplane.proxy.topology().removeInterface(22, T);
            rig.dataplane.proxy.topology().removeRouter(23, UNDERLAY);
            rig.dataplane.settle();
        }
    }

    @Test
    void shouldChangeTheHopLimitOfATunnelThatIsThere() {
        byte[] frame = TunnelRig.fromHost(TunnelRig.toFar(true, 64, 0));
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, List.of(frame), List.of())) {
            rig.routeUnderlay(U);
            var spec = rig.spec(T, INNER, UNDERLAY, 1, 2);
            spec.tunnel(
                    spec.tunnel().encapsulation(),
                    UNDERLAY,
                    AddressFamily.IPV4,
                    0,
                    spec.tunnel().localLow(),
                    0,
                    spec.tunnel().remoteLow(),
                    9);
            rig.dataplane.proxy.topology().addInterface(20, spec);
            rig.dataplane.settle();
            rig.dataplane.run();
            byte[] outer = OuterPacket.ipv4(TunnelRig.toFar(true, 63, 0), TunnelRig.LOCAL4, TunnelRig.REMOTE4, 9, 0);
            assertThat(rig.dataplane.sent(1)).containsExactly(TunnelRig.toGateway(outer));
        }
    }

    @Test
    void shouldDropAndPuntOnceTheTunnelIsRemoved() {
        byte[] outer = OuterPacket.ipv4(TunnelRig.toNear(true, 64, 1), TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1);
        List<byte[]> out = List.of(TunnelRig.fromHost(TunnelRig.toFar(true, 64, 0)));
        List<byte[]> in = List.of(TunnelRig.fromGateway(outer));
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, out, in)) {
            rig.routeUnderlay(U);
            rig.dataplane.proxy.topology().removeInterface(20, T);
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(INNER, DropReason.EGRESS_DOWN)).isEqualTo(1);
            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.LOCAL.code());
        }
    }

    @Test
    void shouldReplaceATunnelWhilePacketsFlow() {
        int packets = 3_000;
        byte[] frame = TunnelRig.fromHost(TunnelRig.toFar(true, 64, 0));
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, Collections.nCopies(packets, frame), List.of())) {
            rig.routeUnderlay(U);
            int id = T;
            while (rig.dataplane.round() > 0) {
                rig.dataplane.proxy.topology().removeInterface(20, id);
                id = id == T ? T + 1 : T;
                rig.addTunnel(id, INNER, 1, 2);
                rig.route4(INNER, TunnelRig.FAR4 & 0xffff0000, 16, id, 0);
                rig.dataplane.settle();
            }
            assertThat(rig.dataplane.statistics().interfaceCounts(U).txPackets())
                    .isEqualTo(packets);
        }
    }

    @Test
    void shouldSweepATunnelThatResynchronisationDoesNotAddAgain() {
        byte[] outer = OuterPacket.ipv4(TunnelRig.toNear(true, 64, 1), TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1);
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, List.of(), List.of(TunnelRig.fromGateway(outer)))) {
            rig.dataplane.proxy.resyncBegin(20, 1);
            rig.dataplane.proxy.topology().addRouter(21, INNER, 101, 1_000_000, 1_000_000, "inner");
            rig.dataplane.proxy.topology().addRouter(22, UNDERLAY, 102, 1_000_000, 1_000_000, "underlay");
            rig.dataplane
                    .proxy
                    .topology()
                    .addInterface(23, TestInterfaces.access(U, UNDERLAY, 1, 20, TunnelRig.MAC_U, 1500, "u"));
            rig.dataplane.proxy.resyncEnd(24, 1);
            rig.dataplane.conduct();
            assertThat(rig.dataplane
                            .tables
                            .tunnelEnds()
                            .find(
                                    UNDERLAY,
                                    1,
                                    0,
                                    TunnelRig.REMOTE4 & 0xffffffffL,
                                    0,
                                    TunnelRig.LOCAL4 & 0xffffffffL,
                                    0))
                    .isEqualTo(TunnelEnds.NONE);
        }
    }

    @Test
    void shouldEncapsulateWhatTheKernelSends() {
        byte[] packet = TunnelRig.toFar(true, 64, 0);
        byte[] other = TestFrames.ethernet(TunnelRig.HOST, 0, 0x0806, new byte[46]);
        byte[] frame = TestFrames.ethernet(TunnelRig.HOST, 0, 0x0800, packet);
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, List.of(), List.of())) {
            rig.routeUnderlay(U);
            rig.dataplane.injectWriter(0).inject(T, new UnsafeBuffer(frame), 0, frame.length);
            rig.dataplane.injectWriter(0).inject(T, new UnsafeBuffer(other), 0, other.length);
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(INNER, DropReason.INJECT_INVALID)).isEqualTo(1);
            assertThat(rig.dataplane.statistics().interfaceCounts(T).txPackets())
                    .isEqualTo(1);
            assertThat(rig.dataplane.buffersInUse()).isZero();
            assertThat(rig.dataplane.sent(1)).containsExactly(TunnelRig.toGateway(rig.outer(packet, true, 0)));
        }
    }

    @Test
    void shouldCaptureTheInnerPacketsOnTheTunnel() {
        byte[] out = TunnelRig.toFar(true, 64, 0);
        byte[] in = TunnelRig.toNear(true, 64, 1);
        byte[] outer = OuterPacket.ipv4(in, TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1);
        try (TunnelRig rig = new TunnelRig(
                AddressFamily.IPV4, List.of(TunnelRig.fromHost(out)), List.of(TunnelRig.fromGateway(outer)))) {
            rig.routeUnderlay(U);
            rig.dataplane.proxy.startCapture(20, 0, T, ANY, 65_535, 1_000);
            rig.dataplane.settle();
            rig.dataplane.run();

            long mac = 0x020000001000L + T;
            byte[] sent = TestFrames.ethernet(mac, 0, 0x0800, TunnelRig.toFar(true, 63, 0));
            byte[] received = TestFrames.ethernet(mac, 0, 0x0800, in);
            assertThat(rig.dataplane.captures.all)
                    .hasSize(2)
                    .allSatisfy(captured -> assertThat(captured.frame())
                            .isEqualTo(captured.direction() == Direction.SENT ? sent : received));
        }
    }

    @Test
    void shouldTraceIntoAndOutOfTheTunnel() {
        byte[] out = TunnelRig.fromHost(TunnelRig.toFar(true, 64, 0));
        byte[] in = TestFrames.ethernet(
                TunnelRig.MAC_U,
                TunnelRig.GATEWAY,
                0x0800,
                OuterPacket.ipv4(TunnelRig.toNear(true, 64, 1), TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1));
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, List.of(), List.of())) {
            rig.routeUnderlay(U);
            rig.dataplane.injectWriter(0).trace(77, A, new UnsafeBuffer(out), 0, out.length);
            rig.dataplane.injectWriter(0).trace(78, U, new UnsafeBuffer(in), 0, in.length);
            rig.dataplane.run();

            assertThat(rig.dataplane.punts.steps)
                    .containsExactly(
                            "ARRIVE CONTINUE -1 10 -1",
                            "CHECK CONTINUE -1 10 -1",
                            "CLASSIFY CONTINUE -1 10 -1",
                            "FORWARD CONTINUE -1 10 12",
                            "MODIFY CONTINUE -1 10 11",
                            "SCHEDULE CONTINUE -1 10 11",
                            "TRANSMIT TRANSMIT -1 10 11",
                            "ARRIVE CONTINUE -1 11 -1",
                            "CHECK CONTINUE -1 11 -1",
                            "CLASSIFY CONTINUE -1 11 -1",
                            "FORWARD CONTINUE -1 11 -1",
                            "MODIFY CONTINUE -1 11 -1",
                            "ARRIVE CONTINUE -1 12 -1",
                            "CHECK CONTINUE -1 12 -1",
                            "CLASSIFY CONTINUE -1 12 -1",
                            "FORWARD CONTINUE -1 12 10",
                            "MODIFY CONTINUE -1 12 10",
                            "SCHEDULE CONTINUE -1 12 10",
                            "TRANSMIT TRANSMIT -1 12 10");
            assertThat(rig.dataplane.statistics().interfaceCounts(T).txPackets())
                    .isZero();
            assertThat(rig.dataplane.statistics().interfaceCounts(T).rxPackets())
                    .isZero();
            assertThat(rig.dataplane.buffersInUse()).isZero();
        }
    }

    private static List<byte[]> hostile(long seed) {
        Random random = new Random(seed);
        List<byte[]> frames = new ArrayList<>();
        while (frames.size() < 10_000) {
            byte[] inner = TunnelRig.hostile(random);
            byte[] outer = TestFrames.ipv4(TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, inner.length);
            System.arraycopy(inner, 0, outer, 20, inner.length);
            outer[6] = 0; // may be fragmented, but is not
            outer[9] = (byte) (random.nextBoolean() ? 4 : 41);
            TestFrames.fixChecksum(outer, 20);
            frames.add(TunnelRig.fromGateway(outer));
        }
        return frames;
    }

    static LongStream hostileRounds() {
        return HostileRounds.seeds(3);
    }

    @ParameterizedTest
    @MethodSource("hostileRounds")
    void shouldAccountForEveryHostilePacketInside(long seed) {
        List<byte[]> frames = hostile(seed);
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, List.of(), frames)) {
            rig.routeUnderlay(U);
            rig.dataplane.run();

            assertThat(rig.dataplane.statistics().interfaceCounts(T).rxPackets())
                    .isEqualTo(frames.size());
            rig.assertAccounted(frames.size());
        }
    }
}
