package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.LOCAL4;
import static io.vireo.dataplane.encapsulation.TunnelRig.MAC_U;
import static io.vireo.dataplane.encapsulation.TunnelRig.REMOTE4;
import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.Encapsulation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A label in UDP (RFC 7510), byte by byte. */
class MplsInUdpTest {
    private static final int OUT = 16;
    private static final int IN = 0xfffff;
    private static final int PORT = 6635;
    private static final int UDP = 17;
    private static final TunnelKind KIND = new TunnelKind(Encapsulation.MPLS_UDP, OUT, IN);
    private static final byte[] PACKET = TunnelRig.toNear(true, 64, 3);

    private static byte[] udp(int source, int port, int checksum, byte[] payload) {
        return ByteBuffer.allocate(8 + payload.length)
                .putShort((short) source)
                .putShort((short) port)
                .putShort((short) (8 + payload.length))
                .putShort((short) checksum)
                .put(payload)
                .array();
    }

    private static byte[] labelled(int label) {
        return GrePacket.with(MplsPacket.entry(label, 0, true, 64), PACKET);
    }

    /** A frame from the far end whose outer packet carries this. */
    private static byte[] frame(byte[] datagram) {
        byte[] packet = OuterPacket.ipv4(UDP, new byte[0], datagram, REMOTE4, LOCAL4, 64, 1);
        return TestFrames.tagged(MAC_U, TunnelRig.GATEWAY, 20, 0x0800, packet);
    }

    private static void assertDropped(DropReason reason, byte[] datagram) {
        try (TunnelRig rig = new TunnelRig(KIND, AddressFamily.IPV4, List.of(), List.of(frame(datagram)))) {
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(UNDERLAY, reason)).isEqualTo(1);
            assertThat(rig.dataplane.buffersInUse()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSend(AddressFamily outer) {
        byte[] far = TunnelRig.toFar(true, 63, 1);
        try (TunnelRig rig =
                new TunnelRig(KIND, outer, List.of(TunnelRig.fromHost(TunnelRig.toFar(true, 64, 1))), List.of())) {
            rig.routeUnderlay(TunnelRig.U);
            rig.dataplane.run();
            byte[] sent = rig.dataplane.sent(1).getFirst();
            int at = 18 + (outer == AddressFamily.IPV4 ? 20 : 40);
            byte[] datagram = Arrays.copyOfRange(sent, at, sent.length);
            int source = ByteBuffer.wrap(datagram).getShort() & 0xffff;
            assertThat(sent[18 + (outer == AddressFamily.IPV4 ? 9 : 6)]).isEqualTo((byte) UDP);
            assertThat(source).isGreaterThanOrEqualTo(49_152);
            byte[] entry = MplsPacket.entry(OUT, OuterPacket.trafficClass(far) >> 5, true, 64);
            assertThat(datagram).isEqualTo(udp(source, PORT, 0, GrePacket.with(entry, far)));
        }
    }

    /** So the underlay shares a tunnel's flows among its ways. */
    @Test
    void shouldSendEachFlowFromAPortOfItsOwn() {
        List<byte[]> frames = new ArrayList<>();
        for (int flow = 0; flow < 200; flow++) {
            byte[] packet = TestFrames.ipv4(TunnelRig.NEAR4 + flow % 100, TunnelRig.FAR4, 64, 20);
            frames.add(TunnelRig.fromHost(packet));
        }
        try (TunnelRig rig = new TunnelRig(KIND, AddressFamily.IPV4, frames, List.of())) {
            rig.routeUnderlay(TunnelRig.U);
            rig.dataplane.run();
            Set<Integer> ports = new HashSet<>();
            rig.dataplane
                    .sent(1)
                    .forEach(frame -> ports.add((int) ByteBuffer.wrap(frame).getShort(38)));
            assertThat(ports).hasSizeBetween(90, 100);
        }
    }

    @Test
    void shouldReceive() {
        List<byte[]> in = List.of(frame(udp(1, PORT, 0, labelled(IN))));
        try (TunnelRig rig = new TunnelRig(KIND, AddressFamily.IPV4, List.of(), in)) {
            rig.dataplane.run();
            assertThat(rig.dataplane.statistics().interfaceCounts(T).rxPackets())
                    .isEqualTo(1);
            assertThat(rig.dataplane.sent(0)).containsExactly(TunnelRig.toHost(TunnelRig.toNear(true, 63, 3)));
        }
    }

    @Test
    void shouldSayWhyItDrops() {
        byte[] right = udp(1, PORT, 0, labelled(IN));
        assertDropped(DropReason.TUNNEL_KEY, udp(1, PORT, 0, labelled(17)));
        assertDropped(DropReason.TUNNEL_CHECKSUM, udp(1, PORT, 7, labelled(IN)));
        assertDropped(DropReason.TUNNEL_MALFORMED, Arrays.copyOf(right, right.length - 1));
        assertDropped(DropReason.TUNNEL_MALFORMED, udp(1, PORT, 0, new byte[3]));
        byte[] two = GrePacket.with(MplsPacket.entry(IN, 0, false, 64), labelled(IN));
        assertDropped(DropReason.TUNNEL_PAYLOAD, udp(1, PORT, 0, two));
    }

    @Test
    void shouldLeaveOtherPortsToTheKernel() {
        List<byte[]> in = List.of(frame(udp(1, PORT + 1, 0, labelled(IN))));
        try (TunnelRig rig = new TunnelRig(KIND, AddressFamily.IPV4, List.of(), in)) {
            rig.dataplane.run();
            assertThat(rig.dataplane.punts.frames).hasSize(1);
        }
    }

    @Test
    void shouldSurviveAnyBytes() {
        Random random = new Random(7);
        List<byte[]> in = new ArrayList<>();
        for (int n = 0; n < 20_000; n++) {
            byte[] payload = new byte[random.nextInt(60)];
            random.nextBytes(payload);
            byte[] datagram = udp(random.nextInt(1 << 16), PORT, 0, random.nextBoolean() ? payload : labelled(IN));
            if (random.nextInt(3) == 0) {
                datagram[4 + random.nextInt(datagram.length - 4)] = (byte) random.nextInt();
            }
            in.add(frame(datagram));
        }
        try (TunnelRig rig = new TunnelRig(KIND, AddressFamily.IPV4, List.of(), in)) {
            rig.dataplane.run();
            assertThat(rig.dataplane.statistics().interfaceCounts(T).rxPackets())
                    .isPositive();
            assertThat(rig.dataplane.buffersInUse()).isZero();
        }
    }
}
