package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.INNER;
import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.U;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What all kinds of tunnels do alike, each with its own header, through a whole data plane. */
class TunnelKindsTest {
    private static final int PACKETS = 40;

    static Stream<TunnelKind> kinds() {
        return Stream.of(
                TunnelKind.IPIP,
                TunnelKind.GRE,
                TunnelKind.GRE_WITH_ALL,
                TunnelKind.VNS,
                TunnelKind.VNS_WITH_FLOW,
                TunnelKind.VXLAN,
                TunnelKind.GRE_ETHERNET,
                TunnelKind.GRE_ETHERNET_WITH_ALL,
                TunnelKind.MPLS);
    }

    static Stream<Arguments> kindsAndFamilies() {
        return kinds().flatMap(kind -> Stream.of(AddressFamily.values())
                .filter(kind::isWithin)
                .flatMap(outer -> Stream.of(true, false).map(isInnerIpv4 -> Arguments.of(kind, outer, isInnerIpv4))));
    }

    @ParameterizedTest
    @MethodSource("kindsAndFamilies")
    void shouldEncapsulateAsTheObviousBuilderDoes(TunnelKind kind, AddressFamily outer, boolean isInnerIpv4) {
        List<byte[]> packets = new ArrayList<>();
        for (int n = 0; n < PACKETS; n++) {
            packets.add(TunnelRig.fromHost(TunnelRig.toFar(isInnerIpv4, 64, n)));
        }
        try (TunnelRig rig = new TunnelRig(kind, outer, packets, List.of())) {
            rig.routeUnderlay(U);
            rig.dataplane.run();

            var tunnel = rig.dataplane.statistics().interfaceCounts(T);
            var underlay = rig.dataplane.statistics().interfaceCounts(U);
            assertThat(tunnel.txPackets()).isEqualTo(PACKETS);
            assertThat(tunnel.txBytes())
                    .isEqualTo(packets.stream().mapToLong(frame -> frame.length).sum());
            assertThat(underlay.txPackets()).isEqualTo(PACKETS);
            assertThat(rig.dataplane.statistics().routerCounts(INNER).txPackets())
                    .isEqualTo(PACKETS);
            assertThat(rig.dataplane.statistics().routerCounts(UNDERLAY).txPackets())
                    .isEqualTo(PACKETS);
            List<byte[]> sent = rig.dataplane.sent(1);
            assertThat(sent).hasSize(PACKETS);
            for (int n = 0; n < PACKETS; n++) {
                byte[] inner = TunnelRig.toFar(isInnerIpv4, 63, n);
                assertThat(OuterPacket.withoutFlow(sent.get(n)))
                        .as("packet %d", n)
                        .isEqualTo(TunnelRig.toGateway(rig.outer(inner, true, n)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndFamilies")
    void shouldDecapsulateAndForward(TunnelKind kind, AddressFamily outer, boolean isInnerIpv4) {
        List<byte[]> frames = new ArrayList<>();
        try (TunnelRig builder = new TunnelRig(kind, outer, List.of(), List.of())) {
            for (int n = 0; n < PACKETS; n++) {
                frames.add(TunnelRig.fromGateway(builder.outer(TunnelRig.toNear(isInnerIpv4, 64, n), false, n)));
            }
        }
        try (TunnelRig rig = new TunnelRig(kind, outer, List.of(), frames)) {
            rig.dataplane.run();

            assertThat(rig.dataplane.statistics().interfaceCounts(T).rxPackets())
                    .isEqualTo(PACKETS);
            assertThat(rig.dataplane.statistics().routerCounts(INNER).rxPackets())
                    .isEqualTo(PACKETS);
            assertThat(rig.dataplane.punts.frames).isEmpty();
            List<byte[]> sent = rig.dataplane.sent(0);
            assertThat(sent).hasSize(PACKETS);
            for (int n = 0; n < PACKETS; n++) {
                assertThat(sent.get(n))
                        .as("packet %d", n)
                        .isEqualTo(TunnelRig.toHost(TunnelRig.toNear(isInnerIpv4, 63, n)));
            }
        }
    }

    /** Bytes that a kind puts around a packet, over IPv4. */
    private static int overhead(TunnelKind kind) {
        byte[] inner = TunnelRig.toFar(true, 64, 0);
        return kind.withOptions(new byte[20]).length + kind.header(inner, 0).length;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldSendWhatJustFitsTheUnderlay(TunnelKind kind) {
        List<byte[]> frames = List.of(
                TunnelRig.fromHost(TestFrames.ipv4(TunnelRig.NEAR4, TunnelRig.FAR4, 64, 1380)),
                TunnelRig.fromHost(TestFrames.ipv4(TunnelRig.NEAR4, TunnelRig.FAR4, 64, 1379)));
        try (TunnelRig rig = new TunnelRig(kind, AddressFamily.IPV4, frames, List.of())) {
            rig.routeUnderlay(U);
            int mtu = 1399 + overhead(kind);
            rig.dataplane
                    .proxy
                    .topology()
                    .addInterface(20, TestInterfaces.access(U, UNDERLAY, 1, 20, TunnelRig.MAC_U, mtu, "u"));
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(INNER, DropReason.ENCAPSULATED_TOO_BIG))
                    .isEqualTo(1);
            assertThat(rig.dataplane.sent(1))
                    .singleElement()
                    .satisfies(frame -> assertThat(frame).hasSize(18 + mtu));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldCarryCongestionMarksInwards(TunnelKind kind) {
        List<byte[]> frames = new ArrayList<>();
        try (TunnelRig builder = new TunnelRig(kind, AddressFamily.IPV4, List.of(), List.of())) {
            for (int ecn = 0; ecn < 4; ecn++) {
                byte[] inner = TunnelRig.withEcn(TunnelRig.toNear(true, 64, ecn), ecn);
                byte[] marked = TunnelRig.withEcn(builder.outer(inner, false, ecn), 3);
                frames.add(TunnelRig.fromGateway(marked));
            }
        }
        try (TunnelRig rig = new TunnelRig(kind, AddressFamily.IPV4, List.of(), frames)) {
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.CONGESTION_MARKED))
                    .isEqualTo(1);
            assertThat(rig.dataplane.sent(0))
                    .hasSize(3)
                    .allSatisfy(frame -> assertThat(frame[15] & 3).isEqualTo(3));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldPuntWhatAStrangerSendsAndItsFragments(TunnelKind kind) {
        byte[] inner = TunnelRig.toNear(true, 64, 1);
        List<byte[]> frames = new ArrayList<>();
        try (TunnelRig builder = new TunnelRig(kind, AddressFamily.IPV4, List.of(), List.of())) {
            byte[] strange = builder.outer(kind.protocol(inner), kind.header(inner, 1), inner, 3, 1, 1);
            byte[] fragment = TestFrames.with(strange, 6, 0x20);
            TestFrames.fixChecksum(fragment);
            frames.add(TestFrames.ethernet(TunnelRig.MAC_U, TunnelRig.GATEWAY, 0x0800, fragment));
            frames.add(TestFrames.ethernet(TunnelRig.MAC_U, TunnelRig.GATEWAY, 0x0800, strange));
        }
        List<byte[]> tagged = frames.stream()
                .map(frame -> TunnelRig.fromGateway(Arrays.copyOfRange(frame, 14, frame.length)))
                .toList();
        try (TunnelRig rig = new TunnelRig(kind, AddressFamily.IPV4, List.of(), tagged)) {
            rig.dataplane.run();

            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.LOCAL.code(), PuntReason.LOCAL.code());
            assertThat(rig.dataplane.punts.frames).containsExactlyElementsOf(frames);
        }
    }

    /** The right addresses and key are of no use where the tunnel is not: in another router, and so in another VPN. */
    @ParameterizedTest
    @MethodSource("kinds")
    void shouldReceiveOnlyWithinItsUnderlay(TunnelKind kind) {
        byte[] packet;
        try (TunnelRig builder = new TunnelRig(kind, AddressFamily.IPV4, List.of(), List.of())) {
            packet = builder.outer(TunnelRig.toNear(true, 64, 1), false, 1);
        }
        List<byte[]> frames = List.of(TunnelRig.fromHost(packet));
        try (TunnelRig rig = new TunnelRig(kind, AddressFamily.IPV4, frames, List.of())) {
            rig.dataplane
                    .proxy
                    .tables()
                    .addRoute(
                            20,
                            INNER,
                            AddressFamily.IPV4,
                            0,
                            TunnelRig.LOCAL4 & 0xffffffffL,
                            32,
                            RouteKind.LOCAL,
                            new NextHops());
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(rig.dataplane.statistics().interfaceCounts(T).rxPackets())
                    .isZero();
            assertThat(rig.dataplane.sent(0)).isEmpty();
            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.LOCAL.code());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldEncapsulateWhatTheKernelSendsOnceItHasAnotherHopLimit(TunnelKind kind) {
        byte[] packet = TunnelRig.toFar(true, 64, 0);
        byte[] frame = TestFrames.ethernet(TunnelRig.FAR_MAC, TunnelRig.TUNNEL_MAC, 0x0800, packet);
        try (TunnelRig rig = new TunnelRig(kind, AddressFamily.IPV4, List.of(), List.of())) {
            rig.routeUnderlay(U);
            var spec = rig.spec(T, INNER, UNDERLAY, 1, 2);
            spec.tunnel(
                    kind.encapsulation(),
                    UNDERLAY,
                    AddressFamily.IPV4,
                    0,
                    spec.tunnel().localLow(),
                    0,
                    spec.tunnel().remoteLow(),
                    9);
            rig.dataplane.proxy.topology().addInterface(20, kind.of(spec));
            rig.dataplane.settle();
            rig.dataplane.injectWriter(0).inject(T, new UnsafeBuffer(frame), 0, frame.length);
            rig.dataplane.run();

            byte[] outer = kind.withHopLimit(rig.outer(packet, true, 0), 9);
            assertThat(withoutFlow(rig.dataplane.sent(1))).containsExactly(TunnelRig.toGateway(outer));
        }
    }

    /**
     * Both ways through four tunnels within each other, or as many as there is headroom for: every second is IP in IP, and what is outside
     * covers what is inside.
     */
    @ParameterizedTest
    @MethodSource("kinds")
    void shouldNestWithinIpInIpAndAroundIt(TunnelKind kind) {
        byte[] out = TunnelRig.fromHost(TunnelRig.toFar(true, 64, 0));
        byte[] in = TunnelRig.toNear(true, 64, 0);
        int levels = kind.isEthernet() ? 3 : 4;
        for (int n = 0; n < levels; n++) {
            in = nested(kind, n, in, TunnelRig.REMOTE4 + n, TunnelRig.LOCAL4);
        }
        try (TunnelRig rig =
                new TunnelRig(kind, AddressFamily.IPV4, List.of(out), List.of(TunnelRig.fromGateway(in)))) {
            for (int n = 1; n < levels; n++) {
                rig.addTunnel(T + n, UNDERLAY, n % 2 == 0 ? kind : TunnelKind.IPIP, 2 + n);
                rig.dataplane.settle();
                rig.route4(UNDERLAY, TunnelRig.REMOTE4 + n - 1, 32, T + n, 0);
            }
            rig.routeUnderlay(U);
            rig.dataplane.run();

            byte[] packet = TunnelRig.toFar(true, 63, 0);
            for (int n = 0; n < levels; n++) {
                packet = nested(kind, n, packet, TunnelRig.LOCAL4, TunnelRig.REMOTE4 + n);
            }
            assertThat(withoutFlow(rig.dataplane.sent(1))).containsExactly(TunnelRig.toGateway(packet));
            assertThat(rig.dataplane.sent(0)).containsExactly(TunnelRig.toHost(TunnelRig.toNear(true, 63, 0)));
        }
    }

    private static List<byte[]> withoutFlow(List<byte[]> frames) {
        return frames.stream().map(OuterPacket::withoutFlow).toList();
    }

    private static byte[] nested(TunnelKind kind, int level, byte[] inner, int source, int destination) {
        TunnelKind own = level % 2 == 0 ? kind : TunnelKind.IPIP;
        byte[] header = own.header(inner, 0, source == TunnelRig.LOCAL4);
        return own.withOptions(OuterPacket.ipv4(own.protocol(inner), header, inner, source, destination, 64, level));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldPuntAgainOnceTheTunnelIsRemoved(TunnelKind kind) {
        byte[] packet;
        try (TunnelRig builder = new TunnelRig(kind, AddressFamily.IPV4, List.of(), List.of())) {
            packet = builder.outer(TunnelRig.toNear(true, 64, 1), false, 1);
        }
        try (TunnelRig rig =
                new TunnelRig(kind, AddressFamily.IPV4, List.of(), List.of(TunnelRig.fromGateway(packet)))) {
            rig.dataplane.proxy.topology().removeInterface(20, T);
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.LOCAL.code());
        }
    }
}
