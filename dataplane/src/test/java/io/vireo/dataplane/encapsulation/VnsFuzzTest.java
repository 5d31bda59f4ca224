package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.VnsOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Any options of an outer IPv4 header that check has found sound otherwise, and any bytes behind it. */
class VnsFuzzTest {
    private static final int TUNNEL = 3;
    private static final int VPN_ID = 7;
    private static final int MAX_OPTION_BYTES = 40;
    private static final ReceivedPacket RECEIVED = new ReceivedPacket();

    static {
        int vns = Encapsulation.VNS.code();
        ReceivedPacket.add(RECEIVED.ends, 1, vns | TunnelEnds.KEYED, VPN_ID, 0, TUNNEL);
        ReceivedPacket.add(RECEIVED.pairs, 1, vns, 0, 0, 1);
    }

    static Stream<byte[]> options() {
        return Stream.of(
                VnsPacket.options(VnsOption.STREAM_ID, VPN_ID, 0),
                VnsPacket.options(VnsOption.EXPERIMENTAL, VPN_ID, 0),
                VnsPacket.options(VnsOption.EXPERIMENTAL_WITH_FLOW, VPN_ID, 9),
                new byte[] {1, 1, (byte) 136, 4, 0, 7, 0, 0},
                new byte[] {(byte) 136, 4, 0, 7, (byte) 136, 4, 0, 7},
                new byte[] {(byte) 136, 0, 0, 7},
                new byte[] {1, 1, 1, (byte) 136},
                new byte[] {(byte) 158, 9, 0, 0},
                new byte[] {(byte) 0x94, 4, 0, 0},
                new byte[0]);
    }

    /** The first byte says how many of the words that follow are options. */
    private static byte[] packet(byte[] bytes) {
        int words = bytes.length == 0 ? 0 : Math.floorMod(bytes[0], MAX_OPTION_BYTES / 4 + 1);
        byte[] options = Arrays.copyOfRange(bytes, Math.min(1, bytes.length), Math.min(1, bytes.length) + 4 * words);
        int from = Math.min(bytes.length, 1 + options.length);
        byte[] payload = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 1_500));
        return VnsPacket.withOptions(
                OuterPacket.ipv4(4, payload, new byte[0], TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1), options);
    }

    static Stream<byte[]> seeds() {
        byte[] inner = TunnelRig.toNear(true, 64, 1);
        return options()
                .flatMap(options -> Stream.of(inner, Arrays.copyOf(inner, 3), new byte[0])
                        .map(rest -> GrePacket.with(
                                GrePacket.with(new byte[] {(byte) (options.length / 4)}, options), rest)));
    }

    @Test
    void shouldTakeOutWhatIsWhole() {
        assertThat(options().mapToInt(options -> unwrap(packet(of(options)), (byte) 0)))
                .startsWith(TUNNEL, TUNNEL, TUNNEL, TUNNEL)
                .filteredOn(result -> result == TUNNEL)
                .hasSize(4);
    }

    private static byte[] of(byte[] options) {
        return GrePacket.with(new byte[] {(byte) (options.length / 4)}, options);
    }

    /** What stands behind a packet's end has no influence; what is refused stays as it was, and what is taken out was within. */
    @MethodSource("seeds")
    @FuzzTest
    void shouldUnwrapByTheBytesOfThePacketOnly(byte[] bytes) {
        byte[] packet = packet(bytes);
        int headerBytes = (packet[0] & 0xf) * 4;
        int result = unwrap(packet, (byte) 0);
        if (result < 0) {
            assertThat(RECEIVED.content(packet.length)).isEqualTo(packet);
            assertThat(Disposition.isDrop(~result)).isTrue();
        } else {
            assertThat(RECEIVED.frameOffset() + 14).isEqualTo(ReceivedPacket.HEADROOM + headerBytes);
            assertThat(RECEIVED.frameBytes()).isEqualTo(14 + packet.length - headerBytes);
        }
        for (byte behind : new byte[] {(byte) 136, 4, -1}) {
            assertThat(unwrap(packet, behind)).isEqualTo(result);
        }
    }

    private static int unwrap(byte[] packet, byte behind) {
        int checkResult = CheckResult.withLocalOnlyReason(CheckResult.PLAIN_IPV4, Disposition.punt(PuntReason.OPTIONS));
        return RECEIVED.unwrap(packet, checkResult, behind);
    }
}
