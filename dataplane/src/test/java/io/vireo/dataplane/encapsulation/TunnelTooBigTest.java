package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.A;
import static io.vireo.dataplane.encapsulation.TunnelRig.FAR4;
import static io.vireo.dataplane.encapsulation.TunnelRig.FAR6;
import static io.vireo.dataplane.encapsulation.TunnelRig.INNER;
import static io.vireo.dataplane.encapsulation.TunnelRig.NEAR4;
import static io.vireo.dataplane.encapsulation.TunnelRig.NEAR6;
import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.U;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.DropReason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Packets that are too long for what is underneath their tunnel, and errors about packets that came out of one. */
class TunnelTooBigTest {
    private static final int OWN4 = 0x0a000101;
    private static final int TUNNEL4 = 0x0a090001;
    private static final int UNDERLAY_MTU = 1_390;

    static Stream<Arguments> kindsAndOuterFamilies() {
        return TunnelKindsTest.kinds()
                .flatMap(kind -> Stream.of(AddressFamily.values())
                        .filter(kind::isWithin)
                        .map(outer -> Arguments.of(kind, outer)));
    }

    /** Of which addresses control has said that errors come from them, and an underlay of this MTU. */
    private static TunnelRig rig(TunnelKind kind, AddressFamily outer, int mtu, List<byte[]> out, List<byte[]> in) {
        TunnelRig rig = new TunnelRig(kind, outer, out, in);
        rig.routeUnderlay(U);
        source(rig, A, AddressFamily.IPV4, 0, OWN4);
        source(rig, A, AddressFamily.IPV6, NEAR6, 1);
        source(rig, T, AddressFamily.IPV4, 0, TUNNEL4);
        source(rig, T, AddressFamily.IPV6, FAR6, 0x99);
        setUnderlayMtu(rig, mtu);
        return rig;
    }

    private static void source(TunnelRig rig, int interfaceId, AddressFamily family, long high, long low) {
        rig.dataplane.proxy.tables().addInterfaceAddress(30, interfaceId, family, high, low, AddressUse.SOURCE);
    }

    private static void setUnderlayMtu(TunnelRig rig, int mtu) {
        rig.dataplane
                .proxy
                .topology()
                .addInterface(20, TestInterfaces.access(U, UNDERLAY, 1, 20, TunnelRig.MAC_U, mtu, "u"));
        rig.dataplane.settle();
    }

    private static int overhead(TunnelKind kind, AddressFamily outer) {
        int outerBytes = outer == AddressFamily.IPV4 ? kind.withOptions(new byte[20]).length : 40;
        return outerBytes + kind.header(TunnelRig.toFar(true, 64, 0), 0).length;
    }

    private static byte[] long4() {
        return TestFrames.ipv4(NEAR4, FAR4, 64, 1_400 - 20);
    }

    private static byte[] long6(int bytes) {
        return TestFrames.ipv6(NEAR6, 5, FAR6, 6, 17, 64, bytes - 40);
    }

    @ParameterizedTest
    @MethodSource("kindsAndOuterFamilies")
    void shouldReportWhatIsUnderneathLessTheHeaders(TunnelKind kind, AddressFamily outer) {
        List<byte[]> frames = List.of(TunnelRig.fromHost(long4()), TunnelRig.fromHost(long6(1_400)));
        try (TunnelRig rig = rig(kind, outer, UNDERLAY_MTU, frames, List.of())) {
            rig.dataplane.run();

            int mtu = UNDERLAY_MTU - overhead(kind, outer);
            assertThat(rig.dataplane.sent(0))
                    .containsExactly(
                            TunnelRig.toHost(ErrorPacket.ipv4(3, 4, mtu, OWN4, NEAR4, long4())),
                            TunnelRig.toHost(ErrorPacket.ipv6(2, mtu, NEAR6, 1, long6(1_400))));
            assertThat(rig.dataplane.sent(1)).isEmpty();
            assertThat(rig.dataplane.drops(INNER, DropReason.TOO_BIG)).isEqualTo(2);
            assertThat(rig.dataplane.punts.frames).isEmpty();
        }
    }

    /** What fits is what was reported, and not a byte more; the next packet meets what the underlay's route says by then. */
    @ParameterizedTest
    @MethodSource("kindsAndOuterFamilies")
    void shouldTakeWhatItReports(TunnelKind kind, AddressFamily outer) {
        int mtu = UNDERLAY_MTU - overhead(kind, outer);
        List<byte[]> frames = List.of(
                TunnelRig.fromHost(TestFrames.ipv4(NEAR4, FAR4, 64, mtu - 20)),
                TunnelRig.fromHost(TestFrames.ipv4(NEAR4, FAR4, 64, mtu - 19)));
        try (TunnelRig rig = rig(kind, outer, UNDERLAY_MTU, frames, List.of())) {
            rig.dataplane.run();

            assertThat(rig.dataplane.sent(1))
                    .singleElement()
                    .satisfies(frame -> assertThat(frame).hasSize(18 + UNDERLAY_MTU));
            assertThat(rig.dataplane.sent(0)).hasSize(1);
        }
        try (TunnelRig rig = rig(kind, outer, UNDERLAY_MTU, frames, List.of())) {
            setUnderlayMtu(rig, UNDERLAY_MTU + 1);
            rig.dataplane.run();

            assertThat(rig.dataplane.sent(1)).hasSize(2);
            assertThat(rig.dataplane.sent(0)).isEmpty();
        }
    }

    /** Of tunnels within each other, each takes its part. */
    @ParameterizedTest
    @MethodSource("io.vireo.dataplane.encapsulation.TunnelKindsTest#kinds")
    void shouldCountTheHeadersOfAllTunnels(TunnelKind kind) {
        try (TunnelRig rig =
                rig(kind, AddressFamily.IPV4, UNDERLAY_MTU, List.of(TunnelRig.fromHost(long4())), List.of())) {
            rig.addTunnel(T + 1, UNDERLAY, TunnelKind.IPIP, 3);
            rig.dataplane.settle();
            rig.route4(UNDERLAY, TunnelRig.REMOTE4, 32, T + 1, 0);
            rig.dataplane.settle();
            rig.dataplane.run();

            int mtu = UNDERLAY_MTU - overhead(kind, AddressFamily.IPV4) - 20;
            assertThat(rig.dataplane.sent(0))
                    .containsExactly(TunnelRig.toHost(ErrorPacket.ipv4(3, 4, mtu, OWN4, NEAR4, long4())));
        }
    }

    /** An IPv6 sender need not go below 1,280 bytes (RFC 8200 §5), so nobody would be helped by an error. */
    @Test
    void shouldReportNothingBelow1280() {
        List<byte[]> frames = List.of(TunnelRig.fromHost(long6(1_280)), TunnelRig.fromHost(long6(1_281)));
        try (TunnelRig rig = rig(TunnelKind.IPIP, AddressFamily.IPV4, 1_290, frames, List.of())) {
            rig.dataplane.run();

            assertThat(rig.dataplane.sent(0))
                    .containsExactly(TunnelRig.toHost(ErrorPacket.ipv6(2, 1_280, NEAR6, 1, long6(1_281))));
            assertThat(rig.dataplane.drops(INNER, DropReason.ENCAPSULATED_TOO_BIG))
                    .isEqualTo(1);
        }
    }

    /** Each fragment travels in a packet of its own, and together they are what was sent (RFC 791 §3.2). */
    @ParameterizedTest
    @MethodSource("kindsAndOuterFamilies")
    void shouldFragmentBeforeTheTunnel(TunnelKind kind, AddressFamily outer) {
        byte[] packet = long4();
        packet[6] = 0;
        TestFrames.fixChecksum(packet, 20);
        try (TunnelRig rig = rig(kind, outer, 620, List.of(TunnelRig.fromHost(packet)), List.of())) {
            rig.dataplane.run();

            int chunk = (620 - overhead(kind, outer) - 20) / 8 * 8;
            List<byte[]> expected = new ArrayList<>();
            for (int at = 0; at < 1_380; at += chunk) {
                int bytes = Math.min(chunk, 1_380 - at);
                byte[] fragment = fragment(packet, at, bytes, at + bytes < 1_380);
                expected.add(TunnelRig.toGateway(rig.outer(fragment, true, expected.size())));
            }
            assertThat(rig.dataplane.sent(1).stream()
                            .map(OuterPacket::withoutFlow)
                            .toList())
                    .containsExactlyElementsOf(expected);
            assertThat(rig.dataplane.statistics().interfaceCounts(T).txPackets())
                    .isEqualTo(expected.size());
        }
    }

    /** Of an IPv4 packet without options that has had its hop. */
    static byte[] fragment(byte[] packet, int at, int bytes, boolean isFollowed) {
        var fragment = new ByteArrayOutputStream();
        fragment.write(packet, 0, 20);
        fragment.write(packet, 20 + at, bytes);
        byte[] whole = fragment.toByteArray();
        ByteBuffer.wrap(whole)
                .putShort(2, (short) whole.length)
                .putShort(6, (short) ((isFollowed ? 0x2000 : 0) | at / 8))
                .put(8, (byte) 63);
        TestFrames.fixChecksum(whole, 20);
        return whole;
    }

    /** The tunnel is the way back to who is behind it. */
    @ParameterizedTest
    @MethodSource("kindsAndOuterFamilies")
    void shouldAnswerWhoIsBehindTheTunnel(TunnelKind kind, AddressFamily outer) {
        byte[] expired4 = TunnelRig.toNear(true, 1, 0);
        byte[] expired6 = TestFrames.ipv6(FAR6, 6, NEAR6, 5, 17, 1, 30);
        List<byte[]> frames = new ArrayList<>();
        try (TunnelRig builder = new TunnelRig(kind, outer, List.of(), List.of())) {
            frames.add(TunnelRig.fromGateway(builder.outer(expired4, false, 0)));
            frames.add(TunnelRig.fromGateway(builder.outer(expired6, false, 1)));
        }
        try (TunnelRig rig = rig(kind, outer, 1_500, List.of(), frames)) {
            rig.dataplane.run();

            byte[] error4 = ErrorPacket.ipv4(11, 0, 0, TUNNEL4, FAR4, expired4);
            byte[] error6 = ErrorPacket.ipv6(3, 0, FAR6, 0x99, expired6);
            assertThat(rig.dataplane.sent(1).stream()
                            .map(OuterPacket::withoutFlow)
                            .toList())
                    .containsExactly(
                            TunnelRig.toGateway(rig.outer(error4, true, 0)),
                            TunnelRig.toGateway(rig.outer(error6, true, 1)));
            assertThat(rig.dataplane.punts.frames).isEmpty();
            assertThat(rig.dataplane.statistics().interfaceCounts(T).txPackets())
                    .isEqualTo(2);
        }
    }

    /** A receiver of errors that is reached no more keeps no buffer. */
    @Test
    void shouldLoseNoBufferWhereThereIsNoWayBack() {
        byte[] expired = TunnelRig.toNear(true, 1, 0);
        List<byte[]> frames = new ArrayList<>();
        try (TunnelRig builder = new TunnelRig(TunnelKind.GRE, AddressFamily.IPV4, List.of(), List.of())) {
            frames.add(TunnelRig.fromGateway(builder.outer(expired, false, 0)));
        }
        try (TunnelRig rig = rig(TunnelKind.GRE, AddressFamily.IPV4, 1_500, List.of(), frames)) {
            rig.dataplane.proxy.tables().removeNeighbour(31, U, AddressFamily.IPV4, 0, 0x0a000001);
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(rig.dataplane.sent(1)).isEmpty();
            assertThat(rig.dataplane.drops(INNER, DropReason.TTL_EXPIRED)).isEqualTo(1);
            assertThat(rig.dataplane.buffersInUse()).isZero();
        }
    }
}
