package io.vireo.bench.forward;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Frames in a file: pcap-savefile(5), little-endian, Ethernet. */
public final class CaptureFile {
    private static final int MAGIC = 0xa1b2c3d4;
    private static final int FILE_HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int CAPTURED_LENGTH = 8;
    private static final int MAX_FRAME_BYTES = 65_535;

    private CaptureFile() {}

    /** Writes them all. */
    public static void write(Path file, List<byte[]> frames) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(ByteBuffer.allocate(FILE_HEADER_BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(MAGIC)
                    .putShort((short) 2)
                    .putShort((short) 4)
                    .putLong(0)
                    .putInt(MAX_FRAME_BYTES)
                    .putInt(1) // LINKTYPE_ETHERNET
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

    /** The first frames of a file, which may end in the middle of one: its writer was stopped. */
    static List<byte[]> read(Path file, int maxFrames) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            in.readFully(new byte[FILE_HEADER_BYTES]);
            byte[] header = new byte[RECORD_HEADER_BYTES];
            while (frames.size() < maxFrames) {
                in.readFully(header);
                byte[] frame = new byte
                        [ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(CAPTURED_LENGTH)];
                in.readFully(frame);
                frames.add(frame);
            }
        } catch (EOFException _) {
            return frames;
        }
        return frames;
    }
}
