package io.vireo.dataplane.encapsulation;

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
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.TunnelModes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Segment sizes of TCP connections over a tunnel whose MTU is 1,400, against segments built anew with the size they should have. */
class MssClampTest {
    private static final int ROOM4 = 1_360;
    private static final int ROOM6 = 1_340;
    private static final int SYN = 0x02;
    private static final int SYN_ACK = 0x12;
    private static final int ACK = 0x10;
    private static final int NO_SIZE = -1;

    /** A segment with a right checksum: no-operations, the size, padding; or with window scaling where there is no size. */
    private static byte[] segment(boolean isIpv4, boolean isAway, int flags, int noOperations, int size) {
        ByteBuffer options = ByteBuffer.allocate(16);
        for (int n = 0; n < noOperations; n++) {
            options.put((byte) 1);
        }
        options.put(size == NO_SIZE ? new byte[] {3, 3, 7} : new byte[] {2, 4, (byte) (size >> 8), (byte) size});
        int bytes = (options.position() + 3) & ~3;
        byte[] payload = new byte[20 + bytes + 11];
        ByteBuffer.wrap(payload)
                .putInt(1234 << 16 | 80)
                .putLong(size * 0x1234567L)
                .put((byte) (((20 + bytes) / 4) << 4))
                .put((byte) flags)
                .putInt(0xfff0_0000)
                .putShort((short) 0)
                .put(options.array(), 0, bytes)
                .put("hello world".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        byte[] packet = packet(isIpv4, isAway, payload.length);
        int headerBytes = packet.length - payload.length;
        System.arraycopy(payload, 0, packet, headerBytes, payload.length);
        int sum = checksum(packet, isIpv4, headerBytes);
        packet[headerBytes + 16] = (byte) (sum >> 8);
        packet[headerBytes + 17] = (byte) sum;
        return packet;
    }

    private static byte[] packet(boolean isIpv4, boolean isAway, int payloadBytes) {
        if (!isIpv4) {
            return isAway
                    ? TestFrames.ipv6(NEAR6, 5, FAR6, 6, 6, 64, payloadBytes)
                    : TestFrames.ipv6(FAR6, 5, NEAR6, 6, 6, 64, payloadBytes);
        }
        byte[] packet =
                TestFrames.with(TestFrames.ipv4(isAway ? NEAR4 : FAR4, isAway ? FAR4 : NEAR4, 64, payloadBytes), 9, 6);
        TestFrames.fixChecksum(packet, 20);
        return packet;
    }

    /** RFC 9293 §3.1, word by word: pseudo-header and segment. */
    private static int checksum(byte[] packet, boolean isIpv4, int headerBytes) {
        int addresses = isIpv4 ? 12 : 8;
        byte[] summed = Arrays.copyOfRange(packet, addresses, packet.length + 1);
        int sum = 6 + packet.length - headerBytes;
        for (int i = 0; i + 1 < summed.length; i += 2) {
            sum += ((summed[i] & 0xff) << 8) | (summed[i + 1] & 0xff);
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return ~sum & 0xffff;
    }

    private static byte[] decremented(byte[] packet) {
        boolean isIpv4 = packet[0] >> 4 == 4;
        byte[] changed = TestFrames.with(packet, isIpv4 ? 8 : 7, 63);
        if (isIpv4) {
            TestFrames.fixChecksum(changed, 20);
        }
        return changed;
    }

    private static void clamp(TunnelRig rig) {
        rig.dataplane
                .proxy
                .topology()
                .addInterface(20, rig.spec(T, INNER, UNDERLAY, 1, 2).tunnelModes(TunnelModes.CLAMP_MSS));
        rig.dataplane.settle();
    }

    @ParameterizedTest
    @MethodSource("io.vireo.dataplane.encapsulation.TunnelKindsTest#kindsAndFamilies")
    void shouldLowerTheSizeInBothDirections(TunnelKind kind, AddressFamily outer, boolean isInnerIpv4) {
        int room = isInnerIpv4 ? ROOM4 : ROOM6;
        List<byte[]> away = new ArrayList<>();
        List<byte[]> back = new ArrayList<>();
        List<byte[]> expectedAway = new ArrayList<>();
        List<byte[]> expectedBack = new ArrayList<>();
        try (TunnelRig builder = new TunnelRig(kind, outer, List.of(), List.of())) {
            for (int flags : new int[] {SYN, SYN_ACK, ACK}) {
                for (int noOperations = 0; noOperations < 4; noOperations++) {
                    for (int size : new int[] {NO_SIZE, 0, 536, room - 1, room, room + 1, 1460, 0xffff}) {
                        int wanted = flags == ACK ? size : Math.min(size, room);
                        int n = away.size();
                        away.add(TunnelRig.fromHost(segment(isInnerIpv4, true, flags, noOperations, size)));
                        byte[] inside = withSize(isInnerIpv4, true, flags, noOperations, size, wanted);
                        expectedAway.add(TunnelRig.toGateway(builder.outer(decremented(inside), true, n)));
                        byte[] sent = segment(isInnerIpv4, false, flags, noOperations, size);
                        back.add(TunnelRig.fromGateway(builder.outer(sent, false, n)));
                        byte[] received = withSize(isInnerIpv4, false, flags, noOperations, size, wanted);
                        expectedBack.add(TunnelRig.toHost(decremented(received)));
                    }
                }
            }
        }
        try (TunnelRig rig = new TunnelRig(kind, outer, away, back)) {
            rig.routeUnderlay(U);
            clamp(rig);
            rig.dataplane.run();

            assertThat(rig.dataplane.sent(1).stream()
                            .map(OuterPacket::withoutFlow)
                            .toList())
                    .containsExactlyElementsOf(expectedAway);
            assertThat(rig.dataplane.sent(0)).containsExactlyElementsOf(expectedBack);
        }
    }

    /** The segment as it was, but for the size and the checksum that belongs to it. */
    private static byte[] withSize(boolean isIpv4, boolean isAway, int flags, int noOperations, int size, int wanted) {
        byte[] packet = segment(isIpv4, isAway, flags, noOperations, size);
        if (size == NO_SIZE) {
            return packet;
        }
        int headerBytes = isIpv4 ? 20 : 40;
        ByteBuffer.wrap(packet)
                .putShort(headerBytes + 20 + noOperations + 2, (short) wanted)
                .putShort(headerBytes + 16, (short) 0);
        ByteBuffer.wrap(packet).putShort(headerBytes + 16, (short) checksum(packet, isIpv4, headerBytes));
        return packet;
    }

    @Test
    void shouldLeaveTheSizeWhereTheTunnelDoesNotClamp() {
        byte[] packet = segment(true, true, SYN, 0, 1460);
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, List.of(TunnelRig.fromHost(packet)), List.of())) {
            rig.routeUnderlay(U);
            rig.dataplane.run();

            assertThat(rig.dataplane.sent(1))
                    .containsExactly(TunnelRig.toGateway(rig.outer(decremented(packet), true, 0)));
        }
    }

    /** Behind an offset there is no TCP header, whatever the bytes look like. */
    @Test
    void shouldLeaveLaterFragments() {
        byte[] packet = TestFrames.with(segment(true, true, SYN, 0, 1460), 7, 1);
        packet[6] = 0;
        TestFrames.fixChecksum(packet, 20);
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, List.of(TunnelRig.fromHost(packet)), List.of())) {
            rig.routeUnderlay(U);
            clamp(rig);
            rig.dataplane.run();

            assertThat(rig.dataplane.sent(1))
                    .containsExactly(TunnelRig.toGateway(rig.outer(decremented(packet), true, 0)));
        }
    }

    /** Cut off, with lengths that lead nowhere, with options that never end: nothing is lost, and nobody waits. */
    @Test
    void shouldComeToAnEndWhateverTheSegmentSays() {
        Random random = new Random(9293);
        List<byte[]> frames = new ArrayList<>();
        try (TunnelRig builder = new TunnelRig(TunnelKind.GRE, AddressFamily.IPV4, List.of(), List.of())) {
            for (int n = 0; n < 5_000; n++) {
                boolean isIpv4 = random.nextBoolean();
                byte[] packet = segment(isIpv4, false, SYN, random.nextInt(4), random.nextInt(65_536));
                for (int flips = random.nextInt(6); flips > 0; flips--) {
                    packet[random.nextInt(packet.length)] = (byte) random.nextInt(random.nextBoolean() ? 4 : 256);
                }
                packet = random.nextInt(3) == 0 ? Arrays.copyOf(packet, 1 + random.nextInt(packet.length - 1)) : packet;
                frames.add(TunnelRig.fromGateway(builder.outer(packet, false, n)));
            }
        }
        try (TunnelRig rig = new TunnelRig(TunnelKind.GRE, AddressFamily.IPV4, List.of(), frames)) {
            clamp(rig);
            rig.dataplane.run();

            rig.assertAccounted(frames.size());
        }
    }
}
