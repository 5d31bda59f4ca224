package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.GreOptions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes behind an outer header that check has found sound. */
class GreFuzzTest {
    private static final int TUNNEL = 3;
    private static final int OUTER_BYTES = 20;
    private static final ReceivedPacket RECEIVED = new ReceivedPacket();

    static {
        int gre = Encapsulation.GRE.code();
        int all = GreOptions.KEY | GreOptions.CHECKSUM | GreOptions.SEQUENCE;
        ReceivedPacket.add(RECEIVED.ends, 1, gre, 0, GreOptions.NONE, TUNNEL - 1);
        ReceivedPacket.add(RECEIVED.ends, 2, gre | TunnelEnds.KEYED, 0, all, TUNNEL);
        ReceivedPacket.add(RECEIVED.pairs, 1, gre, 0, GreOptions.NONE, 2);
    }

    static Stream<byte[]> payloads() {
        byte[] whole = whole();
        return Stream.of(
                whole,
                Arrays.copyOf(whole, 15),
                Arrays.copyOf(whole, 3),
                new byte[] {0, 0, 8, 0},
                new byte[] {0, 0, (byte) 0x86, (byte) 0xdd, 0x60, 0},
                new byte[] {0, 1, 8, 0},
                new byte[] {0x40, 0, 8, 0},
                new byte[1]);
    }

    private static byte[] whole() {
        byte[] inner = TunnelRig.toNear(true, 64, 1);
        return GrePacket.with(GrePacket.header(GrePacket.IPV4, 0, true, 5, inner), inner);
    }

    private static byte[] packet(byte[] payload) {
        return OuterPacket.ipv4(GrePacket.PROTOCOL, payload, new byte[0], TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1);
    }

    @Test
    void shouldTakeOutWhatIsWhole() {
        assertThat(unwrap(packet(whole()), (byte) 0)).isEqualTo(TUNNEL);
        assertThat(unwrap(packet(new byte[] {0, 0, 8, 0}), (byte) 0)).isEqualTo(TUNNEL - 1);
    }

    /** What stands behind a packet's end has no influence; what is refused stays as it was, and what is taken out was within. */
    @MethodSource("payloads")
    @FuzzTest
    void shouldUnwrapByTheBytesOfThePacketOnly(byte[] bytes) {
        byte[] payload = Arrays.copyOf(bytes, Math.min(bytes.length, ReceivedPacket.MAX_BYTES - OUTER_BYTES));
        byte[] packet = packet(payload);
        int result = unwrap(packet, (byte) 0);
        RECEIVED.assertWithin(packet, result, OUTER_BYTES + 4);
        for (byte behind : new byte[] {(byte) 0x20, 0x45, -1}) {
            assertThat(unwrap(packet, behind)).isEqualTo(result);
        }
    }

    private static int unwrap(byte[] packet, byte behind) {
        return RECEIVED.unwrap(packet, CheckResult.PLAIN_IPV4, behind);
    }
}
