package io.vireo.dataplane;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Capture files as net_pcap reads and writes them: the classic libpcap format, Ethernet. */
public final class Pcap {
    private static final int MAGIC = 0xa1b2c3d4;
    private static final int FILE_HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int SNAP_LENGTH = 65_535;
    private static final int ETHERNET = 1;

    private Pcap() {}

    public static void write(Path file, List<byte[]> frames) throws IOException {
        int bytes = frames.stream()
                .mapToInt(frame -> frame.length + RECORD_HEADER_BYTES)
                .sum();
        ByteBuffer buffer = ByteBuffer.allocate(FILE_HEADER_BYTES + bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(MAGIC).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
        buffer.putInt(SNAP_LENGTH).putInt(ETHERNET);
        for (byte[] frame : frames) {
            buffer.putInt(0).putInt(0).putInt(frame.length).putInt(frame.length).put(frame);
        }
        Files.write(file, buffer.array());
    }

    public static List<byte[]> read(Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> frames = new ArrayList<>();
        buffer.position(FILE_HEADER_BYTES);
        while (buffer.remaining() >= RECORD_HEADER_BYTES) {
            buffer.position(buffer.position() + 2 * Integer.BYTES);
            byte[] frame = new byte[buffer.getInt()];
            buffer.getInt();
            buffer.get(frame);
            frames.add(frame);
        }
        return frames;
    }
}
