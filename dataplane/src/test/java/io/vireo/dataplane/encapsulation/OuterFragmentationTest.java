package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.INNER;
import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.U;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.Pcap;
import io.vireo.dataplane.ScapyScript;
import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.TunnelModes;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tunnels that fragment their outer packets, where what is underneath takes none so long. */
class OuterFragmentationTest {
    private static final int TAGGED_HEADER_BYTES = 18;
    private static final int PACKETS = 10;
    private static final int OVER = T + 1;

    /** All but VXLAN, whose packets are not to be fragmented (RFC 7348 §4.3). */
    static Stream<Arguments> kindsAndFamilies() {
        return TunnelKindsTest.kindsAndFamilies()
                .filter(arguments -> !TunnelKind.VXLAN.equals(arguments.get()[0]));
    }

    private static int mtu(AddressFamily outer) {
        return outer == AddressFamily.IPV4 ? 700 : 1280;
    }

    /** 1,330 bytes and some, of IPv4 with "don't fragment" each second time. */
    private static byte[] inner(boolean isIpv4, int hopLimit, int number) {
        byte[] packet = TunnelRig.toFar(isIpv4, hopLimit, number);
        int bytes = 1_330 + number;
        byte[] longer = Arrays.copyOf(packet, bytes);
        for (int n = packet.length; n < bytes; n++) {
            longer[n] = (byte) n;
        }
        ByteBuffer.wrap(longer).putShort(isIpv4 ? 2 : 4, (short) (isIpv4 ? bytes : bytes - 40));
        if (isIpv4) {
            TestFrames.fixChecksum(longer);
        }
        return longer;
    }

    private static List<byte[]> frames(boolean isIpv4) {
        List<byte[]> frames = new ArrayList<>();
        for (int n = 0; n < PACKETS; n++) {
            frames.add(TunnelRig.fromHost(inner(isIpv4, 64, n)));
        }
        return frames;
    }

    private static TunnelRig rig(TunnelKind kind, AddressFamily outer, List<byte[]> frames) {
        TunnelRig rig = new TunnelRig(kind, outer, frames, List.of());
        rig.routeUnderlay(U);
        rig.dataplane
                .proxy
                .topology()
                .addInterface(20, TestInterfaces.access(U, UNDERLAY, 1, 20, TunnelRig.MAC_U, mtu(outer), "u"));
        rig.dataplane
                .proxy
                .topology()
                .addInterface(20, rig.spec(T, INNER, UNDERLAY, 1, 2).tunnelModes(TunnelModes.FRAGMENT_OUTER));
        rig.dataplane.settle();
        return rig;
    }

    private static List<byte[]> packets(List<byte[]> frames) {
        return frames.stream()
                .map(frame -> Arrays.copyOfRange(frame, TAGGED_HEADER_BYTES, frame.length))
                .toList();
    }

    /** What the fragments make, without what each has of its own: identification, flow, and with the right checksum. */
    private static List<byte[]> together(List<byte[]> fragments, int mtu) {
        ReassemblyOracle oracle = new ReassemblyOracle();
        Set<Integer> identifications = new HashSet<>();
        List<byte[]> wholes = new ArrayList<>();
        int length = 0;
        for (byte[] fragment : fragments) {
            boolean isIpv4 = fragment[0] >> 4 == 4;
            assertThat(fragment.length).isLessThanOrEqualTo(mtu);
            assertThat(fragment[6] & 0xc0).as("don't fragment").isEqualTo(isIpv4 ? 0 : fragment[6] & 0xc0);
            byte[] whole = oracle.take(fragment);
            assertThat(whole != null || fragment.length + 8 > mtu)
                    .as("as long as fits")
                    .isTrue();
            length++;
            if (whole != null) {
                assertThat(length).as("fragments").isGreaterThan(1);
                length = 0;
                identifications.add(ByteBuffer.wrap(fragment).getInt(isIpv4 ? 2 : 44) & (isIpv4 ? 0xffff : -1));
                wholes.add(plain(whole));
            }
        }
        assertThat(identifications).hasSameSizeAs(wholes);
        assertThat(oracle.held()).isZero();
        assertThat(oracle.drops).isEmpty();
        return wholes;
    }

    private static byte[] plain(byte[] packet) {
        ByteBuffer header = ByteBuffer.wrap(packet);
        if (packet[0] >> 4 == 4) {
            header.putShort(2, (short) packet.length).putInt(4, 0);
            TestFrames.fixChecksum(packet);
        } else {
            header.putShort(4, (short) (packet.length - 40))
                    .putShort(2, (short) 0)
                    .put(1, (byte) (packet[1] & 0xf0));
        }
        return Arrays.copyOfRange(OuterPacket.withoutFlow(framed(packet)), TAGGED_HEADER_BYTES, packet.length + 18);
    }

    /** In a frame; the flow label is not 0, as {@link OuterPacket#withoutFlow} wants it. */
    private static byte[] framed(byte[] packet) {
        byte[] labelled = packet.clone();
        labelled[3] |= (byte) (packet[0] >> 4 == 6 ? 1 : 0);
        return TunnelRig.toGateway(labelled);
    }

    @ParameterizedTest
    @MethodSource("kindsAndFamilies")
    void shouldFragmentOuterPackets(TunnelKind kind, AddressFamily outer, boolean isInnerIpv4) {
        try (TunnelRig rig = rig(kind, outer, frames(isInnerIpv4))) {
            rig.dataplane.run();

            assertThat(rig.dataplane.statistics().answers(UNDERLAY)[AnswerKind.FRAGMENTED.code()])
                    .isEqualTo(PACKETS);
            assertThat(rig.dataplane.statistics().interfaceCounts(T).txPackets())
                    .isEqualTo(PACKETS);
            List<byte[]> wholes = together(packets(rig.dataplane.sent(1)), mtu(outer));
            assertThat(wholes).hasSize(PACKETS);
            for (int n = 0; n < PACKETS; n++) {
                assertThat(wholes.get(n))
                        .as("packet %d", n)
                        .isEqualTo(plain(rig.outer(inner(isInnerIpv4, 63, n), true, n)));
            }
        }
    }

    /** A tunnel of the other kind carries the fragments, each by itself. */
    @ParameterizedTest
    @MethodSource("kindsAndFamilies")
    void shouldWrapEachFragmentInTheTunnelUnderneath(TunnelKind kind, AddressFamily outer, boolean isInnerIpv4) {
        try (TunnelRig rig = rig(kind, outer, frames(isInnerIpv4))) {
            rig.addTunnel(OVER, UNDERLAY, TunnelKind.IPIP, 3);
            rig.dataplane.settle();
            rig.route4(UNDERLAY, TunnelRig.REMOTE4, 32, OVER, 0);
            rig.routeHost6(UNDERLAY, TunnelRig.UNDERLAY6, 2, OVER);
            rig.dataplane.settle();
            rig.dataplane.run();

            int header = outer == AddressFamily.IPV4 ? 20 : 40;
            List<byte[]> sent = packets(rig.dataplane.sent(1));
            assertThat(sent).allSatisfy(packet -> assertThat(packet[9]).isNotZero());
            List<byte[]> fragments = sent.stream()
                    .map(packet -> Arrays.copyOfRange(packet, header, packet.length))
                    .toList();
            List<byte[]> wholes = together(fragments, mtu(outer) - header);
            assertThat(wholes).hasSize(PACKETS);
            for (int n = 0; n < PACKETS; n++) {
                assertThat(wholes.get(n)).isEqualTo(plain(rig.outer(inner(isInnerIpv4, 63, n), true, n)));
            }
        }
    }

    /** The tunnel inside fragments its own packets, for the one around them does not. */
    @Test
    void shouldFragmentInsideATunnelThatFragmentsNothing() {
        try (TunnelRig rig = rig(TunnelKind.GRE, AddressFamily.IPV4, frames(true))) {
            rig.addTunnel(OVER, UNDERLAY, TunnelKind.GRE_WITH_ALL, 3);
            rig.dataplane.settle();
            rig.route4(UNDERLAY, TunnelRig.REMOTE4, 32, OVER, 0);
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(rig.dataplane.statistics().interfaceCounts(T).txPackets())
                    .isEqualTo(PACKETS);
            assertThat(rig.dataplane.statistics().interfaceCounts(OVER).txPackets())
                    .isEqualTo(rig.dataplane.statistics().portCounts(1).txPackets())
                    .isGreaterThan(PACKETS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotFragmentWhatFits(AddressFamily outer) {
        byte[] packet = TunnelRig.toFar(true, 64, 2);
        try (TunnelRig rig = rig(TunnelKind.GRE, outer, List.of(TunnelRig.fromHost(packet)))) {
            rig.dataplane.run();

            assertThat(packets(rig.dataplane.sent(1)))
                    .singleElement()
                    .satisfies(sent -> assertThat(plain(sent.clone()))
                            .isEqualTo(plain(rig.outer(TunnelRig.toFar(true, 63, 2), true, 0))));
        }
    }

    @Test
    void shouldFragmentWhatTheKernelSends() {
        byte[] frame = TestFrames.ethernet(TunnelRig.HOST, 0, 0x0800, inner(true, 64, 0));
        try (TunnelRig rig = rig(TunnelKind.GRE, AddressFamily.IPV4, List.of())) {
            rig.dataplane.injectWriter(0).inject(T, new UnsafeBuffer(frame), 0, frame.length);
            rig.dataplane.run();

            assertThat(together(packets(rig.dataplane.sent(1)), mtu(AddressFamily.IPV4)))
                    .containsExactly(plain(rig.outer(inner(true, 64, 0), true, 0)));
        }
    }

    /** What is underneath one tunnel is a choice of each: nothing is fragmented around a tunnel that does not want it. */
    @Test
    void shouldFragmentOnlyWhereItIsAskedFor() {
        try (TunnelRig rig = rig(TunnelKind.IPIP, AddressFamily.IPV4, frames(true))) {
            rig.dataplane
                    .proxy
                    .topology()
                    .addInterface(20, rig.spec(T, INNER, UNDERLAY, 1, 2).tunnelModes(TunnelModes.DEFAULT));
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(rig.dataplane.statistics().answers(UNDERLAY)[AnswerKind.FRAGMENTED.code()])
                    .isZero();
            assertThat(rig.dataplane.drops(INNER, DropReason.ENCAPSULATED_TOO_BIG))
                    .isEqualTo(PACKETS / 2);
        }
    }

    @TempDir
    private Path directory;

    /** An independent implementation puts them together. */
    @ParameterizedTest
    @EnumSource
    void shouldBePutTogetherByScapy(AddressFamily outer) throws Exception {
        try (TunnelRig rig = rig(TunnelKind.GRE_WITH_ALL, outer, frames(true))) {
            rig.dataplane.run();
            Pcap.write(directory.resolve("sent.pcap"), rig.dataplane.sent(1));
            ScapyScript.run(OuterFragmentationTest.class, "defragment.py", directory);
            List<byte[]> wholes = Pcap.read(directory.resolve("whole.pcap"));

            assertThat(wholes).hasSize(PACKETS);
            for (int n = 0; n < PACKETS; n++) {
                byte[] whole = packets(wholes).get(n);
                assertThat(plain(whole)).isEqualTo(plain(rig.outer(inner(true, 63, n), true, n)));
            }
        }
    }
}
