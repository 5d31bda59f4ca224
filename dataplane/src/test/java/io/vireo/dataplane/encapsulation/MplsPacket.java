package io.vireo.dataplane.encapsulation;

import java.nio.ByteBuffer;

/** The obvious way to write a label stack: entry by entry, bit by bit. */
public final class MplsPacket {
    /** Where the TTL of the first label is in an IPv4 packet without options that has it in GRE. */
    static final int TTL_IN_GRE = 20 + 4 + 3;

    private static final int TYPE = 0x8847;

    private MplsPacket() {}

    /** As RFC 3032 §2.1 lays it out. */
    public static byte[] entry(int label, int trafficClass, boolean isBottom, int ttl) {
        return ByteBuffer.allocate(4)
                .put((byte) (label >> 12))
                .put((byte) (label >> 4))
                .put((byte) ((label & 0xf) << 4 | trafficClass << 1 | (isBottom ? 1 : 0)))
                .put((byte) ttl)
                .array();
    }

    /** A stack behind the GRE header of RFC 4023 §3.2. */
    public static byte[] gre(byte[]... entries) {
        ByteBuffer header = ByteBuffer.allocate(4 + 4 * entries.length).putInt(TYPE);
        for (byte[] entry : entries) {
            header.put(entry);
        }
        return header.array();
    }
}
