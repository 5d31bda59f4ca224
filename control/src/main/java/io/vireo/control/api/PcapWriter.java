package io.vireo.control.api;

import io.vireo.control.view.CapturedFrame;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes frames in the pcap file format with nanosecond times (draft-ietf-opsawg-pcap). */
final class PcapWriter {
    private static final int MAGIC_NANOSECONDS = 0xA1B23C4D;
    private static final short MAJOR = 2;
    private static final short MINOR = 4;
    private static final int LINKTYPE_ETHERNET = 1;
    private static final int FILE_HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final OutputStream out;

    PcapWriter(OutputStream out) {
        this.out = new BufferedOutputStream(out, 64 * 1024);
    }

    void begin(int snapLength) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(FILE_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(MAGIC_NANOSECONDS)
                .putShort(MAJOR)
                .putShort(MINOR)
                .putInt(0)
                .putInt(0)
                .putInt(snapLength)
                .putInt(LINKTYPE_ETHERNET);
        out.write(header.array());
        out.flush();
    }

    void write(CapturedFrame frame) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(RECORD_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt((int) (frame.timestampNs() / NS_PER_SECOND))
                .putInt((int) (frame.timestampNs() % NS_PER_SECOND))
                .putInt(frame.frame().length)
                .putInt(frame.originalLength());
        out.write(header.array());
        out.write(frame.frame());
    }

    void flush() throws IOException {
        out.flush();
    }
}
