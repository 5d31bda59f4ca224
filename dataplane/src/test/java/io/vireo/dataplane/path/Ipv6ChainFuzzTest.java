package io.vireo.dataplane.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.dpdk.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Extension headers as anybody may send them, against the slow way. */
class Ipv6ChainFuzzTest {
    private static final int MAX_BYTES = 2_048;
    private static final Set<Integer> EXTENSIONS = Set.of(0, 43, 44, 51, 60);
    private static final int[] NEXT = {0, 43, 44, 51, 60, 6, 17, 58, 59};
    private static final MemorySegment MEMORY = Arena.ofAuto().allocate(MAX_BYTES, Long.BYTES);

    /** Chains of a few headers, short ones mostly, cut off anywhere. */
    static Stream<byte[]> packets() {
        Random random = new Random(1);
        return IntStream.range(0, 400).mapToObj(n -> {
            byte[] packet = new byte[40 + random.nextInt(120)];
            random.nextBytes(packet);
            packet[6] = (byte) NEXT[random.nextInt(NEXT.length)];
            for (int offset = 40; offset + 4 <= packet.length; offset += 8) {
                packet[offset] = (byte) NEXT[random.nextInt(NEXT.length)];
                packet[offset + 1] = (byte) random.nextInt(3);
                packet[offset + 3] &= (byte) (random.nextBoolean() ? 7 : 0xff);
                packet[offset + 2] = 0;
            }
            return packet;
        });
    }

    @MethodSource("packets")
    @FuzzTest
    void shouldFindWhatTheSlowWayFinds(byte[] packet) {
        if (packet.length < Ipv6.HEADER_BYTES || packet.length > MAX_BYTES) {
            return;
        }
        MemorySegment.copy(packet, 0, MEMORY, ValueLayout.JAVA_BYTE, 0, packet.length);
        assertThat(Memory.getByte(MEMORY.address())).isEqualTo(packet[0]);
        int found = Ipv6Chain.upperLayer(MEMORY.address(), packet.length);
        List<Integer> expected = slowly(packet);
        if (expected.isEmpty()) {
            assertThat(found).isEqualTo(Ipv6Chain.HIDDEN);
        } else {
            assertThat(List.of(Ipv6Chain.protocol(found), Ipv6Chain.offset(found)))
                    .isEqualTo(expected);
        }
    }

    /** Protocol and offset, or nothing. */
    private static List<Integer> slowly(byte[] packet) {
        int next = packet[6] & 0xff;
        byte[] rest = Arrays.copyOfRange(packet, 40, packet.length);
        int headers = 0;
        while (EXTENSIONS.contains(next)) {
            if (rest.length < 8 || ++headers > 6) {
                return List.of();
            }
            int own = next;
            next = rest[0] & 0xff;
            boolean isLater = own == 44 && ((rest[2] & 0xff) != 0 || (rest[3] & 0xf8) != 0);
            if (isLater) {
                return EXTENSIONS.contains(next) ? List.of() : List.of(next, packet.length);
            }
            int length = rest[1] & 0xff;
            int bytes = own == 44 ? 8 : own == 51 ? 4 * length + 8 : 8 * length + 8;
            rest = Arrays.copyOfRange(rest, Math.min(bytes, rest.length), rest.length);
        }
        return List.of(next, packet.length - rest.length);
    }
}
