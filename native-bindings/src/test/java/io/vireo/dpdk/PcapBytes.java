package io.vireo.dpdk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The classic pcap file format (draft-ietf-opsawg-pcap): a 24-byte header, then records of a 16-byte header and a frame. */
final class PcapBytes {
    private static final int FILE_HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int CAPTURED_LENGTH_OFFSET = 8;
    private static final int MAGIC_MICROSECONDS = 0xA1B2C3D4;
    private static final int LINKTYPE_ETHERNET = 1;

    private PcapBytes() {}

    static byte[] of(byte[]... packets) {
        int size = FILE_HEADER_BYTES;
        for (byte[] packet : packets) {
            size += RECORD_HEADER_BYTES + packet.length;
        }
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(MAGIC_MICROSECONDS).putShort((short) 2).putShort((short) 4).putLong(0);
        file.putInt(65535).putInt(LINKTYPE_ETHERNET);
        for (byte[] packet : packets) {
            file.putLong(0).putInt(packet.length).putInt(packet.length).put(packet);
        }
        return file.array();
    }

    static byte[][] packets(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> packets = new ArrayList<>();
        for (int at = FILE_HEADER_BYTES; at < bytes.length; ) {
            byte[] packet = new byte[file.getInt(at + CAPTURED_LENGTH_OFFSET)];
            file.get(at + RECORD_HEADER_BYTES, packet);
            packets.add(packet);
            at += RECORD_HEADER_BYTES + packet.length;
        }
        return packets.toArray(byte[][]::new);
    }
}
