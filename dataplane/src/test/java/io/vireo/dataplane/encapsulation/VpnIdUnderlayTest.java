package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.VpnRig.BLUE_ID;
import static io.vireo.dataplane.encapsulation.VpnRig.BLUE_OPTION;
import static io.vireo.dataplane.encapsulation.VpnRig.E;
import static io.vireo.dataplane.encapsulation.VpnRig.FAR_LEFT;
import static io.vireo.dataplane.encapsulation.VpnRig.R0;
import static io.vireo.dataplane.encapsulation.VpnRig.RED;
import static io.vireo.dataplane.encapsulation.VpnRig.RED_ID;
import static io.vireo.dataplane.encapsulation.VpnRig.RED_OPTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tunnels whose underlay's packets leave by an interface that marks them: VNS's edge. */
class VpnIdUnderlayTest {
    private static final int T = 20;
    private static final int LOCAL = 0x0a0a0001;
    private static final int CUSTOMER = 0x0a630002;

    /** To the left, over red's router, whose own it is. */
    private static InterfaceSpec tunnel() {
        return TestInterfaces.tunnel(T, RED, RED, AddressFamily.IPV4, 0, LOCAL, 0, FAR_LEFT, "t");
    }

    private static byte[] inner(int ttl, int payloadBytes) {
        return TestFrames.ipv4(0x0a630001, CUSTOMER, ttl, payloadBytes);
    }

    private static byte[] outer(byte[] inner, byte[] options) {
        return VpnRig.toLeft(R0, VnsPacket.withOptions(OuterPacket.ipv4(inner, LOCAL, FAR_LEFT, 64, 0), options));
    }

    private static VpnRig sent(InterfaceSpec tunnel, byte[]... inner) {
        VpnRig rig =
                new VpnRig(List.of(), Stream.of(inner).map(VpnRig::fromEdge).toList());
        add(rig, tunnel);
        rig.run();
        return rig;
    }

    private static void add(VpnRig rig, InterfaceSpec tunnel) {
        rig.dataplane.proxy.topology().addInterface(20, tunnel);
        NextHops via = new NextHops().add(T, 0, 0, 1);
        rig.dataplane.proxy.tables().addRoute(21, RED, AddressFamily.IPV4, 0, CUSTOMER, 32, RouteKind.UNICAST, via);
        rig.dataplane.settle();
    }

    @Test
    void shouldMarkATunnelsPacketsUnlessTheySayTheVpnIdThemselves() {
        try (VpnRig rig = sent(tunnel(), inner(64, 8))) {
            assertThat(rig.dataplane.sent(0)).containsExactly(outer(inner(63, 8), RED_OPTION));
        }
        byte[] own = VnsPacket.options(VnsOption.EXPERIMENTAL, RED_ID, 0);
        try (VpnRig rig = sent(TestInterfaces.vns(tunnel(), VnsOption.EXPERIMENTAL, RED_ID), inner(64, 8))) {
            assertThat(rig.dataplane.sent(0)).containsExactly(outer(inner(63, 8), own));
        }
    }

    @Test
    void shouldDropATunnelsPacketsThatSayAnotherVpnId() {
        try (VpnRig rig = sent(TestInterfaces.vns(tunnel(), VnsOption.EXPERIMENTAL, BLUE_ID), inner(64, 8))) {
            assertThat(rig.dataplane.drops(RED, DropReason.VPN_ID_FOREIGN)).isEqualTo(1);
            assertThat(rig.dataplane.sent(0)).isEmpty();
        }
    }

    /** 1400 bytes, and the option beside. */
    @Test
    void shouldCountTheOptionWhetherTheTunnelOrTheInterfaceWritesIt() {
        int fits = VpnRig.MTU - 40;
        InterfaceSpec vns = TestInterfaces.vns(tunnel(), VnsOption.STREAM_ID, RED_ID);
        for (InterfaceSpec tunnel : List.of(tunnel(), vns)) {
            tunnel.mtuBytes(1500);
            try (VpnRig rig = sent(tunnel, inner(64, fits), inner(64, fits + 1))) {
                assertThat(rig.dataplane.drops(RED, DropReason.ENCAPSULATED_TOO_BIG))
                        .isEqualTo(1);
                assertThat(rig.dataplane.sent(0)).containsExactly(outer(inner(63, fits), RED_OPTION));
            }
        }
    }

    /** What the sender learns of it leaves room for the option. */
    @Test
    void shouldReportWhatFitsBesideTheOption() {
        int own = 0x0a020001;
        byte[] tooLong = inner(64, VpnRig.MTU - 39);
        InterfaceSpec vns = TestInterfaces.vns(tunnel(), VnsOption.STREAM_ID, RED_ID);
        for (InterfaceSpec tunnel : List.of(tunnel(), vns)) {
            try (VpnRig rig = new VpnRig(List.of(), List.of(VpnRig.fromEdge(tooLong)))) {
                add(rig, tunnel.mtuBytes(1500));
                rig.route(RED, 0x0a630000, E, VpnRig.RIGHT);
                rig.neighbour(E, VpnRig.RIGHT, VpnRig.GATEWAY);
                rig.dataplane.proxy.tables().addInterfaceAddress(22, E, AddressFamily.IPV4, 0, own, AddressUse.SOURCE);
                rig.dataplane.settle();
                rig.run();

                byte[] error = ErrorPacket.ipv4(3, 4, VpnRig.MTU - 20, own, 0x0a630001, tooLong);
                assertThat(rig.dataplane.sent(1))
                        .containsExactly(TestFrames.tagged(VpnRig.GATEWAY, VpnRig.mac(E), 20, 0x0800, error));
                assertThat(rig.dataplane.sent(0)).isEmpty();
            }
        }
    }

    @Test
    void shouldUnwrapWhatTheInterfaceReceives() {
        byte[] inner = TestFrames.ipv4(CUSTOMER, 0x0a630001, 64, 8);
        byte[] outer = OuterPacket.ipv4(inner, FAR_LEFT, LOCAL, 64, 1);
        List<byte[]> frames = Stream.of(RED_OPTION, BLUE_OPTION)
                .map(option -> VnsPacket.withOptions(outer, option))
                .map(packet -> TestFrames.ethernet(VpnRig.mac(R0), VpnRig.HOST, 0x0800, packet))
                .toList();
        try (VpnRig rig = new VpnRig(frames, List.of())) {
            rig.dataplane.proxy.topology().addInterface(20, TestInterfaces.vns(tunnel(), VnsOption.STREAM_ID, RED_ID));
            for (int router : new int[] {RED, VpnRig.BLUE}) {
                rig.dataplane
                        .proxy
                        .tables()
                        .addRoute(21, router, AddressFamily.IPV4, 0, LOCAL, 32, RouteKind.LOCAL, new NextHops());
            }
            rig.route(RED, 0x0a630000, E, VpnRig.RIGHT);
            rig.neighbour(E, VpnRig.RIGHT, VpnRig.GATEWAY);
            rig.dataplane.settle();
            rig.run();

            assertThat(rig.received(T)).isEqualTo(1);
            assertThat(rig.dataplane.punts.interfaces)
                    .as("blue's router has no such tunnel")
                    .containsExactly(VpnRig.B0);
            byte[] forwarded = TestFrames.ipv4(CUSTOMER, 0x0a630001, 63, 8);
            assertThat(rig.dataplane.sent(1))
                    .containsExactly(TestFrames.tagged(VpnRig.GATEWAY, VpnRig.mac(E), 20, 0x0800, forwarded));
        }
    }
}
