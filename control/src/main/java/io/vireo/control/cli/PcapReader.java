package io.vireo.control.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads a pcap file of either byte order, with times in micro- or nanoseconds. */
final class PcapReader {
    private static final int MAGIC_MICROSECONDS = 0xA1B2C3D4;
    private static final int MAGIC_NANOSECONDS = 0xA1B23C4D;
    private static final int LINKTYPE_ETHERNET = 1;
    private static final int FILE_HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;

    private PcapReader() {}

    /**
     * The first frame of a file.
     *
     * @throws IllegalArgumentException when it is not a pcap file of Ethernet frames, or has none.
     */
    static byte[] firstFrame(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        if (file.length < FILE_HEADER_BYTES || !isMagic(in.getInt(0), Integer.reverseBytes(in.getInt(0)))) {
            throw new IllegalArgumentException("this is not a pcap file");
        }
        in.order(isMagic(in.getInt(0)) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        if ((in.getInt(20) & 0xFFFF) != LINKTYPE_ETHERNET) {
            throw new IllegalArgumentException("the pcap file does not hold Ethernet frames");
        }
        int start = FILE_HEADER_BYTES + RECORD_HEADER_BYTES;
        int length = file.length < start ? -1 : in.getInt(FILE_HEADER_BYTES + 8);
        if (length < 0 || length > file.length - start) {
            throw new IllegalArgumentException("the pcap file ends before its first frame");
        }
        byte[] frame = new byte[length];
        in.get(start, frame);
        return frame;
    }

    private static boolean isMagic(int oneOrder, int otherOrder) {
        return isMagic(oneOrder) || isMagic(otherOrder);
    }

    private static boolean isMagic(int magic) {
        return magic == MAGIC_MICROSECONDS || magic == MAGIC_NANOSECONDS;
    }
}
