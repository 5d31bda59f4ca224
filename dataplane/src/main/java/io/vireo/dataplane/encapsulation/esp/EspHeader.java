package io.vireo.dataplane.encapsulation.esp;

import io.vireo.crypto.AeadContext;
import io.vireo.dpdk.Memory;

/** What ESP puts before and behind a packet (RFC 4303 §2, RFC 4106 §3). */
public final class EspHeader {
    /** Number of the protocol in the outer header (IANA). */
    public static final int PROTOCOL = 50;

    /** SPI, sequence number and IV. */
    public static final int BYTES = 16;

    static final int SEQUENCE = 4;
    static final int IV = 8;

    /** Length of the padding, and next header. */
    static final int TRAILER_BYTES = 2;

    /** Shortest payload: an empty dummy packet, padded. */
    static final int MIN_BYTES = BYTES + Integer.BYTES + AeadContext.TAG_BYTES;

    private static final int ALIGNMENT = 4;

    /** The most that {@link #bytesBehind} says. */
    public static final int MAX_BYTES_BEHIND = ALIGNMENT - 1 + TRAILER_BYTES + AeadContext.TAG_BYTES;

    private EspHeader() {}

    /** Zero to three bytes that align what is encrypted (RFC 4303 §2.4). */
    static int paddingBytes(int innerBytes) {
        return -(innerBytes + TRAILER_BYTES) & (ALIGNMENT - 1);
    }

    /** All that stands behind a packet: padding, trailer, tag. */
    public static int bytesBehind(int innerBytes) {
        return paddingBytes(innerBytes) + TRAILER_BYTES + AeadContext.TAG_BYTES;
    }

    public static int spi(long esp) {
        return Memory.getIntBigEndian(esp);
    }

    static boolean isAligned(int bytes) {
        return bytes % ALIGNMENT == 0;
    }
}
