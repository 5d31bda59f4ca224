package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.INNER;
import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.TunnelModes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a label in a tunnel may say, and what becomes of a packet that says something else (RFC 3032, RFC 4023). */
class MplsTest {
    private static final int OUT = 100;
    private static final int IN = 200;
    private static final int OTHER = 13;
    private static final TunnelKind KIND = new TunnelKind(Encapsulation.MPLS_GRE, OUT, IN);
    private static final byte[] PACKET = TunnelRig.toNear(true, 64, 3);

    private static byte[] entry(int label) {
        return MplsPacket.entry(label, 0, true, 64);
    }

    private static byte[] frame(byte[] header, byte[] inner) {
        return TunnelRig.fromGateway(
                OuterPacket.ipv4(GrePacket.PROTOCOL, header, inner, TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1));
    }

    private static TunnelRig received(int modes, List<byte[]> frames) {
        TunnelRig rig = new TunnelRig(KIND, AddressFamily.IPV4, List.of(), frames);
        rig.dataplane
                .proxy
                .topology()
                .addInterface(20, rig.spec(T, INNER, UNDERLAY, 1, 2).tunnelModes(modes));
        rig.dataplane.settle();
        rig.dataplane.run();
        return rig;
    }

    private static TunnelRig received(List<byte[]> frames) {
        return received(TunnelModes.DEFAULT, frames);
    }

    private static long taken(TunnelRig rig) {
        return rig.dataplane.statistics().interfaceCounts(T).rxPackets();
    }

    private static long dropped(TunnelRig rig, DropReason reason) {
        return rig.dataplane.drops(UNDERLAY, reason);
    }

    @Test
    void shouldSendTheOneLabelAndTakeTheOther() {
        List<byte[]> out = List.of(TunnelRig.fromHost(TunnelRig.toFar(true, 64, 1)));
        List<byte[]> in = List.of(frame(MplsPacket.gre(entry(OUT)), PACKET), frame(MplsPacket.gre(entry(IN)), PACKET));
        try (TunnelRig rig = new TunnelRig(KIND, AddressFamily.IPV4, out, in)) {
            rig.routeUnderlay(TunnelRig.U);
            rig.dataplane.run();

            assertThat(taken(rig)).isEqualTo(1);
            assertThat(dropped(rig, DropReason.TUNNEL_KEY)).isEqualTo(1);
            assertThat(rig.dataplane.sent(1))
                    .singleElement()
                    .satisfies(sent -> assertThat(Arrays.copyOfRange(sent, 38, 46))
                            .isEqualTo(MplsPacket.gre(
                                    MplsPacket.entry(OUT, TunnelRig.toFar(true, 64, 1)[1] >> 5 & 7, true, 64))));
        }
    }

    @Test
    void shouldFindTheVirtualRouterByTheLabel() {
        List<byte[]> frames =
                List.of(frame(MplsPacket.gre(entry(IN)), PACKET), frame(MplsPacket.gre(entry(300)), PACKET));
        try (TunnelRig rig = new TunnelRig(KIND, AddressFamily.IPV4, List.of(), frames)) {
            rig.addTunnel(OTHER, UNDERLAY, new TunnelKind(Encapsulation.MPLS_GRE, OUT + 1, 300), 2);
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(taken(rig)).isEqualTo(1);
            assertThat(rig.dataplane.statistics().interfaceCounts(OTHER).rxPackets())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 15, OUT, 0xfffff})
    void shouldDropOtherLabels(int label) {
        try (TunnelRig rig = received(List.of(frame(MplsPacket.gre(entry(label)), PACKET)))) {
            assertThat(dropped(rig, DropReason.TUNNEL_KEY)).isEqualTo(1);
        }
    }

    @Test
    void shouldLeaveAStrangersLabelToTheKernel() {
        byte[] packet = OuterPacket.ipv4(
                GrePacket.PROTOCOL, MplsPacket.gre(entry(IN)), PACKET, TunnelRig.REMOTE4 + 1, TunnelRig.LOCAL4, 64, 1);
        try (TunnelRig rig = received(List.of(TunnelRig.fromGateway(packet)))) {
            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.LOCAL.code());
        }
    }

    @Test
    void shouldDropMoreThanOneLabel() {
        byte[] stack = MplsPacket.gre(MplsPacket.entry(IN, 0, false, 64), entry(IN));
        try (TunnelRig rig = received(List.of(frame(stack, PACKET)))) {
            assertThat(dropped(rig, DropReason.TUNNEL_PAYLOAD)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x10, 0x55, 0x70, 0xff})
    void shouldDropWhatIsNoIp(int first) {
        try (TunnelRig rig = received(List.of(frame(MplsPacket.gre(entry(IN)), TestFrames.with(PACKET, 0, first))))) {
            assertThat(dropped(rig, DropReason.TUNNEL_PAYLOAD)).isEqualTo(1);
        }
    }

    /** What stands behind the packet's end looks like the rest. */
    @Test
    void shouldDropWhatIsCutOff() {
        byte[] whole = frame(MplsPacket.gre(entry(IN)), PACKET);
        List<byte[]> frames = IntStream.range(4, 9)
                .mapToObj(bytes -> GreHeaderTest.withTotalLength(whole, 20 + bytes))
                .toList();
        try (TunnelRig rig = received(frames)) {
            assertThat(dropped(rig, DropReason.TUNNEL_MALFORMED)).isEqualTo(4);
            assertThat(dropped(rig, DropReason.TUNNEL_PAYLOAD)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x8000, 0x4000, 0x2000, 0x1000, 0x0800})
    void shouldDropAGreHeaderWithMore(int bits) {
        byte[] header = Arrays.copyOf(MplsPacket.gre(entry(IN)), 16);
        header[0] = (byte) (bits >> 8);
        try (TunnelRig rig = received(List.of(frame(header, PACKET)))) {
            assertThat(dropped(rig, DropReason.TUNNEL_MALFORMED)).isEqualTo(1);
        }
    }

    @Test
    void shouldDropALabelWhoseTtlIsUsedUp() {
        List<byte[]> frames = IntStream.range(0, 3)
                .mapToObj(ttl -> frame(MplsPacket.gre(MplsPacket.entry(IN, 0, true, ttl)), PACKET))
                .toList();
        try (TunnelRig rig = received(frames)) {
            assertThat(dropped(rig, DropReason.TTL_EXPIRED)).isEqualTo(2);
            assertThat(taken(rig)).isEqualTo(1);
        }
    }

    @Test
    void shouldExpireWithinTheVirtualRouterWhereTheLabelCountsForThePacket() {
        List<byte[]> frames = List.of(frame(MplsPacket.gre(MplsPacket.entry(IN, 0, true, 1)), PACKET));
        try (TunnelRig rig = received(TunnelModes.UNIFORM_TTL, frames)) {
            assertThat(taken(rig)).isEqualTo(1);
            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.TTL_EXPIRED.code());
        }
    }

    @Test
    void shouldKeepGreTunnelsBetweenTheSameAddressesApart() {
        byte[] gre = GrePacket.header(GrePacket.IPV4, null, false, null, PACKET);
        List<byte[]> frames = List.of(frame(gre, PACKET), frame(MplsPacket.gre(entry(IN)), PACKET));
        try (TunnelRig rig = new TunnelRig(KIND, AddressFamily.IPV4, List.of(), frames)) {
            rig.addTunnel(OTHER, INNER, TunnelKind.GRE, 2);
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(taken(rig)).isEqualTo(1);
            assertThat(rig.dataplane.statistics().interfaceCounts(OTHER).rxPackets())
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseALabelThatAnotherTunnelHasAndChangesOfLabels() {
        try (TunnelRig rig = new TunnelRig(KIND, AddressFamily.IPV4, List.of(), List.of())) {
            rig.addTunnel(OTHER, INNER, new TunnelKind(Encapsulation.MPLS_GRE, OUT + 1, IN), 2);
            rig.addTunnel(OTHER, INNER, new TunnelKind(Encapsulation.MPLS_GRE, OUT, IN + 1), 2);
            rig.addTunnel(T, INNER, new TunnelKind(Encapsulation.MPLS_GRE, OUT + 1, IN), 2);
            rig.addTunnel(T, INNER, new TunnelKind(Encapsulation.MPLS_GRE, OUT, IN + 1), 2);
            rig.dataplane.conduct();

            assertThat(rig.dataplane.events.refusals)
                    .satisfiesExactly(
                            refusal ->
                                    assertThat(refusal).contains("tunnelKey: interface 12 is a tunnel with this key"),
                            refusal ->
                                    assertThat(refusal).contains("outLabel: interface 12 is a tunnel that sends this"),
                            refusal -> assertThat(refusal).contains("outLabel: interface 12 exists with another"),
                            refusal -> assertThat(refusal).contains("tunnelKey: interface 12 exists with another"));
        }
    }
}
