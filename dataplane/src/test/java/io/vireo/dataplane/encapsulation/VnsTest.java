package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.INNER;
import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.U;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.VnsOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tunnels between the same addresses, which differ by the VPN-ID in an option of the outer header. */
class VnsTest {
    private static final byte[] INNER_PACKET = TunnelRig.toNear(true, 64, 3);
    private static final int OTHER = T + 1;
    private static final TunnelKind SEVEN = new TunnelKind(Encapsulation.VNS, VnsOption.STREAM_ID, 7);
    private static final TunnelKind WIDE = new TunnelKind(Encapsulation.VNS, VnsOption.EXPERIMENTAL, 0x70007);

    private static byte[] from(int source, byte[] options) {
        byte[] packet = OuterPacket.ipv4(INNER_PACKET, source, TunnelRig.LOCAL4, 64, 1);
        return TunnelRig.fromGateway(VnsPacket.withOptions(packet, options));
    }

    private static byte[] withId(int option, int vpnId) {
        return from(TunnelRig.REMOTE4, VnsPacket.options(option, vpnId, 0x1234));
    }

    private static TunnelRig received(TunnelKind kind, List<byte[]> frames) {
        TunnelRig rig = new TunnelRig(kind, AddressFamily.IPV4, List.of(), frames);
        rig.dataplane.run();
        return rig;
    }

    private static long received(TunnelRig rig, int interfaceId) {
        return rig.dataplane.statistics().interfaceCounts(interfaceId).rxPackets();
    }

    private static long dropped(TunnelRig rig, DropReason reason) {
        return rig.dataplane.drops(UNDERLAY, reason);
    }

    @Test
    void shouldReceiveByTheTunnelOfEachVpn() {
        List<byte[]> frames = List.of(
                withId(VnsOption.STREAM_ID, 7),
                withId(VnsOption.EXPERIMENTAL, 0x70007),
                withId(VnsOption.EXPERIMENTAL, 0x70007));
        try (TunnelRig rig = new TunnelRig(SEVEN, AddressFamily.IPV4, List.of(), frames)) {
            rig.addTunnel(OTHER, INNER, WIDE, 2);
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(received(rig, T)).isEqualTo(1);
            assertThat(received(rig, OTHER)).isEqualTo(2);
        }
    }

    @Test
    void shouldTakeEitherOptionAndPaddingAroundIt() {
        List<byte[]> frames = List.of(
                withId(VnsOption.STREAM_ID, 7),
                withId(VnsOption.EXPERIMENTAL, 7),
                withId(VnsOption.EXPERIMENTAL_WITH_FLOW, 7),
                from(TunnelRig.REMOTE4, new byte[] {1, 1, (byte) 136, 4, 0, 7, 1, 0}),
                from(TunnelRig.REMOTE4, new byte[] {(byte) 136, 4, 0, 7, 0, (byte) 136, 4, 9}),
                from(TunnelRig.REMOTE4, longest()));
        try (TunnelRig rig = received(SEVEN, frames)) {
            assertThat(received(rig, T)).isEqualTo(frames.size());
            assertThat(rig.dataplane.sent(0)).hasSize(frames.size());
        }
    }

    /** 40 bytes, the option last. */
    private static byte[] longest() {
        byte[] options = new byte[40];
        Arrays.fill(options, (byte) 1);
        System.arraycopy(VnsPacket.options(VnsOption.STREAM_ID, 7, 0), 0, options, 36, 4);
        return options;
    }

    static Stream<byte[]> malformed() {
        return Stream.of(
                new byte[] {(byte) 136, 0, 0, 7},
                new byte[] {(byte) 136, 1, 0, 7},
                new byte[] {(byte) 136, 3, 0, 0},
                new byte[] {(byte) 136, 5, 0, 7, 0, 0, 0, 0},
                new byte[] {(byte) 136, 8, 0, 7},
                new byte[] {1, 1, 1, (byte) 136},
                new byte[] {(byte) 158, 4, 0, 7},
                new byte[] {(byte) 158, 7, 0, 0, 0, 7, 0, 0},
                new byte[] {1, (byte) 158, 8, 0, 0, 0, 7, 0},
                new byte[] {(byte) 136, 4, 0, 7, (byte) 136, 4, 0, 7},
                new byte[] {(byte) 136, 4, 0, 7, (byte) 158, 8, 0, 0, 0, 7, 0, 0},
                new byte[] {(byte) 136, 4, 0, 7, (byte) 0x94, 4, 0, 0},
                new byte[] {(byte) 0x94, 4, 0, 0},
                new byte[] {7, 7, 4, 0, 0, 0, 0, 0},
                new byte[] {1, 1, 1, 1},
                new byte[] {0, (byte) 136, 4, 7});
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void shouldDropMalformedAndOtherOptionsOfTheFarEndAndLeaveAStrangersToTheKernel(byte[] options) {
        List<byte[]> frames = List.of(from(TunnelRig.REMOTE4, options), from(TunnelRig.REMOTE4 + 1, options));
        try (TunnelRig rig = received(SEVEN, frames)) {
            assertThat(dropped(rig, DropReason.TUNNEL_MALFORMED)).isEqualTo(1);
            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.OPTIONS.code());
            assertThat(received(rig, T)).isZero();
        }
    }

    @Test
    void shouldDropAnUnknownOrMissingIdAndLeaveAStrangersToTheKernel() {
        List<byte[]> frames = List.of(
                withId(VnsOption.STREAM_ID, 8),
                withId(VnsOption.EXPERIMENTAL, 0x70007),
                from(TunnelRig.REMOTE4, new byte[0]),
                from(TunnelRig.REMOTE4 + 1, VnsPacket.options(VnsOption.STREAM_ID, 7, 0)),
                from(TunnelRig.REMOTE4 + 1, new byte[0]));
        try (TunnelRig rig = received(SEVEN, frames)) {
            assertThat(dropped(rig, DropReason.TUNNEL_KEY)).isEqualTo(3);
            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.LOCAL.code(), PuntReason.LOCAL.code());
        }
    }

    @Test
    void shouldLeaveOptionsAroundOtherTunnelsToTheKernel() {
        byte[] gre = GrePacket.header(GrePacket.IPV4, null, false, null, INNER_PACKET);
        byte[] packet =
                OuterPacket.ipv4(GrePacket.PROTOCOL, gre, INNER_PACKET, TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1);
        byte[] alert = TunnelRig.fromGateway(VnsPacket.withOptions(packet, new byte[] {(byte) 0x94, 4, 0, 0}));
        try (TunnelRig rig = received(TunnelKind.GRE, List.of(alert))) {
            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.OPTIONS.code());
        }
    }

    /** The far end's node has put the VPN-ID of the underlay into them, where they left by an interface that marks. */
    @ParameterizedTest
    @MethodSource("marks")
    void shouldReceiveByTunnelsOfAllKindsWhatWasMarkedUnderneath(byte[] mark) {
        for (TunnelKind kind : List.of(TunnelKind.IPIP, TunnelKind.GRE, TunnelKind.GRE_WITH_ALL)) {
            byte[] header = kind.header(INNER_PACKET, 1);
            int protocol = kind.protocol(INNER_PACKET);
            byte[] packet =
                    OuterPacket.ipv4(protocol, header, INNER_PACKET, TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1);
            try (TunnelRig rig = received(kind, List.of(TunnelRig.fromGateway(VnsPacket.withOptions(packet, mark))))) {
                assertThat(received(rig, T)).as("%s", kind).isEqualTo(1);
                assertThat(rig.dataplane.sent(0)).containsExactly(TunnelRig.toHost(TunnelRig.toNear(true, 63, 3)));
            }
        }
    }

    static Stream<byte[]> marks() {
        return Stream.of(
                VnsPacket.options(VnsOption.STREAM_ID, 7, 0),
                VnsPacket.options(VnsOption.EXPERIMENTAL, 0x70007, 0),
                VnsPacket.options(VnsOption.EXPERIMENTAL_WITH_FLOW, 0x70007, 9));
    }

    @Test
    void shouldDecryptWhatWasMarkedUnderneath() {
        EspPeer peer = EspPeer.random(EspAlgorithm.AES_GCM_128, true, 0x1234);
        byte[] packet = OuterPacket.ipv4(
                EspPeer.PROTOCOL, peer.seal(INNER_PACKET, 1), new byte[0], TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1);
        byte[] frame =
                TunnelRig.fromGateway(VnsPacket.withOptions(packet, VnsPacket.options(VnsOption.STREAM_ID, 7, 0)));
        TunnelKind kind = TunnelKind.esp(peer.algorithm(), peer.isExtended());
        try (TunnelRig rig = new TunnelRig(kind, AddressFamily.IPV4, List.of(), List.of(frame))) {
            long incarnation = rig.dataplane.memory.incarnation();
            rig.dataplane.proxy.keys().addSecurityAssociation(7, peer.spec(T, false, incarnation, 1));
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(rig.dataplane.sent(0)).containsExactly(TunnelRig.toHost(TunnelRig.toNear(true, 63, 3)));
        }
    }

    @Test
    void shouldKeepPlainIpInIpBetweenTheSameAddressesApart() {
        List<byte[]> frames = List.of(
                withId(VnsOption.STREAM_ID, 7),
                from(TunnelRig.REMOTE4, new byte[0]),
                withId(VnsOption.STREAM_ID, 8)); // of no tunnel: not of IP in IP either
        try (TunnelRig rig = new TunnelRig(SEVEN, AddressFamily.IPV4, List.of(), frames)) {
            rig.addTunnel(OTHER, INNER, TunnelKind.IPIP, 2);
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(received(rig, T)).isEqualTo(1);
            assertThat(received(rig, OTHER)).isEqualTo(1);
            assertThat(dropped(rig, DropReason.TUNNEL_KEY)).isEqualTo(1);
        }
    }

    @Test
    void shouldIdentifyFlowsWithinTheTunnel() {
        List<byte[]> frames = new ArrayList<>();
        for (int flow = 0; flow < 50; flow++) {
            byte[] packet = TunnelRig.toFar(true, 64, 4 * flow); // one length for each
            packet[20] = (byte) flow;
            frames.add(TunnelRig.fromHost(packet));
            frames.add(TunnelRig.fromHost(packet));
        }
        try (TunnelRig rig = new TunnelRig(TunnelKind.VNS_WITH_FLOW, AddressFamily.IPV4, frames, List.of())) {
            rig.routeUnderlay(U);
            rig.dataplane.run();

            List<byte[]> sent = rig.dataplane.sent(1);
            int[] flows = sent.stream()
                    .mapToInt(frame -> ((frame[44] & 0xff) << 8) | (frame[45] & 0xff))
                    .toArray();
            assertThat(flows).hasSize(100);
            assertThat(IntStream.range(0, 50).filter(n -> flows[2 * n] == flows[2 * n + 1]))
                    .hasSize(50);
            assertThat(IntStream.of(flows).distinct()).hasSizeGreaterThan(45);
        }
    }

    @Test
    void shouldRefuseByFieldWhatIsThereOrCannotChange() {
        try (TunnelRig rig = new TunnelRig(SEVEN, AddressFamily.IPV4, List.of(), List.of())) {
            rig.addTunnel(OTHER, INNER, new TunnelKind(Encapsulation.VNS, VnsOption.EXPERIMENTAL, 7), 2);
            rig.addTunnel(T, INNER, new TunnelKind(Encapsulation.VNS, VnsOption.EXPERIMENTAL, 7), 2);
            rig.addTunnel(T, INNER, new TunnelKind(Encapsulation.VNS, VnsOption.STREAM_ID, 8), 2);
            rig.dataplane.conduct();

            assertThat(rig.dataplane.events.refusals)
                    .satisfiesExactly(
                            refusal ->
                                    assertThat(refusal).contains("tunnelKey: interface 12 is a tunnel with this key"),
                            refusal -> assertThat(refusal).contains("vnsOption: interface 12 exists with another"),
                            refusal -> assertThat(refusal).contains("tunnelKey: interface 12 exists with another"));
        }
    }
}
