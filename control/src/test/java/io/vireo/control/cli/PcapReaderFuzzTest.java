package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Capture files that a user names. */
class PcapReaderFuzzTest {
    private static final int FRAME_OFFSET = 40;

    static Stream<byte[]> files() {
        return Stream.of(
                file(ByteOrder.LITTLE_ENDIAN, 0xA1B2C3D4, 1, 4),
                file(ByteOrder.BIG_ENDIAN, 0xA1B23C4D, 1, 4),
                file(ByteOrder.LITTLE_ENDIAN, 0xA1B2C3D4, 113, 4),
                file(ByteOrder.LITTLE_ENDIAN, 0xA1B2C3D4, 1, 5),
                file(ByteOrder.LITTLE_ENDIAN, 0xA1B2C3D4, 1, -1),
                file(ByteOrder.LITTLE_ENDIAN, 0xA1B2C3D4, 1, Integer.MAX_VALUE),
                Arrays.copyOf(file(ByteOrder.LITTLE_ENDIAN, 0xA1B2C3D4, 1, 0), 24),
                new byte[24]);
    }

    /** The first frame is what stands behind the two headers, or the file is refused. */
    @MethodSource("files")
    @FuzzTest
    void shouldReadTheFirstFrameOrRefuse(byte[] file) {
        byte[] frame;
        try {
            frame = PcapReader.firstFrame(file);
        } catch (IllegalArgumentException e) {
            assertThat(e).isExactlyInstanceOf(IllegalArgumentException.class);
            assertThat(e.getMessage()).contains("pcap file");
            return;
        }
        assertThat(frame).isEqualTo(Arrays.copyOfRange(file, FRAME_OFFSET, FRAME_OFFSET + frame.length));
    }

    private static byte[] file(ByteOrder order, int magic, int linkType, int length) {
        return ByteBuffer.allocate(44)
                .order(order)
                .putInt(magic)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535)
                .putInt(linkType)
                .putLong(0)
                .putInt(length)
                .putInt(length)
                .putInt(0x01020304)
                .array();
    }
}
