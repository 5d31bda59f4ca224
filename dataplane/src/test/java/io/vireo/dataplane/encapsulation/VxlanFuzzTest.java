package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.TunnelModes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes behind an outer header that check has found sound, where frames may be inside: of UDP and of GRE. */
class VxlanFuzzTest {
    private static final int PUNTED = ~Disposition.punt(PuntReason.LOCAL);
    private static final int TUNNEL = 3;
    private static final int OUTER_BYTES = 20;
    private static final int VNI = 0xfedcba;
    private static final int MODES =
            TunnelModes.UNIFORM_TTL | TunnelModes.UNIFORM_DSCP | TunnelModes.PLAIN_ECN | TunnelModes.CLAMP_MSS;
    private static final ReceivedPacket RECEIVED = new ReceivedPacket();

    static {
        int vxlan = TunnelEnds.ofUdp(Encapsulation.VXLAN.code(), VxlanPacket.PORT);
        int options = TunnelEnds.options(GreOptions.NONE, MODES);
        ReceivedPacket.add(RECEIVED.ends, 1, vxlan | TunnelEnds.KEYED, VNI, options, TUNNEL);
        ReceivedPacket.add(RECEIVED.pairs, 1, vxlan, 0, GreOptions.NONE, 1);
        RECEIVED.udpPorts.add(VxlanPacket.PORT, Encapsulation.VXLAN.code());
        ReceivedPacket.add(RECEIVED.ends, 2, Encapsulation.GRE.code(), 0, GreOptions.ETHERNET, TUNNEL - 1);
    }

    private static byte[] packet(int protocol, byte[] payload) {
        return OuterPacket.ipv4(protocol, payload, new byte[0], TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1);
    }

    private static byte[] vxlan(byte[] frame) {
        return GrePacket.with(VxlanPacket.header(VNI, frame.length), frame);
    }

    private static byte[] frame() {
        byte[] inner = TunnelRig.toNear(true, 64, 1);
        return GrePacket.with(VxlanPacket.ethernet(inner, false), inner);
    }

    private static byte[] gre(byte[] frame) {
        return GrePacket.with(GrePacket.header(GrePacket.ETHERNET, null, false, null, frame), frame);
    }

    static Stream<byte[]> datagrams() {
        byte[] whole = vxlan(frame());
        return Stream.of(
                whole, Arrays.copyOf(whole, 29), vxlan(new byte[14]), vxlan(new byte[0]), new byte[8], new byte[7]);
    }

    static Stream<byte[]> grePayloads() {
        byte[] whole = gre(frame());
        return Stream.of(whole, Arrays.copyOf(whole, 17), gre(new byte[14]), gre(new byte[0]), new byte[1]);
    }

    private static int unwrap(byte[] packet, byte behind) {
        return RECEIVED.unwrap(packet, CheckResult.PLAIN_IPV4, behind);
    }

    private static int drop(DropReason reason) {
        return ~Disposition.drop(reason);
    }

    @Test
    void shouldTakeOutWhatIsWhole() {
        assertThat(unwrap(packet(VxlanPacket.PROTOCOL, vxlan(frame())), (byte) 0))
                .isEqualTo(TUNNEL);
        assertThat(unwrap(packet(GrePacket.PROTOCOL, gre(frame())), (byte) 0)).isEqualTo(TUNNEL - 1);
        assertThat(unwrap(packet(VxlanPacket.PROTOCOL, vxlan(new byte[14])), (byte) 0))
                .isEqualTo(TUNNEL);
        assertThat(unwrap(packet(GrePacket.PROTOCOL, gre(new byte[14])), (byte) 0))
                .isEqualTo(TUNNEL - 1);
    }

    @Test
    void shouldSayWhyItRefuses() {
        byte[] whole = packet(VxlanPacket.PROTOCOL, vxlan(frame()));
        assertThat(changed(whole, 2, 19)).isEqualTo(PUNTED); // another port
        assertThat(changed(whole, 5, 7)).isEqualTo(drop(DropReason.TUNNEL_MALFORMED)); // less than a header
        assertThat(changed(whole, 5, 29)).isEqualTo(drop(DropReason.TUNNEL_MALFORMED)); // no room for a frame
        assertThat(changed(whole, 4, 0x40)).isEqualTo(drop(DropReason.TUNNEL_MALFORMED)); // more than there is
        assertThat(changed(whole, 6, 1)).isEqualTo(drop(DropReason.TUNNEL_CHECKSUM));
        assertThat(changed(whole, 8, 0)).isEqualTo(drop(DropReason.TUNNEL_MALFORMED)); // no VNI
        assertThat(changed(whole, 14, 0)).isEqualTo(drop(DropReason.TUNNEL_KEY));
        assertThat(changed(whole, 28, 0x81))
                .isEqualTo(drop(DropReason.TUNNEL_PAYLOAD)); // a VLAN tag: the type is 0x8100
        assertThat(changed(whole, 8, 0xff)).isEqualTo(TUNNEL); // what is reserved says nothing
        assertThat(changed(whole, 15, 0xff)).isEqualTo(TUNNEL);
    }

    /** What becomes of a packet with one byte behind its IP header changed. */
    private static int changed(byte[] packet, int at, int value) {
        return unwrap(
                ByteBuffer.wrap(packet.clone())
                        .put(OUTER_BYTES + at, (byte) value)
                        .array(),
                (byte) 0);
    }

    /** What stands behind a packet's end has no influence; what is refused stays as it was, and what is taken out was within. */
    @MethodSource("datagrams")
    @FuzzTest
    void shouldUnwrapByTheBytesOfTheDatagramOnly(byte[] bytes) {
        assertUnwrapsByItsBytes(VxlanPacket.PROTOCOL, bytes);
    }

    /** As {@link #shouldUnwrapByTheBytesOfTheDatagramOnly}, of GRE. */
    @MethodSource("grePayloads")
    @FuzzTest
    void shouldUnwrapByTheBytesOfTheGrePacketOnly(byte[] bytes) {
        assertUnwrapsByItsBytes(GrePacket.PROTOCOL, bytes);
    }

    private static void assertUnwrapsByItsBytes(int protocol, byte[] bytes) {
        byte[] packet =
                packet(protocol, Arrays.copyOf(bytes, Math.min(bytes.length, ReceivedPacket.MAX_BYTES - OUTER_BYTES)));
        int result = unwrap(packet, (byte) 0);
        if (result < 0) {
            assertThat(RECEIVED.content(packet.length)).isEqualTo(packet);
        } else {
            int end = ReceivedPacket.HEADROOM + packet.length;
            assertThat(RECEIVED.frameOffset()).isBetween(ReceivedPacket.HEADROOM + OUTER_BYTES + 4, end - 14);
            assertThat(RECEIVED.frameOffset() + RECEIVED.frameBytes()).isLessThanOrEqualTo(end);
        }
        for (byte behind : new byte[] {(byte) 0x20, 0x45, -1}) {
            assertThat(unwrap(packet, behind)).isEqualTo(result);
        }
    }

    static LongStream rounds() {
        return HostileRounds.seeds(2);
    }

    /** Random bytes in true headers, so that most come far. */
    @ParameterizedTest
    @MethodSource("rounds")
    void shouldStandHostileFrames(long seed) {
        Random random = new Random(seed);
        int packets = 10_000;
        int taken = 0;
        for (int n = 0; n < packets; n++) {
            byte[] frame = GrePacket.with(VxlanPacket.ethernet(frame(), false), TunnelRig.hostile(random));
            byte[] payload = n % 2 == 0 ? vxlan(frame) : gre(frame);
            for (int flips = random.nextInt(3); flips > 0; flips--) {
                payload[random.nextInt(payload.length)] = (byte) random.nextInt();
            }
            byte[] cut = random.nextInt(4) == 0 ? Arrays.copyOf(payload, random.nextInt(payload.length)) : payload;
            byte[] packet = packet(n % 2 == 0 ? VxlanPacket.PROTOCOL : GrePacket.PROTOCOL, cut);
            int result = unwrap(packet, (byte) random.nextInt());
            taken += result >= 0 ? 1 : 0;
            if (result < 0) {
                assertThat(RECEIVED.content(packet.length)).isEqualTo(packet);
            }
        }
        assertThat(taken).isBetween(packets / 4, packets - 1);
    }
}
