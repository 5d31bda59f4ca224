package io.vireo.dataplane.encapsulation.substrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.dataplane.TestFrames;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes where a virtual link's header should be, against a slow reading of them. */
class SubstrateHeaderFuzzTest {
    private static final int MAX_BYTES = 2_000;
    private static final MemorySegment BUFFER = Arena.global().allocate(MAX_BYTES + 64, 64);

    static Stream<byte[]> seeds() {
        SubstrateFrame frame = VirtualLinkRig.toRed(VirtualLinkRig.toNear(64, 8));
        return Stream.of(
                        frame,
                        frame.saying(0x10, 28),
                        frame.saying(1, 28),
                        frame.saying(0, 0),
                        frame.saying(0, 29),
                        frame.saying(0, 0xffff))
                .flatMap(each -> Stream.of(200, 18 + 36, 18 + 9, 18 + 8, 18 + 3)
                        .map(bytes -> TestFrames.resized(each.bytes(), bytes)))
                .map(bytes -> java.util.Arrays.copyOfRange(bytes, 18, bytes.length));
    }

    /** What is behind the end has no influence. */
    @MethodSource("seeds")
    @FuzzTest
    void shouldReadWhatTheBytesSay(byte[] bytes) {
        byte[] header = TestFrames.resized(bytes, Math.min(bytes.length, MAX_BYTES));
        boolean isWhole = header.length > 8;
        int length = isWhole ? number(header, 4, 2) : 0;
        boolean isSound = isWhole && header[0] == 0 && length > 0 && length <= header.length - 8;
        for (byte behind : new byte[] {0, 1, -1}) {
            BUFFER.fill(behind);
            MemorySegment.copy(header, 0, BUFFER, ValueLayout.JAVA_BYTE, 0, header.length);
            assertThat(SubstrateHeader.isSound(BUFFER.address(), header.length)).isEqualTo(isSound);
        }
        if (isSound) {
            assertThat(SubstrateHeader.id(BUFFER.address())).isEqualTo(number(header, 1, 3));
            assertThat(SubstrateHeader.length(BUFFER.address())).isEqualTo(length);
            assertThat(Short.reverseBytes((short) SubstrateHeader.protocol(BUFFER.address())) & 0xffff)
                    .isEqualTo(number(header, 6, 2));
        }
    }

    private static int number(byte[] header, int offset, int bytes) {
        int number = 0;
        for (int i = offset; i < offset + bytes; i++) {
            number = 256 * number + (header[i] & 0xff);
        }
        return number;
    }
}
