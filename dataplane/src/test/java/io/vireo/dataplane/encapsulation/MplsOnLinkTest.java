package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.INNER;
import static io.vireo.dataplane.encapsulation.TunnelRig.MAC_U;
import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.TunnelModes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels on a link itself: who may send them, and what becomes of others (RFC 3031, RFC 3032). What is right, scapy says. */
class MplsOnLinkTest {
    private static final int OUT = TunnelKind.MPLS_ON_LINK.options();
    private static final int IN = TunnelKind.MPLS_ON_LINK.key();
    private static final int OTHER = 13;
    private static final int TYPE = 0x8847;
    private static final byte[] PACKET = TunnelRig.toNear(true, 64, 3);

    private static byte[] labelled(byte[]... parts) {
        byte[] all = new byte[0];
        for (byte[] part : parts) {
            all = GrePacket.with(all, part);
        }
        return all;
    }

    private static byte[] entry(int label, boolean isBottom, int ttl) {
        return MplsPacket.entry(label, 0, isBottom, ttl);
    }

    private static byte[] frame(byte[] content) {
        return TestFrames.tagged(MAC_U, TunnelRig.GATEWAY, 20, TYPE, content);
    }

    private static byte[] right() {
        return frame(labelled(entry(IN, true, 64), PACKET));
    }

    private static TunnelRig rig(List<byte[]> out, List<byte[]> in) {
        return new TunnelRig(TunnelKind.MPLS_ON_LINK, AddressFamily.IPV4, out, in);
    }

    private static long taken(TunnelRig rig) {
        return rig.dataplane.statistics().interfaceCounts(T).rxPackets();
    }

    private static void assertDropped(DropReason reason, List<byte[]> frames) {
        try (TunnelRig rig = rig(List.of(), frames)) {
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(UNDERLAY, reason)).isEqualTo(frames.size());
            assertThat(rig.dataplane.punts.frames).isEmpty();
            assertThat(taken(rig)).isZero();
            assertThat(rig.dataplane.buffersInUse()).isZero();
        }
    }

    @Test
    void shouldSendAndReceive() {
        byte[] far = TunnelRig.toFar(true, 63, 1);
        try (TunnelRig rig = rig(List.of(TunnelRig.fromHost(TunnelRig.toFar(true, 64, 1))), List.of(right()))) {
            rig.routeUnderlay(TunnelRig.U);
            rig.dataplane.run();

            byte[] entry = MplsPacket.entry(OUT, OuterPacket.trafficClass(far) >> 5, true, 64);
            assertThat(rig.dataplane.sent(1))
                    .containsExactly(TestFrames.tagged(TunnelRig.GATEWAY, MAC_U, 20, TYPE, labelled(entry, far)));
            assertThat(rig.dataplane.sent(0)).containsExactly(TunnelRig.toHost(TunnelRig.toNear(true, 63, 3)));
        }
    }

    /** The same label comes in by an interface of another router, and so perhaps from another VPN. */
    @Test
    void shouldTakeLabelsOnlyWhereTheyMayComeInAndTheirTunnelIs() {
        byte[] frame =
                TestFrames.ethernet(TunnelRig.MAC_A, TunnelRig.HOST, TYPE, labelled(entry(IN, true, 64), PACKET));
        try (TunnelRig rig = rig(List.of(frame, frame), List.of())) {
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(INNER, DropReason.LABELS_NOT_TAKEN)).isEqualTo(2);
        }
        try (TunnelRig rig = rig(List.of(frame, frame), List.of())) {
            var open = TestInterfaces.access(TunnelRig.A, INNER, 0, 0, TunnelRig.MAC_A, 1500, "a");
            rig.dataplane.proxy.topology().addInterface(20, open.takesLabels(true));
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(INNER, DropReason.LABEL_UNKNOWN)).isEqualTo(2);
        }
    }

    @Test
    void shouldTakeNoMoreLabelsOnceTheInterfaceIsNotTo() {
        try (TunnelRig rig = rig(List.of(), List.of(right()))) {
            var closed = TestInterfaces.access(TunnelRig.U, UNDERLAY, 1, 20, MAC_U, 1500, "u");
            rig.dataplane.proxy.topology().addInterface(20, closed);
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.LABELS_NOT_TAKEN))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 15, 16, 0xffffe})
    void shouldDropOtherLabels(int label) {
        assertDropped(DropReason.LABEL_UNKNOWN, List.of(frame(labelled(entry(label, true, 64), PACKET))));
    }

    @Test
    void shouldDropAStackThatIsCutOff() {
        assertDropped(
                DropReason.LABEL_UNKNOWN, List.of(frame(new byte[0]), frame(Arrays.copyOf(entry(IN, true, 64), 3))));
    }

    @Test
    void shouldDropWhatIsNoIp() {
        byte[] stack = labelled(entry(IN, false, 64), entry(IN, true, 64), PACKET);
        byte[] control = labelled(entry(IN, true, 64), new byte[60]);
        assertDropped(DropReason.TUNNEL_PAYLOAD, List.of(frame(stack), frame(control), frame(entry(IN, true, 64))));
    }

    @Test
    void shouldDropALabelWhoseTtlIsUsedUp() {
        assertDropped(
                DropReason.TTL_EXPIRED,
                List.of(frame(labelled(entry(IN, true, 0), PACKET)), frame(labelled(entry(IN, true, 1), PACKET))));
    }

    @Test
    void shouldDropWhatCameToAGroup() {
        byte[] frame =
                TestFrames.tagged(0x01005e800001L, TunnelRig.GATEWAY, 20, TYPE, labelled(entry(IN, true, 64), PACKET));
        assertDropped(DropReason.LINK_BROADCAST_UNICAST, List.of(frame));
    }

    /** Upstream-assigned labels (RFC 5332 §3) are another space, which nobody has here. */
    @Test
    void shouldDropUpstreamAssignedLabels() {
        byte[] frame = TestFrames.tagged(MAC_U, TunnelRig.GATEWAY, 20, 0x8848, labelled(entry(IN, true, 64), PACKET));
        assertDropped(DropReason.UNKNOWN_ETHERTYPE, List.of(frame));
    }

    @Test
    void shouldSendNothingIntoATunnelUnderneath() {
        List<byte[]> out = List.of(TunnelRig.fromHost(TunnelRig.toFar(true, 64, 1)));
        try (TunnelRig rig = rig(out, List.of())) {
            rig.addTunnel(OTHER, UNDERLAY, TunnelKind.IPIP, 9);
            rig.dataplane.settle();
            rig.routeUnderlay(TunnelRig.U);
            rig.route4(UNDERLAY, TunnelRig.REMOTE4, 32, OTHER, 0);
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(INNER, DropReason.UNDERLAY_UNRESOLVED))
                    .isEqualTo(1);
            assertThat(rig.dataplane.sent(1)).isEmpty();
        }
    }

    @Test
    void shouldFollowAChangedHopLimitAndFixedDscp() {
        List<byte[]> out = List.of(TunnelRig.fromHost(TunnelRig.toFar(false, 64, 1)));
        try (TunnelRig rig = rig(out, List.of())) {
            rig.routeUnderlay(TunnelRig.U);
            var spec = rig.spec(T, INNER, UNDERLAY, 1, 2);
            spec.tunnel().hopLimit(9).modes(TunnelModes.fixedDscp(46));
            rig.dataplane.proxy.topology().addInterface(20, spec);
            rig.dataplane.settle();
            rig.dataplane.run();

            byte[] content = labelled(MplsPacket.entry(OUT, 5, true, 9), TunnelRig.toFar(false, 63, 1));
            assertThat(rig.dataplane.sent(1))
                    .containsExactly(TestFrames.tagged(TunnelRig.GATEWAY, MAC_U, 20, TYPE, content));
        }
    }

    @Test
    void shouldRefuseALabelThatAnotherTunnelOfTheRouterHas() {
        try (TunnelRig rig = rig(List.of(), List.of())) {
            rig.addTunnel(OTHER, INNER, new TunnelKind(TunnelKind.MPLS_ON_LINK.encapsulation(), OUT, IN), 9);
            rig.dataplane.conduct();
            assertThat(rig.dataplane.events.refusals)
                    .singleElement()
                    .satisfies(refusal -> assertThat(refusal).contains("tunnelKey: interface 12 is a tunnel"));
        }
    }

    @Test
    void shouldTakeNothingOnceTheTunnelIsRemoved() {
        try (TunnelRig rig = rig(List.of(), List.of(right()))) {
            rig.dataplane.proxy.topology().removeInterface(20, T);
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.LABEL_UNKNOWN)).isEqualTo(1);
        }
    }
}
