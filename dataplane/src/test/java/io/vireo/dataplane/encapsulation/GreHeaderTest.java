package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dataplane.wire.code.PuntReason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a GRE header may say, and what becomes of a packet whose header says something else (RFC 2784 §2). */
class GreHeaderTest {
    private static final byte[] INNER = TunnelRig.toNear(true, 64, 3);
    private static final TunnelKind CHECKED = new TunnelKind(TunnelKind.GRE.encapsulation(), GreOptions.CHECKSUM, 0);

    private static byte[] frame(byte[] header, byte[] inner) {
        return TunnelRig.fromGateway(
                OuterPacket.ipv4(GrePacket.PROTOCOL, header, inner, TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1));
    }

    private static byte[] keyless(int bits, int type) {
        return frame(GrePacket.header(bits, type, null, false, null, INNER), INNER);
    }

    private static TunnelRig received(TunnelKind kind, List<byte[]> frames) {
        TunnelRig rig = new TunnelRig(kind, AddressFamily.IPV4, List.of(), frames);
        rig.dataplane.run();
        return rig;
    }

    private static long taken(TunnelRig rig) {
        return rig.dataplane.statistics().interfaceCounts(T).rxPackets();
    }

    private static long dropped(TunnelRig rig, DropReason reason) {
        return rig.dataplane.drops(UNDERLAY, reason);
    }

    @Test
    void shouldIgnoreReserved1AndBits6To12() {
        List<byte[]> frames = new ArrayList<>();
        for (int bit = 3; bit <= 9; bit++) {
            frames.add(keyless(1 << bit, GrePacket.IPV4));
        }
        byte[] header = GrePacket.header(GrePacket.IPV4, null, true, null, INNER);
        ByteBuffer.wrap(header).putShort(6, (short) 0x1234).putShort(4, (short) 0);
        ByteBuffer.wrap(header).putShort(4, GrePacket.checksum(header, INNER));
        frames.add(frame(header, INNER));
        try (TunnelRig rig = received(TunnelKind.GRE, frames)) {
            assertThat(taken(rig)).isEqualTo(frames.size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x4000, 0x0800, 0x0400})
    void shouldDropForbiddenBits(int bit) {
        try (TunnelRig rig = received(TunnelKind.GRE, List.of(keyless(bit, GrePacket.IPV4)))) {
            assertThat(dropped(rig, DropReason.TUNNEL_MALFORMED)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void shouldLeaveOtherVersionsToTheKernel(int version) {
        try (TunnelRig rig = received(TunnelKind.GRE, List.of(keyless(version, 0x880b)))) {
            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.LOCAL.code());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x6558, 0, 0x0806, 0x8847, 0xffff})
    void shouldDropOtherPayloads(int type) {
        try (TunnelRig rig = received(TunnelKind.GRE, List.of(keyless(0, type)))) {
            assertThat(dropped(rig, DropReason.TUNNEL_PAYLOAD)).isEqualTo(1);
        }
    }

    /** What stands behind the packet's end looks like the rest of a right header. */
    @Test
    void shouldDropWhatIsCutOff() {
        byte[] whole = frame(GrePacket.header(GrePacket.IPV4, 0, true, 0, INNER), INNER);
        List<byte[]> frames = IntStream.range(0, 16)
                .mapToObj(bytes -> withTotalLength(whole, 20 + bytes))
                .toList();
        try (TunnelRig rig = received(TunnelKind.GRE_WITH_ALL, frames)) {
            assertThat(dropped(rig, DropReason.TUNNEL_MALFORMED)).isEqualTo(frames.size());
        }
    }

    static byte[] withTotalLength(byte[] taggedFrame, int totalLength) {
        byte[] packet = Arrays.copyOfRange(taggedFrame, 18, taggedFrame.length);
        ByteBuffer.wrap(packet).putShort(2, (short) totalLength);
        TestFrames.fixChecksum(packet, 20);
        return TunnelRig.fromGateway(packet);
    }

    @Test
    void shouldLeaveAStrangersMalformedPacketToTheKernel() {
        byte[] packet = OuterPacket.ipv4(
                GrePacket.PROTOCOL, new byte[2], new byte[0], TunnelRig.REMOTE4 + 1, TunnelRig.LOCAL4, 64, 1);
        try (TunnelRig rig = received(TunnelKind.GRE, List.of(TunnelRig.fromGateway(packet)))) {
            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.LOCAL.code());
        }
    }

    @Test
    void shouldReceiveNothingInsideAsAFrameThatCheckDrops() {
        byte[] header = GrePacket.header(GrePacket.IPV4, null, false, null, new byte[0]);
        try (TunnelRig rig = received(TunnelKind.GRE, List.of(frame(header, new byte[0])))) {
            assertThat(rig.dataplane.drops(TunnelRig.INNER, DropReason.IPV4_TRUNCATED))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldVerifyAChecksumThatIsNotConfigured() {
        byte[] right = frame(GrePacket.header(GrePacket.IPV4, null, true, null, INNER), INNER);
        byte[] wrong = TestFrames.with(right, 18 + 20 + 4, right[18 + 20 + 4] + 1);
        try (TunnelRig rig = received(TunnelKind.GRE, List.of(right, wrong))) {
            assertThat(taken(rig)).isEqualTo(1);
            assertThat(dropped(rig, DropReason.TUNNEL_CHECKSUM)).isEqualTo(1);
        }
    }

    @Test
    void shouldDropAWrongOrMissingChecksum() {
        byte[] right = frame(GrePacket.header(GrePacket.IPV4, null, true, null, INNER), INNER);
        List<byte[]> frames = new ArrayList<>(List.of(right, keyless(0, GrePacket.IPV4)));
        for (int at = 18 + 20 + 4; at < right.length; at++) {
            frames.add(TestFrames.with(right, at, right[at] ^ 0x10));
        }
        try (TunnelRig rig = received(CHECKED, frames)) {
            assertThat(taken(rig)).isEqualTo(1);
            assertThat(dropped(rig, DropReason.TUNNEL_CHECKSUM)).isEqualTo(frames.size() - 1);
        }
    }
}
