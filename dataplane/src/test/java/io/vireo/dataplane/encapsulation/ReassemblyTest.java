package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.INNER;
import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.counters.SystemCounter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tunnels whose packets come in fragments, through a whole data plane. */
class ReassemblyTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int PACKETS = 20;
    private static final int OTHER = 20;
    private static final int UDP = 17;

    static Stream<Arguments> kindsAndFamilies() {
        return TunnelKindsTest.kinds()
                .filter(kind -> kind.protocol(inner(0)) != UDP) // of which fragments are the kernel's
                .flatMap(kind -> Stream.of(AddressFamily.values())
                        .filter(kind::isWithin)
                        .map(outer -> Arguments.of(kind, outer)));
    }

    private static byte[] inner(int number) {
        byte[] packet = TestFrames.ipv4(TunnelRig.FAR4, TunnelRig.NEAR4, 64, 1_000 + number);
        packet[24] = (byte) number;
        return packet;
    }

    /** What the host receives of it. */
    private static byte[] received(int number) {
        byte[] packet = inner(number);
        packet[8]--;
        TestFrames.fixChecksum(packet);
        return TunnelRig.toHost(packet);
    }

    private static byte[] outer(TunnelKind kind, AddressFamily outer, int number) {
        byte[] inner = inner(number);
        return kind.withOptions(outer(outer, kind.protocol(inner), kind.header(inner, number), inner));
    }

    private static byte[] outer(AddressFamily outer, int protocol, byte[] header, byte[] inner) {
        return outer == AddressFamily.IPV4
                ? OuterPacket.ipv4(protocol, header, inner, TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 0)
                : OuterPacket.ipv6(protocol, header, inner, TunnelRig.UNDERLAY6, 2, TunnelRig.UNDERLAY6, 1, 64);
    }

    private static List<byte[]> fromGateway(List<byte[]> packets) {
        return packets.stream().map(TunnelRig::fromGateway).toList();
    }

    private static TunnelRig rig(AddressFamily outer, List<byte[]> packets) {
        return new TunnelRig(outer, List.of(), fromGateway(packets));
    }

    private static long held(TunnelRig rig) {
        return rig.dataplane
                .memory
                .systemCounters()
                .get(SystemCounter.REASSEMBLIES)
                .get();
    }

    @ParameterizedTest
    @MethodSource("kindsAndFamilies")
    void shouldPutPacketsOfEveryKindTogether(TunnelKind kind, AddressFamily outer) {
        List<byte[]> packets = new ArrayList<>();
        for (int n = 0; n < PACKETS; n++) {
            packets.addAll(OuterFragments.cut(outer(kind, outer, n), 48 + 8 * n, n));
        }
        try (TunnelRig rig = new TunnelRig(kind, outer, List.of(), fromGateway(packets))) {
            rig.dataplane.run();

            assertThat(rig.dataplane.statistics().answers(UNDERLAY)[AnswerKind.REASSEMBLED.code()])
                    .isEqualTo(PACKETS);
            assertThat(rig.dataplane.statistics().interfaceCounts(T).rxPackets())
                    .isEqualTo(PACKETS);
            assertThat(held(rig)).isZero();
            assertThat(rig.dataplane.punts.frames).isEmpty();
            assertThat(rig.dataplane.sent(0))
                    .containsExactlyElementsOf(IntStream.range(0, PACKETS)
                            .mapToObj(ReassemblyTest::received)
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDecryptWhatCameInFragments(AddressFamily outer) {
        EspPeer peer = EspPeer.random(EspAlgorithm.AES_GCM_128, false, 0x700);
        TunnelKind kind = TunnelKind.esp(EspAlgorithm.AES_GCM_128, false);
        byte[] packet = outer(outer, EspPeer.PROTOCOL, peer.seal(inner(1), 1), new byte[0]);
        List<byte[]> frames = fromGateway(OuterFragments.cut(packet, 400, 1).reversed());
        try (TunnelRig rig = new TunnelRig(kind, outer, List.of(), frames)) {
            rig.dataplane
                    .proxy
                    .keys()
                    .addSecurityAssociation(20, peer.spec(T, false, rig.dataplane.memory.incarnation(), 1));
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(rig.dataplane.sent(0)).containsExactly(received(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDropWhatDoesNotBecomeWholeInASecond(AddressFamily outer) {
        List<byte[]> fragments = OuterFragments.cut(outer(TunnelKind.IPIP, outer, 1), 504, 1);
        try (TunnelRig rig = rig(outer, List.of(fragments.get(0), fragments.get(2)))) {
            rig.dataplane.run();
            rig.dataplane.advance(SECOND_NS - 1);
            rig.dataplane.run();
            assertThat(held(rig)).isEqualTo(1);
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.FRAGMENT_INCOMPLETE))
                    .isZero();

            rig.dataplane.advance(1);
            rig.dataplane.run();
            assertThat(held(rig)).isZero();
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.FRAGMENT_INCOMPLETE))
                    .isEqualTo(2);
            assertThat(rig.dataplane.statistics().routerCounts(UNDERLAY).dropPackets())
                    .isEqualTo(2);
            assertThat(rig.dataplane.buffersInUse()).isZero();
        }
    }

    /** RFC 5722 §4: with those that come later, too. */
    @ParameterizedTest
    @EnumSource
    void shouldDropAllFragmentsOfAPacketThatOverlap(AddressFamily outer) {
        byte[] packet = outer(TunnelKind.IPIP, outer, 1);
        List<byte[]> fragments = new ArrayList<>(OuterFragments.cut(packet, 200, 1));
        byte[] overlap = OuterFragments.piece(packet, 192, 400, 1);
        fragments.add(1, overlap);
        int strange = fragments.size();
        fragments.addAll(OuterFragments.cut(packet, 200, 2));
        try (TunnelRig rig = rig(outer, fragments)) {
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.FRAGMENT_INVALID))
                    .isEqualTo(strange);
            assertThat(rig.dataplane.sent(0)).containsExactly(received(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeTheSameTwiceForOne(AddressFamily outer) {
        List<byte[]> fragments = OuterFragments.cut(outer(TunnelKind.IPIP, outer, 1), 504, 1);
        List<byte[]> packets = new ArrayList<>(fragments.subList(0, 2));
        packets.addAll(fragments);
        try (TunnelRig rig = rig(outer, packets)) {
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.FRAGMENT_INVALID))
                    .isEqualTo(2);
            assertThat(rig.dataplane.sent(0)).containsExactly(received(1));
        }
    }

    /** One fragment is on the wire of 65,535 bytes at most, its end at 65,536 and more ("ping of death"). */
    @ParameterizedTest
    @EnumSource
    void shouldRefuseWhatEndsBeyondTheLongestPacket(AddressFamily outer) {
        byte[] packet = outer(TunnelKind.IPIP, outer, 1);
        byte[] beyond = OuterFragments.fragment(packet, 65_528, new byte[16], false, 1);
        byte[] long0 = OuterFragments.piece(packet, 0, 800, 2);
        byte[] long1 = OuterFragments.fragment(packet, 1_600, new byte[500], false, 2);
        byte[] long2 = OuterFragments.fragment(packet, 800, new byte[800], true, 2);
        try (TunnelRig rig = rig(outer, List.of(beyond, long0, long1, long2))) {
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.FRAGMENT_INVALID))
                    .isEqualTo(1);
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.FRAME_TOO_LONG)).isEqualTo(3);
            assertThat(rig.dataplane.buffersInUse()).isZero();
        }
    }

    /** RFC 6946: it has nothing to do with what else has its identification. */
    @Test
    void shouldTakeAnAtomicFragmentByItself() {
        byte[] packet = outer(TunnelKind.IPIP, AddressFamily.IPV6, 1);
        List<byte[]> fragments = OuterFragments.cut(outer(TunnelKind.IPIP, AddressFamily.IPV6, 2), 504, 1);
        byte[] atomic = OuterFragments.piece(packet, 0, packet.length - 40, 1);
        try (TunnelRig rig =
                rig(AddressFamily.IPV6, List.of(fragments.get(0), atomic, fragments.get(1), fragments.get(2)))) {
            rig.dataplane.run();

            assertThat(rig.dataplane.sent(0)).containsExactly(received(1), received(2));
        }
    }

    /** Linux puts the tunnel encapsulation limit before the fragment header. */
    @Test
    void shouldPassOverTheEncapsulationLimitBeforeAFragmentHeader() {
        byte[] plain = outer(TunnelKind.IPIP, AddressFamily.IPV6, 1);
        byte[] packet = new byte[plain.length + 8];
        System.arraycopy(plain, 0, packet, 0, 40);
        System.arraycopy(new byte[] {plain[6], 0, 4, 1, 4, 1, 1, 0}, 0, packet, 40, 8);
        System.arraycopy(plain, 40, packet, 48, plain.length - 40);
        packet[6] = 60;
        packet[4] = (byte) ((packet.length - 40) >> 8);
        packet[5] = (byte) (packet.length - 40);
        List<byte[]> packets = new ArrayList<>(OuterFragments.cut(packet, 504, 1));
        packets.add(OuterFragments.piece(packet, 0, packet.length - 48, 1)); // atomic
        try (TunnelRig rig = rig(AddressFamily.IPV6, packets)) {
            rig.dataplane.run();

            assertThat(rig.dataplane.sent(0)).containsExactly(received(1), received(1));
        }
    }

    /** RFC 3168 §5.3: any mark is the packet's; where only some fragments understand marks, somebody has written over them. */
    @ParameterizedTest
    @EnumSource
    void shouldJoinCongestionMarks(AddressFamily outer) {
        List<byte[]> packets = new ArrayList<>();
        int[][] marks = {{2, 3}, {2, 2}, {1, 2}, {0, 3}, {0, 2}, {3, 1}};
        for (int n = 0; n < marks.length; n++) {
            byte[] packet = outer(TunnelKind.IPIP, outer, n);
            int header = OuterFragments.headerBytes(packet);
            byte[] inner = TunnelRig.withEcn(Arrays.copyOfRange(packet, header, packet.length), 2);
            System.arraycopy(inner, 0, packet, header, inner.length);
            List<byte[]> fragments = OuterFragments.cut(packet, 800, n);
            packets.add(TunnelRig.withEcn(fragments.get(0), marks[n][0]));
            packets.add(TunnelRig.withEcn(fragments.get(1), marks[n][1]));
        }
        try (TunnelRig rig = rig(outer, packets)) {
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.FRAGMENT_INVALID))
                    .isEqualTo(4);
            assertThat(rig.dataplane.sent(0).stream().map(frame -> frame[15] & 3))
                    .containsExactly(3, 2, 1, 3);
        }
    }

    /** A far end, or who forges its address, has room for so many packets; the other one's are not touched. */
    @Test
    void shouldNotLetOneFarEndTakeTheRoomOfAnother() {
        List<byte[]> packets = new ArrayList<>();
        byte[] other = OuterPacket.ipv4(inner(1), TunnelRig.REMOTE4 + 1, TunnelRig.LOCAL4, 64, 1);
        List<byte[]> fragments = OuterFragments.cut(other, 800, 1);
        packets.add(fragments.get(0));
        for (int n = 0; n < 5_000; n++) {
            packets.add(OuterFragments.piece(outerIpv4(), 0, 8, n));
        }
        packets.add(fragments.get(1));
        try (TunnelRig rig = rig(AddressFamily.IPV4, packets)) {
            rig.addTunnel(T + 1, INNER, 1, 3);
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(held(rig)).isEqualTo(64);
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.FRAGMENT_INCOMPLETE))
                    .isEqualTo(5_000 - 64);
            assertThat(rig.dataplane.buffersInUse()).isEqualTo(64);
            assertThat(rig.dataplane.statistics().interfaceCounts(T + 1).rxPackets())
                    .isEqualTo(1);
            assertThat(rig.dataplane.sent(0)).containsExactly(received(1));
        }
    }

    private static byte[] outerIpv4() {
        return OuterPacket.ipv4(inner(1), TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1);
    }

    /** The tunnel's protocol is not the fragment's, or its addresses are not: the kernel's, as they came. */
    @Test
    void shouldLeaveFragmentsOfOthersToTheKernel() {
        byte[] packet = outerIpv4();
        byte[] udp = TestFrames.with(packet, 9, 17);
        byte[] gre = TestFrames.with(packet, 9, 47);
        byte[] stranger = OuterPacket.ipv4(inner(1), TunnelRig.REMOTE4 + 1, TunnelRig.LOCAL4, 64, 1);
        List<byte[]> packets = Stream.of(udp, gre, stranger)
                .map(each -> OuterFragments.piece(each, 0, 800, 1))
                .toList();
        try (TunnelRig rig = rig(AddressFamily.IPV4, packets)) {
            rig.dataplane.run();

            assertThat(rig.dataplane.punts.reasons).containsOnly(PuntReason.LOCAL.code());
            assertThat(rig.dataplane.punts.frames)
                    .containsExactlyElementsOf(packets.stream()
                            .map(each -> TestFrames.ethernet(TunnelRig.MAC_U, TunnelRig.GATEWAY, 0x0800, each))
                            .toList());
        }
    }

    /** What has become whole and is no tunnel's after all is the kernel's: here by GRE's version. */
    @Test
    void shouldPuntAWholePacketThatNoTunnelTakes() {
        byte[] packet = outer(TunnelKind.GRE, AddressFamily.IPV4, 1);
        packet[21] = 1;
        List<byte[]> frames = fromGateway(OuterFragments.cut(packet, 504, 0x77));
        byte[] whole = packet.clone();
        whole[4] = 0;
        whole[5] = 0x77;
        whole[6] = 0;
        TestFrames.fixChecksum(whole);
        try (TunnelRig rig = new TunnelRig(TunnelKind.GRE, AddressFamily.IPV4, List.of(), frames)) {
            rig.dataplane.run();

            assertThat(rig.dataplane.punts.frames)
                    .containsExactly(TestFrames.ethernet(TunnelRig.MAC_U, TunnelRig.GATEWAY, 0x0800, whole));
        }
    }

    /** What waits is not the second tunnel's, whatever its addresses and index; nor is its drop counted for a router that may be gone. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldForgetFragmentsOfATunnelThatIsRemoved(boolean isThereAgain) {
        List<byte[]> fragments = OuterFragments.cut(outer(TunnelKind.IPIP, AddressFamily.IPV4, 1), 800, 1);
        try (TunnelRig rig = rig(AddressFamily.IPV4, List.of(fragments.get(0)))) {
            rig.dataplane.run();
            assertThat(held(rig)).isEqualTo(1);
            rig.dataplane.proxy.topology().removeInterface(20, T);
            rig.dataplane.settle();
            if (isThereAgain) {
                rig.addTunnel(T, INNER, 1, 2);
                rig.dataplane.settle();
            }
            rig.dataplane.port(2, TunnelRig.fromGateway(fragments.get(1)));
            rig.dataplane
                    .proxy
                    .topology()
                    .addInterface(20, TestInterfaces.access(OTHER, UNDERLAY, 2, 20, TunnelRig.MAC_U, 1500, "o"));
            rig.dataplane.settle();
            rig.dataplane.run();
            rig.dataplane.advance(SECOND_NS);
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.FRAGMENT_INCOMPLETE))
                    .isEqualTo(isThereAgain ? 1 : 0);
            assertThat(rig.dataplane.drops(-1, DropReason.FRAGMENT_INCOMPLETE)).isEqualTo(1);
            assertThat(rig.dataplane.punts.frames).hasSize(isThereAgain ? 0 : 1);
            assertThat(rig.dataplane.sent(0)).isEmpty();
        }
    }

    @Test
    void shouldGiveEverythingBackWhenTheWorkerStops() {
        List<byte[]> fragments = OuterFragments.cut(outer(TunnelKind.IPIP, AddressFamily.IPV6, 1), 504, 1);
        try (TunnelRig rig = rig(AddressFamily.IPV6, List.of(fragments.get(1)))) {
            rig.dataplane.run();

            assertThat(rig.dataplane.buffersInUse()).isEqualTo(1);
        } // closing fails if one is kept
    }
}
