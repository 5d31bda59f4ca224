package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.A;
import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.U;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sequence numbers, both ways (RFC 2890 §2.2). */
class GreSequenceTest {
    private static final TunnelKind NUMBERED = TunnelKind.numbered();
    private static final byte[] INNER = TunnelRig.toNear(true, 64, 0);

    private static byte[] packet(@Nullable Integer sequence) {
        byte[] header = GrePacket.header(GrePacket.IPV4, null, false, sequence, INNER);
        return OuterPacket.ipv4(GrePacket.PROTOCOL, header, INNER, TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1);
    }

    private static List<byte[]> frames(int... numbers) {
        return Arrays.stream(numbers)
                .mapToObj(number -> TunnelRig.fromGateway(packet(number)))
                .toList();
    }

    private static void assertTaken(int taken, List<byte[]> frames) {
        try (TunnelRig rig = new TunnelRig(NUMBERED, AddressFamily.IPV4, List.of(), frames)) {
            rig.dataplane.run();
            assertCounts(rig, taken, frames.size() - taken);
        }
    }

    private static void assertCounts(TunnelRig rig, int taken, int old) {
        assertThat(rig.dataplane.statistics().interfaceCounts(T).rxPackets()).isEqualTo(taken);
        assertThat(rig.dataplane.drops(UNDERLAY, DropReason.TUNNEL_SEQUENCE)).isEqualTo(old);
    }

    @Test
    void shouldCountFromZeroAndGoOnAfterAnotherHopLimit() {
        byte[] frame = TunnelRig.fromHost(TunnelRig.toFar(true, 64, 0));
        int packets = 300;
        try (TunnelRig rig =
                new TunnelRig(NUMBERED, AddressFamily.IPV4, Collections.nCopies(packets, frame), List.of())) {
            rig.routeUnderlay(U);
            rig.dataplane.round();
            rig.addTunnel(T, TunnelRig.INNER, NUMBERED, 2);
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(rig.dataplane.sent(1).stream().map(GreSequenceTest::sequence))
                    .containsExactlyElementsOf(
                            IntStream.range(0, packets).boxed().toList());
        }
    }

    private static int sequence(byte[] taggedFrame) {
        return new UnsafeBuffer(taggedFrame).getInt(18 + 20 + 4, ByteOrder.BIG_ENDIAN);
    }

    @Test
    void shouldTakeAnyNumberFirstAndThenNewerOnesOnly() {
        assertTaken(3, frames(7_000, 7_001, 7_001, 7_000, 6_999, 7_002));
    }

    @Test
    void shouldAcceptAGapAtOnce() {
        assertTaken(2, frames(1, 1_000_000, 2));
    }

    @Test
    void shouldCountModulo2To32() {
        assertTaken(3, frames(-2, -1, 0, -1));
        assertTaken(1, frames(5, 5 - Integer.MAX_VALUE));
        assertTaken(2, frames(5, 5 - Integer.MAX_VALUE - 1));
    }

    @Test
    void shouldAcceptNoSequenceNumber() {
        List<byte[]> frames = new ArrayList<>(frames(5));
        frames.add(TunnelRig.fromGateway(packet(null)));
        frames.addAll(frames(5, 6));
        assertTaken(3, frames);
    }

    @Test
    void shouldNotLookAtNumbersThatAreNotConfigured() {
        try (TunnelRig rig = new TunnelRig(TunnelKind.GRE, AddressFamily.IPV4, List.of(), frames(5, 5, 4))) {
            rig.dataplane.run();
            assertCounts(rig, 3, 0);
        }
    }

    @Test
    void shouldFollowAFarEndThatBeganAnew() {
        List<byte[]> frames = new ArrayList<>(frames(1_000_000));
        frames.addAll(frames(IntStream.range(0, 260).toArray()));
        assertTaken(1 + 260 - 256, frames);
    }

    @Test
    void shouldBeginToCountDiscardsAnewWithEachPacketThatIsTaken() {
        List<byte[]> frames = new ArrayList<>(frames(1_000_000));
        for (int n = 1; n <= 3; n++) {
            frames.addAll(frames(IntStream.range(0, 200).toArray()));
            frames.addAll(frames(1_000_000 + n));
        }
        assertTaken(4, frames);
    }

    @Test
    void shouldNotMoveNumbersByAWrongChecksum() {
        byte[] header = GrePacket.header(GrePacket.IPV4, null, true, 1_000, INNER);
        byte[] wrong = TestFrames.with(header, 5, header[5] + 1);
        byte[] bad = OuterPacket.ipv4(GrePacket.PROTOCOL, wrong, INNER, TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1);
        List<byte[]> frames = new ArrayList<>(frames(5));
        frames.add(TunnelRig.fromGateway(bad));
        frames.addAll(frames(6));
        try (TunnelRig rig = new TunnelRig(NUMBERED, AddressFamily.IPV4, List.of(), frames)) {
            rig.dataplane.run();
            assertCounts(rig, 2, 0);
        }
    }

    @Test
    void shouldNotMoveNumbersByATrace() {
        byte[] out = TunnelRig.fromHost(TunnelRig.toFar(true, 64, 0));
        byte[] in = TestFrames.ethernet(TunnelRig.MAC_U, TunnelRig.GATEWAY, 0x0800, packet(1_000));
        try (TunnelRig rig = new TunnelRig(NUMBERED, AddressFamily.IPV4, List.of(out), frames(5, 6))) {
            rig.routeUnderlay(U);
            for (int n = 0; n < 3; n++) {
                rig.dataplane.injectWriter(0).trace(77, A, new UnsafeBuffer(out), 0, out.length);
                rig.dataplane.injectWriter(0).trace(78, U, new UnsafeBuffer(in), 0, in.length);
            }
            rig.dataplane.run();

            assertThat(rig.dataplane.punts.steps).anyMatch(step -> step.startsWith("MODIFY CONTINUE -1 12 10"));
            assertCounts(rig, 2, 0);
            assertThat(rig.dataplane.sent(1))
                    .singleElement()
                    .satisfies(frame -> assertThat(sequence(frame)).isZero());
        }
    }
}
