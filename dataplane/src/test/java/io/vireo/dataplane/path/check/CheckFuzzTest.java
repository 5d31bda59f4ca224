package io.vireo.dataplane.path.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames of any bytes and any length, as a device may deliver them. */
class CheckFuzzTest {
    private static final int BUFFER_BYTES = 2_048;
    private static final MemorySegment BUFFER = Arena.global().allocate(BUFFER_BYTES, 64);
    private static final Burst BURST = new Burst(1, 0);
    private static final Check CHECK = new Check();

    static Stream<byte[]> frames() {
        byte[] plain = TestFrames.ipv4(0x0a000102, 0x0a000202, 64, 8);
        byte[] options = TestFrames.ipv4(new byte[8], 0x0a000102, 0x0a000202, 64, 8);
        byte[] wide = TestFrames.ipv6(0x20010db800010000L, 1, 0x20010db800020000L, 2, 17, 64, 8);
        byte[] ipv4 = TestFrames.ethernet(1, 2, 0x0800, plain);
        return Stream.of(
                ipv4,
                TestFrames.ethernet(1, 2, 0x0800, options),
                TestFrames.tagged(1, 2, 10, 0x0800, plain),
                TestFrames.ethernet(1, 2, 0x86dd, wide),
                TestFrames.tagged(1, 2, 10, 0x86dd, wide),
                Arrays.copyOf(ipv4, 33),
                Arrays.copyOf(ipv4, 15),
                Arrays.copyOf(TestFrames.tagged(1, 2, 10, 0x0800, plain), 17),
                new byte[1],
                new byte[14]);
    }

    /**
     * What stands behind the end of a frame has no influence on it, and a packet that may be forwarded has the lengths and, for
     * IPv4, the checksum (RFC 1071) that later stages rely on.
     */
    @MethodSource("frames")
    @FuzzTest
    void shouldValidateAFrameByItsOwnBytes(byte[] bytes) {
        byte[] frame =
                bytes.length == 0 ? new byte[1] : Arrays.copyOf(bytes, Math.min(bytes.length, BUFFER_BYTES - 64));
        int result = check(frame, (byte) 0);
        int vlan = BURST.vlan[0];
        int networkLength = BURST.networkLength[0];
        for (byte behind : new byte[] {(byte) 0x81, 0x45, -1}) {
            assertThat(check(frame, behind)).isEqualTo(result);
            assertThat(BURST.vlan[0]).isEqualTo(vlan).isBetween(0, 4_095);
        }
        if (CheckResult.disposition(result) == Disposition.FORWARD) {
            assertForwardable(frame, CheckResult.family(result), networkLength);
        }
    }

    private static void assertForwardable(byte[] frame, int family, int networkLength) {
        ByteBuffer packet = ByteBuffer.wrap(frame);
        int header = packet.getShort(12) == (short) 0x8100 ? 18 : 14;
        assertThat(networkLength).isBetween(family == CheckResult.FAMILY_IPV4 ? 20 : 40, frame.length - header);
        assertThat((packet.get(header) & 0xff) >>> 4).isEqualTo(family);
        if (family == CheckResult.FAMILY_IPV4) {
            int sum = 0;
            for (int at = 0; at < 20; at += 2) {
                sum += packet.getShort(header + at) & 0xffff;
            }
            assertThat(sum % 0xffff).isZero();
        }
    }

    private static int check(byte[] frame, byte behind) {
        BUFFER.fill(behind);
        MemorySegment.copy(frame, 0, BUFFER, ValueLayout.JAVA_BYTE, 0, frame.length);
        BURST.clear();
        BURST.size = 1;
        BURST.frame[0] = BUFFER.address();
        BURST.frameLength[0] = frame.length;
        CHECK.process(BURST);
        return BURST.checkResult[0];
    }
}
