package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.code.GreOptions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes in UDP that come from the far end of an ESP tunnel. There is no key, so none of them is taken. */
class EspInUdpFuzzTest {
    private static final int OUTER_BYTES = 20;
    private static final ReceivedPacket RECEIVED = new ReceivedPacket();

    static {
        int esp = TunnelEnds.ofUdp(Encapsulation.ESP.code(), EspPeer.UDP_PORT);
        ReceivedPacket.add(RECEIVED.ends, 1, esp, 0, GreOptions.NONE, 3);
        RECEIVED.udpPorts.add(EspPeer.UDP_PORT, Encapsulation.ESP.code());
    }

    static Stream<byte[]> datagrams() {
        byte[] whole = EspPeer.inUdp(
                EspPeer.random(EspAlgorithm.AES_GCM_128, true, 0x1234).seal(TunnelRig.toNear(true, 64, 1), 1));
        return Stream.of(
                whole,
                Arrays.copyOf(whole, 12),
                Arrays.copyOf(whole, 8),
                Arrays.copyOf(whole, 7),
                EspPeer.inUdp(new byte[] {-1}),
                EspPeer.inUdp(new byte[4]));
    }

    @MethodSource("datagrams")
    @FuzzTest
    void shouldLeaveWhatItDoesNotTakeByTheBytesOfThePacketOnly(byte[] bytes) {
        byte[] datagram = Arrays.copyOf(bytes, Math.min(bytes.length, ReceivedPacket.MAX_BYTES - OUTER_BYTES));
        byte[] packet =
                OuterPacket.ipv4(EspPeer.UDP, datagram, new byte[0], TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1);
        int result = RECEIVED.unwrap(packet, CheckResult.PLAIN_IPV4, (byte) 0);
        assertThat(result).isNegative();
        RECEIVED.assertWithin(packet, result, OUTER_BYTES);
        for (byte behind : new byte[] {(byte) 0x20, 0x45, -1}) {
            assertThat(RECEIVED.unwrap(packet, CheckResult.PLAIN_IPV4, behind)).isEqualTo(result);
        }
    }
}
