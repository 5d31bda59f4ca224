package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.TunnelModes;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes behind an outer header and the GRE header of a label stack. */
class MplsFuzzTest {
    private static final int TUNNEL = 3;
    private static final int LABEL = 16;
    private static final int UNIFORM_LABEL = 17;
    private static final int HEADER_BYTES = 20 + 4;
    private static final ReceivedPacket RECEIVED = new ReceivedPacket();

    static {
        int mpls = Encapsulation.MPLS_GRE.code();
        int uniform = TunnelEnds.options(0, TunnelModes.UNIFORM_TTL | TunnelModes.UNIFORM_DSCP);
        ReceivedPacket.add(RECEIVED.ends, 1, mpls | TunnelEnds.KEYED, LABEL, 0, TUNNEL - 1);
        ReceivedPacket.add(RECEIVED.ends, 2, mpls | TunnelEnds.KEYED, UNIFORM_LABEL, uniform, TUNNEL);
        ReceivedPacket.add(RECEIVED.pairs, 1, mpls, 0, 0, 2);
    }

    static Stream<byte[]> stacks() {
        byte[] whole = whole(LABEL);
        return Stream.of(
                whole,
                whole(UNIFORM_LABEL),
                Arrays.copyOf(whole, 23),
                Arrays.copyOf(whole, 5),
                Arrays.copyOf(whole, 4),
                Arrays.copyOf(whole, 3),
                MplsPacket.entry(LABEL, 7, false, 9),
                MplsPacket.entry(3, 0, true, 255));
    }

    private static byte[] whole(int label) {
        return GrePacket.with(MplsPacket.entry(label, 5, true, 2), TunnelRig.toNear(true, 64, 1));
    }

    private static byte[] packet(byte[] stack) {
        return OuterPacket.ipv4(
                GrePacket.PROTOCOL, MplsPacket.gre(), stack, TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1);
    }

    @Test
    void shouldTakeOutWhatIsWhole() {
        assertThat(unwrap(packet(whole(LABEL)), (byte) 0)).isEqualTo(TUNNEL - 1);
        assertThat(unwrap(packet(whole(UNIFORM_LABEL)), (byte) 0)).isEqualTo(TUNNEL);
    }

    /** What stands behind a packet's end has no influence; what is refused stays as it was, and what is taken out was within. */
    @MethodSource("stacks")
    @FuzzTest
    void shouldUnwrapByTheBytesOfThePacketOnly(byte[] bytes) {
        byte[] packet = packet(Arrays.copyOf(bytes, Math.min(bytes.length, ReceivedPacket.MAX_BYTES - HEADER_BYTES)));
        int result = unwrap(packet, (byte) 0);
        RECEIVED.assertWithin(packet, result, HEADER_BYTES + 4);
        for (byte behind : new byte[] {(byte) 0x20, 0x45, -1}) {
            assertThat(unwrap(packet, behind)).isEqualTo(result);
        }
    }

    private static int unwrap(byte[] packet, byte behind) {
        return RECEIVED.unwrap(packet, CheckResult.PLAIN_IPV4, behind);
    }
}
