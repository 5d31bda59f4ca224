package io.vireo.bench.demo.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames of a capture file as tcpdump writes it: "Libpcap File Format", pcap-savefile(5).
 *
 * @param frames in the order in which they were captured
 */
public record PcapFile(List<Frame> frames) {
    private static final int MAGIC_MICROSECONDS = 0xa1b2c3d4;
    private static final int FILE_HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int MICROSECONDS_OFFSET = 4;
    private static final int CAPTURED_LENGTH_OFFSET = 8;

    /**
     * A captured frame.
     *
     * @param timestampNs when the kernel saw it, ns since 1970 UTC; whole microseconds
     * @param bytes its first bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    public record Frame(long timestampNs, byte[] bytes) {}

    /** Reads a file; a last record that is cut off is left out. */
    public static PcapFile read(Path path) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        if (buffer.remaining() < FILE_HEADER_BYTES || buffer.getInt(0) != MAGIC_MICROSECONDS) {
            throw new IOException(path + " is not a little-endian pcap file");
        }
        buffer.position(FILE_HEADER_BYTES);
        List<Frame> frames = new ArrayList<>();
        while (buffer.remaining() >= RECORD_HEADER_BYTES) {
            long timestampNs = 1_000_000_000L * Integer.toUnsignedLong(buffer.getInt(buffer.position()))
                    + 1_000L * buffer.getInt(buffer.position() + MICROSECONDS_OFFSET);
            int length = buffer.getInt(buffer.position() + CAPTURED_LENGTH_OFFSET);
            buffer.position(buffer.position() + RECORD_HEADER_BYTES);
            if (length < 0 || length > buffer.remaining()) {
                break;
            }
            byte[] frame = new byte[length];
            buffer.get(frame);
            frames.add(new Frame(timestampNs, frame));
        }
        return new PcapFile(frames);
    }

    /** How many frames carry {@code text} somewhere. */
    public long framesWith(String text) {
        return frames.stream()
                .filter(frame -> new String(frame.bytes(), StandardCharsets.ISO_8859_1).contains(text))
                .count();
    }
}
