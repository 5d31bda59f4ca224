package io.vireo.bench.pcap;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames of a capture file as tcpdump and DPDK write it: "Libpcap File Format", pcap-savefile(5), little-endian, Ethernet.
 *
 * @param frames in the order in which they were captured
 */
public record PcapFile(List<Frame> frames) {
    private static final int MAGIC_MICROSECONDS = 0xa1b2c3d4;
    private static final int MAGIC_NANOSECONDS = 0xa1b23c4d; // DPDK's net_pcap writes these
    private static final int FILE_HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int FRACTION_OFFSET = 4;
    private static final int CAPTURED_LENGTH_OFFSET = 8;
    private static final int MAX_FRAME_BYTES = 65_535;
    private static final int LINKTYPE_ETHERNET = 1;

    /**
     * A captured frame.
     *
     * @param timestampNs when the kernel saw it, ns since 1970 UTC; whole microseconds in tcpdump's files
     * @param bytes its first bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    public record Frame(long timestampNs, byte[] bytes) {}

    /** Reads a file; a last record that is cut off is left out. */
    public static PcapFile read(Path path) throws IOException {
        return read(path, Integer.MAX_VALUE);
    }

    /** As {@link #read(Path)}, but the first frames only. */
    public static PcapFile read(Path path, int maxFrames) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            ByteBuffer header = next(in, FILE_HEADER_BYTES);
            if (header.remaining() < FILE_HEADER_BYTES) {
                return new PcapFile(List.of()); // its writer ended before it wrote anything
            }
            return new PcapFile(frames(in, maxFrames, fractionNs(path, header.getInt(0))));
        }
    }

    /** What one in a timestamp's second word is, ns. */
    private static int fractionNs(Path path, int magic) throws IOException {
        return switch (magic) {
            case MAGIC_MICROSECONDS -> 1_000;
            case MAGIC_NANOSECONDS -> 1;
            default -> throw new IOException(path + " is not a little-endian pcap file");
        };
    }

    private static List<Frame> frames(InputStream in, int maxFrames, int fractionNs) throws IOException {
        List<Frame> frames = new ArrayList<>();
        while (frames.size() < maxFrames) {
            ByteBuffer header = next(in, RECORD_HEADER_BYTES);
            if (header.remaining() < RECORD_HEADER_BYTES) {
                break;
            }
            int length = header.getInt(CAPTURED_LENGTH_OFFSET);
            byte[] frame = in.readNBytes(Math.clamp(length, 0, MAX_FRAME_BYTES));
            if (frame.length != length) {
                break;
            }
            long timestampNs = 1_000_000_000L * Integer.toUnsignedLong(header.getInt(0))
                    + (long) fractionNs * header.getInt(FRACTION_OFFSET);
            frames.add(new Frame(timestampNs, frame));
        }
        return frames;
    }

    /** The next bytes, fewer at the file's end. */
    private static ByteBuffer next(InputStream in, int bytes) throws IOException {
        return ByteBuffer.wrap(in.readNBytes(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes frames that were captured at no time. */
    public static void write(Path path, List<byte[]> frames) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
            out.write(ByteBuffer.allocate(FILE_HEADER_BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(MAGIC_MICROSECONDS)
                    .putShort((short) 2)
                    .putShort((short) 4)
                    .putLong(0)
                    .putInt(MAX_FRAME_BYTES)
                    .putInt(LINKTYPE_ETHERNET)
                    .array());
            for (byte[] frame : frames) {
                out.write(ByteBuffer.allocate(RECORD_HEADER_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(0)
                        .putInt(frame.length)
                        .putInt(frame.length)
                        .array());
                out.write(frame);
            }
        }
    }

    /** How many frames carry {@code text} somewhere. */
    public long framesWith(String text) {
        return frames.stream()
                .filter(frame -> new String(frame.bytes(), StandardCharsets.ISO_8859_1).contains(text))
                .count();
    }
}
