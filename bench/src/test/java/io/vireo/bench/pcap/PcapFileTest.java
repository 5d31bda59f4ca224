package io.vireo.bench.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void shouldFindTheFramesThatCarryAText() throws IOException {
        PcapFile file = PcapFile.read(write(bytes("one BLUE", "two RED", "three BLUE")));
        assertThat(file.frames()).hasSize(3);
        assertThat(file.frames().getFirst().timestampNs()).isEqualTo(1_700_000_000_250_000_000L);
        assertThat(file.framesWith("BLUE")).isEqualTo(2);
        assertThat(file.framesWith("RED")).isEqualTo(1);
        assertThat(file.framesWith("GREEN")).isZero();
    }

    @Test
    void shouldLeaveOutALastFrameThatIsCutOff() throws IOException {
        byte[] whole = bytes("one", "two");
        for (int cut = 1; cut < 19; cut++) {
            Path file = write(Arrays.copyOf(whole, whole.length - cut));
            assertThat(PcapFile.read(file).frames()).hasSize(1);
        }
    }

    @Test
    void shouldReadBackWhatItWrote() throws IOException {
        Path file = directory.resolve("written.pcap");
        List<byte[]> frames = List.of(new byte[] {1, 2, 3}, new byte[] {4, 5}, new byte[] {6, 7, 8});
        PcapFile.write(file, frames);
        assertThat(PcapFile.read(file).frames())
                .extracting(PcapFile.Frame::bytes)
                .containsExactlyElementsOf(frames);
        assertThat(PcapFile.read(file, 1).frames()).hasSize(1);
    }

    /** As DPDK's net_pcap writes it: the second word of a time is nanoseconds. */
    @Test
    void shouldReadTimesInNanoseconds() throws IOException {
        byte[] bytes = bytes("one");
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 0xa1b23c4d);
        PcapFile.Frame frame = PcapFile.read(write(bytes)).frames().getFirst();
        assertThat(frame.timestampNs()).isEqualTo(1_700_000_000_000_250_000L);
        assertThat(frame.bytes()).isEqualTo("one".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void shouldFindNoFramesWhileTheHeaderIsBeingWritten() throws IOException {
        assertThat(PcapFile.read(write(Arrays.copyOf(bytes("one"), 23))).frames())
                .isEmpty();
    }

    @Test
    void shouldFindNoFramesInWhatWasNeverWritten() throws IOException {
        assertThat(PcapFile.read(write(new byte[0])).frames()).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoCapture() throws IOException {
        Path file = write("hello, this is not a capture file at all".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> PcapFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("test.pcap"), bytes);
    }

    /** A capture of these frames, as pcap-savefile(5) describes it. */
    private static byte[] bytes(String... frames) {
        ByteBuffer buffer = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65535)
                .putInt(1);
        for (String frame : frames) {
            buffer.putInt(1_700_000_000).putInt(250_000);
            buffer.putInt(frame.length()).putInt(frame.length());
            buffer.put(frame.getBytes(StandardCharsets.US_ASCII));
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
