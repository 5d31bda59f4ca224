package io.vireo.dataplane.path;

import io.vireo.dpdk.Memory;

/** Offsets of the IPv6 header (RFC 8200 §3). */
public final class Ipv6 {
    public static final int PAYLOAD_LENGTH = 4;
    public static final int NEXT_HEADER = 6;
    public static final int HOP_LIMIT = 7;
    public static final int SOURCE = 8;
    public static final int DESTINATION = 24;
    public static final int HEADER_BYTES = 40;

    /** The top 10 bits of fe80::/10 (RFC 4291 §2.5.6). */
    private static final int LINK_LOCAL_PREFIX = 0xfe80 >>> 6;

    private static final int LINK_LOCAL_SHIFT = Long.SIZE - 10;

    /** The 20 bits of the flow label, as a little-endian load has them: version and traffic class left out. */
    private static final int FLOW_LABEL_MASK = 0xffff_0f00;

    private static final int VERSION = 6;

    private Ipv6() {}

    /** Whether a header says that it is of this version. */
    public static boolean isVersion6(long header) {
        return Memory.getUnsignedByte(header) >>> 4 == VERSION;
    }

    /** Bytes of a packet by its own header (RFC 8200 §3). */
    public static int length(long header) {
        return HEADER_BYTES + Memory.getUnsignedShortBigEndian(header + PAYLOAD_LENGTH);
    }

    /** The flow label in some order of its bits, 0 = the source has set none (RFC 6437 §2). */
    public static int wireFlowLabel(long header) {
        return Memory.getInt(header) & FLOW_LABEL_MASK;
    }

    /**
     * Whether an address is of one link only.
     *
     * @param high its upper half.
     */
    public static boolean isLinkLocal(long high) {
        return high >>> LINK_LOCAL_SHIFT == LINK_LOCAL_PREFIX;
    }

    /** The traffic class, which lies across two bytes. */
    public static int trafficClass(long header) {
        return Memory.getIntBigEndian(header) >>> 20 & 0xff;
    }
}
