package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.FAR4;
import static io.vireo.dataplane.encapsulation.TunnelRig.LOCAL4;
import static io.vireo.dataplane.encapsulation.TunnelRig.NEAR4;
import static io.vireo.dataplane.encapsulation.TunnelRig.U;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What routers underneath say about the packets of a tunnel, and what its senders learn of it. */
class UnderlayErrorsTest {
    private static final int OWN4 = 0x0a000101;
    private static final int ROUTER4 = 0x0a0000fe; // somewhere on the way
    private static final int MTU = 1_300;
    private static final int ROUND = 64;
    private static final int SPI = 0x1234_5678;
    private static final long MINUTE_NS = 60_000_000_000L;

    /** Of 1,390 bytes, not to be fragmented: fits everywhere but beyond that router. */
    private static byte[] packet(int hopLimit) {
        return TestFrames.ipv4(NEAR4, FAR4, hopLimit, 1_370);
    }

    private static byte[] tooBig(byte[] outer, int mtu) {
        return outer[0] >> 4 == 4
                ? ErrorPacket.ipv4(3, 4, mtu, ROUTER4, LOCAL4, outer)
                : ErrorPacket.ipv6(2, mtu, TunnelRig.UNDERLAY6 + 1, 9, outer);
    }

    /** Of which each list comes in a round of its own. */
    @SafeVarargs
    private static List<byte[]> rounds(List<byte[]>... rounds) {
        byte[] notForUs = TestFrames.ethernet(0x0200_0000_9999L, 0, 0x0800, packet(64));
        List<byte[]> frames = new ArrayList<>();
        for (List<byte[]> round : rounds) {
            frames.addAll(round);
            frames.addAll(Collections.nCopies(ROUND - round.size(), notForUs));
        }
        return frames;
    }

    private static TunnelRig rig(TunnelKind kind, AddressFamily outer, List<byte[]> out, List<byte[]> in) {
        TunnelRig rig = new TunnelRig(kind, outer, out, in);
        rig.routeUnderlay(U);
        rig.dataplane
                .proxy
                .tables()
                .addInterfaceAddress(30, TunnelRig.A, AddressFamily.IPV4, 0, OWN4, AddressUse.SOURCE);
        rig.dataplane.settle();
        return rig;
    }

    private static byte[] sentBy(TunnelKind kind, AddressFamily outer) {
        try (TunnelRig builder = new TunnelRig(kind, outer, List.of(), List.of())) {
            return builder.outer(packet(63), true, 0);
        }
    }

    @ParameterizedTest
    @MethodSource("io.vireo.dataplane.encapsulation.TunnelTooBigTest#kindsAndOuterFamilies")
    @SuppressWarnings("unchecked")
    void shouldPassOnWhatTheRouterTakes(TunnelKind kind, AddressFamily outer) {
        byte[] sent = sentBy(kind, outer);
        List<byte[]> packet = List.of(TunnelRig.fromHost(packet(64)));
        try (TunnelRig rig =
                rig(kind, outer, rounds(packet, packet), List.of(TunnelRig.fromGateway(tooBig(sent, MTU))))) {
            rig.dataplane.run();

            int overhead = sent.length - packet(64).length;
            assertThat(rig.dataplane.sent(1)).hasSize(1);
            assertThat(rig.dataplane.sent(0))
                    .containsExactly(TunnelRig.toHost(ErrorPacket.ipv4(3, 4, MTU - overhead, OWN4, NEAR4, packet(64))));
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.UNDERLAY_ERROR)).isEqualTo(1);
            assertThat(rig.dataplane.punts.frames).isEmpty();
        }
    }

    /** Of a packet that left by an interface that marks: the VPN-ID is the underlay's, and the tunnel is found as without it. */
    @ParameterizedTest
    @MethodSource("io.vireo.dataplane.encapsulation.VnsTest#marks")
    @SuppressWarnings("unchecked")
    void shouldPassOnWhatTheRouterTakesOfAMarkedPacket(byte[] mark) {
        for (TunnelKind kind : List.of(TunnelKind.IPIP, TunnelKind.GRE)) {
            byte[] error = tooBig(VnsPacket.withOptions(sentBy(kind, AddressFamily.IPV4), mark), MTU);
            List<byte[]> packet = List.of(TunnelRig.fromHost(packet(64)));
            try (TunnelRig rig =
                    rig(kind, AddressFamily.IPV4, rounds(packet, packet), List.of(TunnelRig.fromGateway(error)))) {
                rig.dataplane.run();

                assertThat(rig.dataplane.sent(1)).as("%s", kind).hasSize(1);
                assertThat(rig.dataplane.drops(UNDERLAY, DropReason.UNDERLAY_ERROR))
                        .isEqualTo(1);
            }
        }
    }

    /**
     * Of ESP with the most of padding. Nobody believes what is said of an SPI by which the tunnel does not send: it is for the kernel,
     * which knows of neither.
     */
    @ParameterizedTest
    @CsvSource({
        "IPV4, 0, 57, false", "IPV6, 0, 77, false", "IPV4, 1, 0, false", "IPV6, 1, 0, false",
        "IPV4, 0, 65, true", "IPV6, 0, 85, true", "IPV4, 1, 0, true", "IPV6, 1, 0, true"
    })
    @SuppressWarnings("unchecked")
    void shouldPassOnWhatTheRouterTakesOfAnEncryptedPacket(
            AddressFamily outer, int strange, int overhead, boolean isInUdp) {
        EspPeer peer = EspPeer.random(EspAlgorithm.AES_GCM_128, true, SPI);
        TunnelKind plain = TunnelKind.esp(peer.algorithm(), peer.isExtended());
        TunnelKind kind = isInUdp ? plain.inUdp() : plain;
        List<byte[]> packet = List.of(TunnelRig.fromHost(packet(64)));
        byte[] error = TunnelRig.fromGateway(tooBig(sentBy(kind, outer, peer, strange), MTU));
        try (TunnelRig rig = rig(kind, outer, rounds(packet, packet), List.of(error))) {
            SecurityAssociationSpec key = peer.spec(TunnelRig.T, true, rig.dataplane.memory.incarnation(), 1);
            rig.dataplane.proxy.keys().addSecurityAssociation(31, key);
            rig.dataplane.settle();
            rig.dataplane.run();

            boolean isOwn = strange == 0;
            assertThat(rig.dataplane.sent(1)).hasSize(isOwn ? 1 : 2);
            assertThat(rig.dataplane.sent(0))
                    .containsExactlyElementsOf(
                            isOwn
                                    ? List.of(TunnelRig.toHost(
                                            ErrorPacket.ipv4(3, 4, MTU - overhead, OWN4, NEAR4, packet(64))))
                                    : List.of());
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.UNDERLAY_ERROR)).isEqualTo(isOwn ? 1 : 0);
            assertThat(rig.dataplane.punts.frames).hasSize(isOwn ? 0 : 1);
        }
    }

    private static byte[] sentBy(TunnelKind kind, AddressFamily outer, EspPeer peer, int strange) {
        try (TunnelRig builder = new TunnelRig(kind, outer, List.of(), List.of())) {
            byte[] esp = peer.seal(packet(63), 1);
            esp[3] ^= (byte) strange; // of the SPI
            return builder.outerEsp(packet(63), esp, true, 0);
        }
    }

    /** Ten minutes later (RFC 1191 §6.3): the first packet still gets an answer, so that it is not lost, the second one goes. */
    @Test
    @SuppressWarnings("unchecked")
    void shouldTryAgainAfterTenMinutes() {
        byte[] error = tooBig(sentBy(TunnelKind.GRE, AddressFamily.IPV4), MTU);
        List<byte[]> packet = List.of(TunnelRig.fromHost(packet(64)));
        try (TunnelRig rig = rig(
                TunnelKind.GRE,
                AddressFamily.IPV4,
                rounds(List.of(), packet, packet, packet, packet),
                List.of(TunnelRig.fromGateway(error)))) {
            rig.dataplane.round();
            rig.dataplane.advance(10 * MINUTE_NS - 1);
            rig.dataplane.round();
            rig.dataplane.round();
            rig.dataplane.advance(1);
            rig.dataplane.round();
            rig.dataplane.round();
            rig.dataplane.run();

            assertThat(rig.dataplane.sent(0)).hasSize(3);
            assertThat(rig.dataplane.sent(1)).hasSize(1);
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void shouldForgetWhatHeldForAnotherWay() {
        byte[] error = tooBig(sentBy(TunnelKind.IPIP, AddressFamily.IPV4), MTU);
        List<byte[]> packet = List.of(TunnelRig.fromHost(packet(64)));
        try (TunnelRig rig = rig(
                TunnelKind.IPIP,
                AddressFamily.IPV4,
                rounds(List.of(), packet, packet),
                List.of(TunnelRig.fromGateway(error)))) {
            rig.dataplane.round();
            rig.dataplane.round();
            rig.neighbours(U, 0x0a000003, 3, TunnelRig.GATEWAY);
            rig.route4(UNDERLAY, TunnelRig.REMOTE4, 32, U, 0x0a000003);
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(rig.dataplane.sent(0)).hasSize(1);
            assertThat(rig.dataplane.sent(1)).hasSize(1);
        }
    }

    /** Below what everybody must take nothing is believed, so that a forger cannot stop a tunnel (RFC 8201 §4). */
    @ParameterizedTest
    @CsvSource({"IPV4, 575, 576", "IPV4, 68, 576", "IPV4, 577, 577", "IPV6, 1279, 1280", "IPV6, 1, 1280"})
    @SuppressWarnings("unchecked")
    void shouldBelieveNoLessThanTheLeast(AddressFamily outer, int said, int believed) {
        byte[] sent = sentBy(TunnelKind.IPIP, outer);
        List<byte[]> packet = List.of(TunnelRig.fromHost(packet(64)));
        try (TunnelRig rig = rig(
                TunnelKind.IPIP,
                outer,
                rounds(List.of(), packet),
                List.of(TunnelRig.fromGateway(tooBig(sent, said))))) {
            rig.dataplane.run();

            int mtu = believed - (outer == AddressFamily.IPV4 ? 20 : 40);
            assertThat(rig.dataplane.sent(0))
                    .containsExactly(TunnelRig.toHost(ErrorPacket.ipv4(3, 4, mtu, OWN4, NEAR4, packet(64))));
        }
    }

    /** What is no error about a packet of the tunnel is the kernel's; what could not have been the reason changes nothing. */
    @Test
    void shouldBelieveOnlyWhatCanBe() {
        TunnelKind kind = TunnelKind.keyed(7);
        byte[] sent = sentBy(kind, AddressFamily.IPV4);
        assertIgnored(kind, tooBig(sent, sent.length), true);
        assertIgnored(kind, tooBig(sent, 0), true);
        assertIgnored(kind, tooBig(changed(sent, 6, 0), MTU), true);
        assertIgnored(kind, ErrorPacket.ipv4(11, 0, MTU, ROUTER4, LOCAL4, sent), true);
        assertIgnored(kind, ErrorPacket.ipv4(3, 1, MTU, ROUTER4, LOCAL4, sent), true);
        assertIgnored(kind, tooBig(changed(sent, 15, 9), MTU), false);
        assertIgnored(kind, tooBig(changed(sent, 19, 9), MTU), false);
        assertIgnored(kind, tooBig(changed(sent, 9, 4), MTU), false);
        assertIgnored(kind, tooBig(changed(sent, 27, 8), MTU), false); // another key
        assertIgnored(kind, tooBig(changed(sent, 7, 1), MTU), false); // a later fragment
        assertIgnored(kind, tooBig(Arrays.copyOf(sent, 27), MTU), false);
        assertIgnored(kind, ErrorPacket.ipv4(8, 4, MTU, ROUTER4, LOCAL4, sent), false);
        byte[] wrongSum = tooBig(sent, MTU);
        wrongSum[23]++;
        assertIgnored(kind, wrongSum, false);
    }

    /** Of tunnels between the same addresses, that one learns of it whose VPN-ID is quoted. */
    @Test
    void shouldFindATunnelByItsVpnIdOnly() {
        TunnelKind kind = TunnelKind.VNS_WITH_FLOW;
        byte[] sent = sentBy(kind, AddressFamily.IPV4);
        assertIgnored(kind, tooBig(changed(sent, 25, 0), MTU), false); // another VPN-ID
        assertIgnored(kind, tooBig(changed(sent, 20, 7), MTU), false); // another option
        assertIgnored(kind, tooBig(changed(sent, 21, 9), MTU), false); // longer than the header
        assertIgnored(kind, tooBig(changed(sent, 9, 47), MTU), false);
        assertIgnored(kind, tooBig(changed(sent, 0, 0x44), MTU), false);
        assertIgnored(kind, tooBig(Arrays.copyOf(sent, 35), MTU), false);
        assertIgnored(kind, tooBig(sentBy(TunnelKind.IPIP, AddressFamily.IPV4), MTU), false);
    }

    private static byte[] changed(byte[] packet, int offset, int value) {
        byte[] changed = TestFrames.with(packet, offset, value);
        TestFrames.fixChecksum(changed, Math.max(20, (changed[0] & 0xf) * 4));
        return changed;
    }

    @SuppressWarnings("unchecked")
    private static void assertIgnored(TunnelKind kind, byte[] error, boolean isOurs) {
        int outerBytes = sentBy(kind, AddressFamily.IPV4).length;
        try (TunnelRig rig = rig(
                kind,
                AddressFamily.IPV4,
                rounds(List.of(), List.of(TunnelRig.fromHost(packet(64)))),
                List.of(TunnelRig.fromGateway(error)))) {
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.UNDERLAY_ERROR)).isEqualTo(isOurs ? 1 : 0);
            assertThat(rig.dataplane.sent(1)).isNotEmpty();
            assertThat(rig.dataplane.sent(1).getLast()).hasSize(18 + outerBytes);
        }
    }

    /** Whatever stands in an error, it is taken or the kernel's, and no byte behind it is read. */
    @ParameterizedTest
    @MethodSource("io.vireo.dataplane.encapsulation.TunnelTooBigTest#kindsAndOuterFamilies")
    void shouldAccountForEveryHostileError(TunnelKind kind, AddressFamily outer) {
        Random random = new Random(1191);
        byte[] sent = sentBy(kind, outer);
        UnaryOperator<byte[]> mutate = packet -> {
            for (int flips = random.nextInt(4); flips > 0; flips--) {
                packet[random.nextInt(Math.min(packet.length, 80))] = (byte) random.nextInt();
            }
            return packet;
        };
        List<byte[]> errors = new ArrayList<>();
        for (int n = 0; n < 2_000; n++) {
            byte[] quoted = mutate.apply(Arrays.copyOf(sent, 20 + random.nextInt(80)));
            byte[] error = tooBig(quoted.length < 48 ? sent : quoted, random.nextInt(70_000));
            errors.add(TunnelRig.fromGateway(random.nextInt(4) == 0 ? mutate.apply(error) : error));
        }
        try (TunnelRig rig = rig(kind, outer, List.of(), errors)) {
            rig.dataplane.run();

            long dropped = 0;
            for (int router : new int[] {-1, TunnelRig.INNER, UNDERLAY}) {
                for (long count : rig.dataplane.statistics().drops(router)) {
                    dropped += count;
                }
            }
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.UNDERLAY_ERROR)).isPositive();
            long sentOn = rig.dataplane.statistics().portCounts(1).txPackets()
                    + rig.dataplane.statistics().portCounts(0).txPackets();
            assertThat(dropped + sentOn + rig.dataplane.punts.frames.size()).isEqualTo(errors.size());
            assertThat(rig.dataplane.buffersInUse()).isZero();
        }
    }
}
