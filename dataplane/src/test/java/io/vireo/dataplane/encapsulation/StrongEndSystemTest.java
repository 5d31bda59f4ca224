package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.A;
import static io.vireo.dataplane.encapsulation.TunnelRig.INNER;
import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.U;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.RecordedCaptures.Captured;
import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two IP headers, of a virtual link and of a virtual network (Virtual Internets §2.1): towards the link a router is a strong end
 * system, in the network a weak one.
 */
class StrongEndSystemTest {
    private static final int ANY = -1;
    private static final int OTHER = 13;
    private static final int OTHER_VLAN = 21;
    private static final long OTHER_MAC = 0x020000000103L;
    private static final int OWN4 = 0x0a000101; // of A, not of the tunnel's interface

    /** With the outer address at one interface of the underlay, and another beside it. */
    private static TunnelRig rig(AddressFamily outer, int modes, byte[]... fromUnderlay) {
        TunnelRig rig = new TunnelRig(outer, List.of(), List.of(fromUnderlay));
        var proxy = rig.dataplane.proxy;
        proxy.topology()
                .addInterface(3, TestInterfaces.access(OTHER, UNDERLAY, 1, OTHER_VLAN, OTHER_MAC, 1500, "other"));
        proxy.topology().addInterface(3, rig.spec(T, INNER, UNDERLAY, 1, 2).tunnelModes(modes));
        proxy.tables()
                .addInterfaceAddress(4, U, AddressFamily.IPV4, 0, TunnelRig.LOCAL4 & 0xffffffffL, AddressUse.SOURCE);
        proxy.tables().addInterfaceAddress(4, U, AddressFamily.IPV6, TunnelRig.UNDERLAY6, 1, AddressUse.SOURCE);
        rig.dataplane.settle();
        return rig;
    }

    private static byte[] outer(AddressFamily family, byte[] inner) {
        return family == AddressFamily.IPV4
                ? OuterPacket.ipv4(inner, TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1)
                : OuterPacket.ipv6(inner, TunnelRig.UNDERLAY6, 2, TunnelRig.UNDERLAY6, 1, 64);
    }

    private static byte[] byOther(byte[] packet) {
        return TestFrames.tagged(OTHER_MAC, TunnelRig.GATEWAY, OTHER_VLAN, TunnelRig.type(packet), packet);
    }

    @ParameterizedTest
    @EnumSource(AddressFamily.class)
    void shouldTakeALinksPacketsAtItsInterfaceOnly(AddressFamily family) {
        byte[] packet = outer(family, TunnelRig.toNear(true, 64, 1));
        int modes = TunnelModes.STRONG_END_SYSTEM;
        try (TunnelRig rig = rig(family, modes, TunnelRig.fromGateway(packet), byOther(packet))) {
            rig.dataplane.proxy.startCapture(6, 0, OTHER, ANY, 65_535, 1_000);
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.TUNNEL_INTERFACE))
                    .isEqualTo(1);
            assertThat(rig.dataplane.statistics().interfaceCounts(T).rxPackets())
                    .isEqualTo(1);
            assertThat(rig.dataplane.captures.all)
                    .extracting(Captured::frame)
                    .as("as it came")
                    .contains(TestFrames.ethernet(OTHER_MAC, TunnelRig.GATEWAY, TunnelRig.type(packet), packet));
            assertThat(rig.dataplane.sent(0)).containsExactly(TunnelRig.toHost(TunnelRig.toNear(true, 63, 1)));
        }
    }

    @ParameterizedTest
    @EnumSource(AddressFamily.class)
    void shouldTakeOtherTunnelsPacketsAtAnyInterface(AddressFamily family) {
        byte[] packet = outer(family, TunnelRig.toNear(true, 64, 1));
        try (TunnelRig rig = rig(family, TunnelModes.DEFAULT, TunnelRig.fromGateway(packet), byOther(packet))) {
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.TUNNEL_INTERFACE))
                    .isZero();
            assertThat(rig.dataplane.sent(0)).hasSize(2);
        }
    }

    /** Inside, any address of the router is its own, whichever interface has it. */
    @ParameterizedTest
    @EnumSource(AddressFamily.class)
    void shouldTakeANetworksPacketsForAnyOfTheRoutersAddresses(AddressFamily family) {
        byte[] inner = TestFrames.ipv4(TunnelRig.FAR4, OWN4, 64, 9);
        byte[] packet = outer(family, inner);
        try (TunnelRig rig = rig(family, TunnelModes.STRONG_END_SYSTEM, TunnelRig.fromGateway(packet))) {
            rig.dataplane
                    .proxy
                    .tables()
                    .addRoute(6, INNER, AddressFamily.IPV4, 0, OWN4, 32, RouteKind.LOCAL, new NextHops());
            rig.dataplane.proxy.tables().addInterfaceAddress(4, A, AddressFamily.IPV4, 0, OWN4, AddressUse.SOURCE);
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(rig.dataplane.punts.interfaces).containsExactly(T);
            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.LOCAL.code());
        }
    }
}
