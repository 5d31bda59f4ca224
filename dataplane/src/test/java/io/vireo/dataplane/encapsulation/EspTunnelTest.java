package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.U;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ESP through a whole data plane, against the JDK's ciphers. */
class EspTunnelTest {
    private static final int PACKETS = 40;
    private static final int SPI = 0x87654321;

    static Stream<Arguments> kindsAndFamilies() {
        return Stream.of(EspAlgorithm.AES_GCM_128, EspAlgorithm.AES_GCM_256, EspAlgorithm.CHACHA20_POLY1305)
                .flatMap(algorithm -> Stream.of(true, false)
                        .flatMap(isExtended -> Stream.of(AddressFamily.values())
                                .flatMap(outer -> Stream.of(true, false)
                                        .flatMap(isIpv4 -> Stream.of(
                                                Arguments.of(
                                                        algorithm,
                                                        isExtended,
                                                        outer,
                                                        isIpv4,
                                                        TunnelKind.esp(algorithm, isExtended)),
                                                Arguments.of(
                                                        algorithm,
                                                        isExtended,
                                                        outer,
                                                        isIpv4,
                                                        TunnelKind.esp(algorithm, isExtended)
                                                                .inUdp()))))));
    }

    private static EspPeer gcm() {
        return EspPeer.random(EspAlgorithm.AES_GCM_128, true, SPI);
    }

    private static TunnelRig rig(EspPeer peer, List<byte[]> fromHost, List<byte[]> fromUnderlay) {
        return new TunnelRig(
                TunnelKind.esp(peer.algorithm(), peer.isExtended()), AddressFamily.IPV4, fromHost, fromUnderlay);
    }

    private static void key(TunnelRig rig, EspPeer peer, boolean isOutbound, long ticket) {
        rig.dataplane
                .proxy
                .keys()
                .addSecurityAssociation(7, peer.spec(T, isOutbound, rig.dataplane.memory.incarnation(), ticket));
        rig.dataplane.settle();
    }

    private static List<byte[]> fromHost(boolean isIpv4, int packets) {
        return IntStream.range(0, packets)
                .mapToObj(n -> TunnelRig.fromHost(TunnelRig.toFar(isIpv4, 64, n)))
                .toList();
    }

    private static List<byte[]> fromFarEnd(EspPeer peer, long... numbers) {
        try (TunnelRig builder = rig(peer, List.of(), List.of())) {
            List<byte[]> frames = new ArrayList<>();
            for (long number : numbers) {
                byte[] inner = TunnelRig.toNear(true, 64, (int) (number % 100));
                frames.add(TunnelRig.fromGateway(builder.outerEsp(inner, peer.seal(inner, number), false, 1)));
            }
            return frames;
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndFamilies")
    void shouldEncryptAsTheJdkDoes(
            EspAlgorithm algorithm, boolean isExtended, AddressFamily outer, boolean isIpv4, TunnelKind kind) {
        EspPeer peer = EspPeer.random(algorithm, isExtended, SPI);
        try (TunnelRig rig = new TunnelRig(kind, outer, fromHost(isIpv4, PACKETS), List.of())) {
            key(rig, peer, true, 1);
            rig.routeUnderlay(U);
            rig.dataplane.run();

            assertThat(rig.dataplane.statistics().interfaceCounts(T).txPackets())
                    .isEqualTo(PACKETS);
            List<byte[]> sent = rig.dataplane.sent(1);
            assertThat(sent).hasSize(PACKETS);
            for (int n = 0; n < PACKETS; n++) {
                byte[] inner = TunnelRig.toFar(isIpv4, 63, n);
                assertThat(OuterPacket.withoutFlow(sent.get(n)))
                        .as("packet %d", n)
                        .isEqualTo(TunnelRig.toGateway(rig.outerEsp(inner, peer.seal(inner, n + 1), true, n)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndFamilies")
    void shouldDecryptWhatTheJdkMakes(
            EspAlgorithm algorithm, boolean isExtended, AddressFamily outer, boolean isIpv4, TunnelKind kind) {
        EspPeer peer = EspPeer.random(algorithm, isExtended, SPI);
        List<byte[]> frames = new ArrayList<>();
        try (TunnelRig builder = new TunnelRig(kind, outer, List.of(), List.of())) {
            for (int n = 0; n < PACKETS; n++) {
                byte[] inner = TunnelRig.toNear(isIpv4, 64, n);
                frames.add(TunnelRig.fromGateway(builder.outerEsp(inner, peer.seal(inner, n + 1), false, n)));
            }
        }
        try (TunnelRig rig = new TunnelRig(kind, outer, List.of(), frames)) {
            key(rig, peer, false, 1);
            rig.dataplane.run();

            assertThat(rig.dataplane.statistics().interfaceCounts(T).rxPackets())
                    .isEqualTo(PACKETS);
            assertThat(rig.dataplane.punts.frames).isEmpty();
            List<byte[]> sent = rig.dataplane.sent(0);
            assertThat(sent).hasSize(PACKETS);
            for (int n = 0; n < PACKETS; n++) {
                assertThat(sent.get(n)).as("packet %d", n).isEqualTo(TunnelRig.toHost(TunnelRig.toNear(isIpv4, 63, n)));
            }
        }
    }

    /** What is encrypted in place is no longer what the next fragment is cut from. */
    @Test
    void shouldFragmentBeforeItEncrypts() {
        EspPeer peer = gcm();
        byte[] packet = TestFrames.ipv4(TunnelRig.NEAR4, TunnelRig.FAR4, 64, 1_440);
        packet[6] = 0;
        TestFrames.fixChecksum(packet, 20);
        try (TunnelRig rig = rig(peer, List.of(TunnelRig.fromHost(packet)), List.of())) {
            key(rig, peer, true, 1);
            rig.routeUnderlay(U);
            rig.dataplane.run();

            List<byte[]> expected = new ArrayList<>();
            for (int at = 0; at < 1_440; at += 1_376) {
                int bytes = Math.min(1_376, 1_440 - at);
                byte[] fragment = TunnelTooBigTest.fragment(packet, at, bytes, at + bytes < 1_440);
                int number = expected.size();
                expected.add(
                        TunnelRig.toGateway(rig.outerEsp(fragment, peer.seal(fragment, number + 1), true, number)));
            }
            assertThat(rig.dataplane.sent(1)).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void shouldNeverSendInClearWithoutAKey() {
        try (TunnelRig rig = rig(gcm(), fromHost(true, PACKETS), List.of())) {
            rig.routeUnderlay(U);
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(TunnelRig.INNER, DropReason.ESP_NO_ASSOCIATION))
                    .isEqualTo(PACKETS);
            assertThat(rig.dataplane.sent(1)).isEmpty();
        }
    }

    @Test
    void shouldDropReplaysAndCountThemApart() {
        EspPeer peer = EspPeer.random(EspAlgorithm.AES_GCM_256, false, SPI);
        List<byte[]> frames = fromFarEnd(peer, 1, 2, 2, 1, 100, 37, 37, 36, 99, 1);
        try (TunnelRig rig = rig(peer, List.of(), frames)) {
            key(rig, peer, false, 1);
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.ESP_REPLAY)).isEqualTo(5);
            assertThat(associations(rig))
                    .singleElement()
                    .satisfies(state -> assertThat(state.subList(3, 8))
                            .containsExactly(false, 5L, bytes(1, 2, 100, 37, 99), 0L, 5L));
        }
    }

    private static List<List<Object>> associations(TunnelRig rig) {
        rig.dataplane.proxy.keys().dumpSecurityAssociations(9);
        rig.dataplane.settle();
        return rig.dataplane.events.associations;
    }

    private static long bytes(long... numbers) {
        return Arrays.stream(numbers)
                .map(number -> TunnelRig.toNear(true, 64, (int) (number % 100)).length)
                .sum();
    }

    @Test
    void shouldDropForgedPacketsAsTheyCameAndGoOn() {
        EspPeer peer = gcm();
        List<byte[]> frames = new ArrayList<>(fromFarEnd(peer, 1, 2, 3));
        byte[] forged = frames.get(1).clone();
        forged[forged.length - 20] ^= 1;
        frames.set(1, forged);
        frames.addAll(fromFarEnd(EspPeer.random(EspAlgorithm.AES_GCM_128, true, SPI + 1), 4));
        frames.addAll(fromFarEnd(peer, 2));
        try (TunnelRig rig = rig(peer, List.of(), frames)) {
            key(rig, peer, false, 1);
            rig.dataplane.proxy.startCapture(5, 1, -1, DropReason.ESP_AUTHENTICATION.code(), 2000, 100);
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.ESP_AUTHENTICATION))
                    .isEqualTo(1);
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.ESP_NO_ASSOCIATION))
                    .isEqualTo(1);
            assertThat(rig.dataplane.captures.all).hasSize(1);
            byte[] captured = rig.dataplane.captures.all.getFirst().frame(); // its VLAN tag was taken off before
            assertThat(Arrays.copyOfRange(captured, 12, captured.length))
                    .isEqualTo(Arrays.copyOfRange(forged, 16, forged.length));
            assertThat(rig.dataplane.sent(0)).hasSize(3); // 1, 3, and the true 2
        }
    }

    @Test
    void shouldPuntAStrangersPackets() {
        EspPeer peer = gcm();
        byte[] inner = TunnelRig.toNear(true, 64, 1);
        byte[] frame = TunnelRig.fromGateway(
                OuterPacket.ipv4(50, peer.seal(inner, 1), new byte[0], TunnelRig.REMOTE4 + 7, TunnelRig.LOCAL4, 64, 1));
        try (TunnelRig rig = rig(peer, List.of(), List.of(frame))) {
            key(rig, peer, false, 1);
            rig.dataplane.run();

            assertThat(rig.dataplane.punts.frames).hasSize(1);
        }
    }

    @Test
    void shouldDropDummiesAndWhatIsNoPacket() {
        EspPeer peer = gcm();
        byte[] inner = TunnelRig.toNear(true, 64, 1);
        List<byte[]> frames = new ArrayList<>();
        try (TunnelRig builder = rig(peer, List.of(), List.of())) {
            for (byte[] esp : List.of(
                    peer.seal(inner, EspPeer.DUMMY, 1),
                    peer.seal(inner, 6, 2),
                    peer.seal(new byte[0], EspPeer.DUMMY, 3),
                    Arrays.copyOf(peer.seal(inner, 4), 35),
                    Arrays.copyOf(peer.seal(inner, 5), 3))) {
                frames.add(TunnelRig.fromGateway(builder.outerEsp(inner, esp, false, 1)));
            }
        }
        try (TunnelRig rig = rig(peer, List.of(), frames)) {
            key(rig, peer, false, 1);
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.ESP_DUMMY)).isEqualTo(2);
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.TUNNEL_PAYLOAD)).isEqualTo(1);
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.TUNNEL_MALFORMED))
                    .isEqualTo(1);
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.ESP_NO_ASSOCIATION))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldAcceptPacketsWithTrafficFlowPadding() {
        EspPeer peer = gcm();
        byte[] inner = TunnelRig.toNear(true, 64, 1);
        byte[] padded = Arrays.copyOf(inner, inner.length + 500);
        List<byte[]> frames = new ArrayList<>();
        try (TunnelRig builder = rig(peer, List.of(), List.of())) {
            frames.add(TunnelRig.fromGateway(builder.outerEsp(inner, peer.seal(padded, 4, 1), false, 1)));
        }
        try (TunnelRig rig = rig(peer, List.of(), frames)) {
            key(rig, peer, false, 1);
            rig.dataplane.run();

            assertThat(rig.dataplane.sent(0)).containsExactly(TunnelRig.toHost(TunnelRig.toNear(true, 63, 1)));
        }
    }

    @Test
    void shouldFindTheFarEndAgainAfterManyLostNumbers() {
        EspPeer peer = gcm();
        long[] numbers = new long[1100];
        numbers[0] = 1;
        for (int n = 1; n < numbers.length; n++) {
            numbers[n] = (3L << 32) + 1000 + n;
        }
        try (TunnelRig rig = rig(peer, List.of(), fromFarEnd(peer, numbers))) {
            key(rig, peer, false, 1);
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.ESP_AUTHENTICATION))
                    .isEqualTo(1023);
            assertThat(rig.dataplane.sent(0)).hasSize(1100 - 1023);
        }
    }
}
