package io.vireo.bench.forward.tunnel;

import static io.vireo.bench.forward.tunnel.OuterIpv4.require;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** One label before a packet whose DSCP is 0 (RFC 3032 §2.1): the bottom of its stack. */
public final class LabelStackEntry {
    /** Ethertype of frames that begin with labels (RFC 5332 §3: downstream-assigned). */
    public static final int ETHERTYPE = 0x8847;

    static final int BYTES = 4;

    private static final int LABEL_SHIFT = 12;
    private static final int BOTTOM = 1 << 8;

    private LabelStackEntry() {}

    /** Puts a label before a packet. */
    public static byte[] push(int label, int ttl, byte[] packet) {
        return ByteBuffer.allocate(BYTES + packet.length)
                .putInt(label << LABEL_SHIFT | BOTTOM | ttl)
                .put(packet)
                .array();
    }

    /**
     * Takes a label off.
     *
     * @throws IllegalArgumentException if the entry is not that of such a label and TTL
     */
    public static byte[] pop(int label, int ttl, byte[] bytes) {
        byte[] packet = packet(bytes);
        int entry = ByteBuffer.wrap(bytes).getInt();
        require(entry >>> LABEL_SHIFT == label, "a wrong label");
        require((entry & (1 << Byte.SIZE) - 1) == ttl, "a wrong TTL of a label");
        require((entry & (1 << LABEL_SHIFT) - 1) == (BOTTOM | ttl), "a wrong label stack entry");
        return packet;
    }

    /**
     * What is behind a label, whichever it is.
     *
     * @throws IllegalArgumentException if there is nothing
     */
    public static byte[] packet(byte[] bytes) {
        require(bytes.length > BYTES, "no room for a label");
        return Arrays.copyOfRange(bytes, BYTES, bytes.length);
    }
}
