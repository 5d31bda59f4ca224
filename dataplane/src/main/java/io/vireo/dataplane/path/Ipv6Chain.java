package io.vireo.dataplane.path;

import io.vireo.dpdk.Memory;

/**
 * Follows an IPv6 packet's extension headers to its upper layer (RFC 8200 §4). A packet hides it in more of them than are followed, by
 * ending amid them, or as a later fragment that begins amid them (RFC 7112); nobody then says what it carries.
 *
 * <pre>
 *   31     24 23              0
 *  | protocol |     offset     |
 * </pre>
 */
public final class Ipv6Chain {
    /** The upper layer is hidden. */
    public static final int HIDDEN = -1;

    /** RFC 8200 §4.1 recommends each header at most once or twice. */
    private static final int MAX_EXTENSIONS = 6;

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int EXTENSION_UNIT = 8;
    private static final int FRAGMENT_OFFSET_MASK = 0xfff8;
    private static final int OFFSET_BITS = 24;

    private Ipv6Chain() {}

    /**
     * What a packet carries, and where that begins: at {@code bytes} if this is a later fragment of it.
     *
     * @param bytes of the packet, all of which are there.
     * @return for {@link #protocol} and {@link #offset}, or {@link #HIDDEN}.
     */
    public static int upperLayer(long header, int bytes) {
        int protocol = Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER);
        int offset = Ipv6.HEADER_BYTES;
        for (int n = 0; isExtension(protocol); n++) {
            if (n == MAX_EXTENSIONS || offset + EXTENSION_UNIT > bytes) {
                return HIDDEN;
            }
            int next = Memory.getUnsignedByte(header + offset);
            if (protocol == FRAGMENT && isLater(header + offset)) {
                return isExtension(next) ? HIDDEN : next << OFFSET_BITS | bytes;
            }
            offset += extensionBytes(protocol, Memory.getUnsignedByte(header + offset + 1));
            protocol = next;
        }
        return protocol << OFFSET_BITS | Math.min(offset, bytes);
    }

    public static int protocol(int upperLayer) {
        return upperLayer >>> OFFSET_BITS;
    }

    public static int offset(int upperLayer) {
        return upperLayer & (1 << OFFSET_BITS) - 1;
    }

    private static boolean isLater(long fragment) {
        return (Memory.getUnsignedShortBigEndian(fragment + 2) & FRAGMENT_OFFSET_MASK) != 0;
    }

    /** Bytes of an extension header by its length field (RFC 8200 §4, RFC 4302 §2.2). */
    public static int extensionBytes(int protocol, int length) {
        return switch (protocol) {
            case FRAGMENT -> EXTENSION_UNIT;
            case AUTHENTICATION -> (length + 2) * Integer.BYTES;
            default -> (length + 1) * EXTENSION_UNIT;
        };
    }

    /** Whether a next header is that of an extension header. */
    public static boolean isExtension(int protocol) {
        return switch (protocol) {
            case HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION_OPTIONS -> true;
            default -> false;
        };
    }
}
