package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dataplane.wire.value.NextHops;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tunnels whose underlay reaches the far end by a route with labels: between the edges of a network that switches labels. */
class TunnelOverLabelsTest {
    private static final int TYPE = 0x8847;
    private static final int LABEL = 100;
    private static final int UNDER = 200;

    private static TunnelRig rig(TunnelKind kind, byte[] packet) {
        TunnelRig rig = new TunnelRig(kind, AddressFamily.IPV4, List.of(TunnelRig.fromHost(packet)), List.of());
        route(rig);
        return rig;
    }

    private static void route(TunnelRig rig) {
        NextHops via = new NextHops()
                .add(TunnelRig.U, 0, 0x0a000001, 1)
                .push(LABEL, NextHops.UNIFORM_TTL)
                .push(UNDER, 255);
        rig.dataplane
                .proxy
                .tables()
                .addRoute(
                        8,
                        TunnelRig.UNDERLAY,
                        AddressFamily.IPV4,
                        0,
                        TunnelRig.LOCAL4 & 0xffff_ff00L,
                        24,
                        RouteKind.UNICAST,
                        via);
        rig.dataplane.settle();
    }

    private static Stream<TunnelKind> kinds() {
        return Stream.of(TunnelKind.IPIP, TunnelKind.GRE);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldPutTheLabelsBeforeTheOuterHeader(TunnelKind kind) {
        byte[] inner = TunnelRig.toFar(true, 63, 4);
        try (TunnelRig rig = rig(kind, TunnelRig.toFar(true, 64, 4))) {
            rig.dataplane.run();
            byte[] outer = rig.outer(inner, true, 0);
            int trafficClass = (outer[1] & 0xff) >> 5;
            byte[] labels = LabelRig.join(
                    MplsPacket.entry(LABEL, trafficClass, false, 64), MplsPacket.entry(UNDER, trafficClass, true, 255));
            assertThat(rig.dataplane.sent(1))
                    .containsExactly(TestFrames.tagged(
                            TunnelRig.GATEWAY, TunnelRig.MAC_U, 20, TYPE, LabelRig.join(labels, outer)));
        }
    }

    /** The label of a VPN under those of the way to the far end, as in RFC 4364. */
    @Test
    void shouldPutThemUponTheLabelOfAVpn() {
        try (TunnelRig rig = rig(TunnelKind.MPLS_ON_LINK, TunnelRig.toFar(true, 64, 4))) {
            rig.dataplane.run();
            assertThat(rig.dataplane.sent(1)).singleElement().satisfies(frame -> {
                ByteBuffer stack = ByteBuffer.wrap(frame, 18, 12);
                int outer = stack.getInt();
                int under = stack.getInt();
                int vpn = stack.getInt();
                assertThat(outer >>> 12).isEqualTo(LABEL);
                assertThat(outer & 0xff).isEqualTo(vpn & 0xff).isEqualTo(64);
                assertThat(under >>> 12).isEqualTo(UNDER);
                assertThat(under & 0xff).isEqualTo(255);
                assertThat(outer & 0xe00).isEqualTo(under & 0xe00).isEqualTo(vpn & 0xe00);
                assertThat((outer | under) & 0x100).isZero();
                assertThat(vpn & 0x100).isNotZero();
                assertThat(ByteBuffer.wrap(frame).getShort(16)).isEqualTo((short) TYPE);
            });
        }
    }

    /** The MTU of 1300 less two labels and 20 bytes of IP in IP. */
    @Test
    void shouldTakeWhatFitsBesideHeaderAndLabelsAndNoMore() {
        int maxPayload = 1300 - 8 - 20 - 20;
        for (int payload : new int[] {maxPayload, maxPayload + 1}) {
            byte[] packet = TestFrames.ipv4(TunnelRig.NEAR4, TunnelRig.FAR4, 64, payload); // not to be fragmented
            try (TunnelRig rig = rig(TunnelKind.IPIP, packet)) {
                var narrow = TestInterfaces.access(TunnelRig.U, TunnelRig.UNDERLAY, 1, 20, TunnelRig.MAC_U, 1300, "u");
                rig.dataplane.proxy.topology().addInterface(9, narrow);
                rig.dataplane.settle();
                rig.dataplane.run();
                boolean fits = payload == maxPayload;
                assertThat(rig.dataplane.sent(1)).hasSize(fits ? 1 : 0);
                assertThat(rig.dataplane.drops(TunnelRig.INNER, DropReason.ENCAPSULATED_TOO_BIG))
                        .isEqualTo(fits ? 0 : 1);
            }
        }
    }

    /** Each fragment of an outer packet has the labels, and fits beside them. */
    @Test
    void shouldFragmentOutsideBeforeTheLabels() {
        int mtu = 700;
        byte[] packet = TestFrames.ipv4(TunnelRig.NEAR4, TunnelRig.FAR4, 64, 1_310);
        try (TunnelRig rig = rig(TunnelKind.IPIP, packet)) {
            var topology = rig.dataplane.proxy.topology();
            topology.addInterface(
                    9, TestInterfaces.access(TunnelRig.U, TunnelRig.UNDERLAY, 1, 20, TunnelRig.MAC_U, mtu, "u"));
            topology.addInterface(
                    9,
                    rig.spec(TunnelRig.T, TunnelRig.INNER, TunnelRig.UNDERLAY, 1, 2)
                            .tunnelModes(TunnelModes.FRAGMENT_OUTER));
            rig.dataplane.settle();
            rig.dataplane.run();
            List<byte[]> sent = rig.dataplane.sent(1);
            assertThat(sent).hasSize(2).allSatisfy(frame -> {
                ByteBuffer bytes = ByteBuffer.wrap(frame);
                assertThat(bytes.getInt(18) >>> 12).isEqualTo(LABEL);
                assertThat(bytes.getInt(22) >>> 12).isEqualTo(UNDER);
                assertThat(frame.length).isLessThanOrEqualTo(18 + mtu);
                assertThat(bytes.getShort(26 + 2)).isEqualTo((short) (frame.length - 26));
            });
            assertThat(sent.stream().mapToInt(frame -> frame.length - 26 - 20).sum())
                    .isEqualTo(packet.length);
        }
    }

    @Test
    void shouldDropWhileTheNextHopIsNotKnown() {
        try (TunnelRig rig = rig(TunnelKind.GRE, TunnelRig.toFar(true, 64, 4))) {
            rig.dataplane.proxy.tables().removeNeighbour(9, TunnelRig.U, AddressFamily.IPV4, 0, 0x0a000001);
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(rig.dataplane.sent(1)).isEmpty();
            assertThat(rig.dataplane.drops(TunnelRig.INNER, DropReason.LABEL_UNRESOLVED))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldDropForTheStateOfTheInterfaceAsWithoutLabels() {
        try (TunnelRig rig = rig(TunnelKind.GRE, TunnelRig.toFar(true, 64, 4))) {
            rig.dataplane.proxy.topology().setInterfaceState(9, TunnelRig.U, false);
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(TunnelRig.INNER, DropReason.EGRESS_DOWN))
                    .isEqualTo(1);
        }
    }
}
