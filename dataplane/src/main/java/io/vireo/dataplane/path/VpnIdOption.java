package io.vireo.dataplane.path;

import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dpdk.Memory;

/**
 * The IPv4 option that says of which VPN a packet is: the stream identifier (RFC 791 §3.1) with 16 bits, or an experimental option
 * (RFC 4727 §2, of the kind of RFC 3692) with 32 and, in what would be padding, 16 bits that identify the flow inside.
 *
 * <pre>
 *  |  136  |   4   |    VPN-ID     |                                     stream identifier
 *  |  158  |   6   |            VPN-ID             |   0   |   0   |     experimental; 0 ends the list of options
 *  |  158  |   8   |            VPN-ID             |     flow      |     experimental, with a flow identifier
 * </pre>
 *
 * Both have the "copied" bit, so every fragment carries them.
 */
public final class VpnIdOption {
    public static final int STREAM_ID = 136;
    public static final int STREAM_ID_BYTES = 4;

    /** Copied, class 0, number 30: of all experimental options the one that is copied, and for control. */
    public static final int EXPERIMENTAL = 158;

    public static final int EXPERIMENTAL_BYTES = 6;
    public static final int EXPERIMENTAL_BYTES_WITH_FLOW = 8;

    /** What either of the experimental ones takes of the header, which is a multiple of 4 bytes. */
    public static final int EXPERIMENTAL_ROOM_BYTES = 8;

    /** Where the VPN-ID is in the option. */
    public static final int VPN_ID = 2;

    /** Where the flow identifier is in the option. */
    public static final int FLOW = 6;

    /** {@link #find}: there is no such option, and no other. */
    public static final int NONE = 0;

    /** {@link #find}: an option is longer than what is left, or has no length; or there are two of these. */
    public static final int MALFORMED = -1;

    /** {@link #find}, added to what it finds: there are other options. */
    private static final int OTHERS = 0x100;

    private static final int END = 0;
    private static final int NO_OPERATION = 1;
    private static final int LENGTH = 1;
    private static final int MIN_OPTION_BYTES = 2;

    private VpnIdOption() {}

    /**
     * Finds the option.
     *
     * @param headerBytes of the header, all of which are there.
     * @return {@link #MALFORMED}, or what {@link #isThere}, {@link #isAlone} and {@link #at} take.
     */
    public static int find(long header, int headerBytes) {
        int found = NONE;
        int others = 0;
        int offset = Ipv4.MIN_HEADER_BYTES;
        while (offset < headerBytes) {
            int type = Memory.getUnsignedByte(header + offset);
            if (type == END) {
                break;
            }
            if (type == NO_OPERATION) {
                offset++;
                continue;
            }
            int left = headerBytes - offset;
            int length = left < MIN_OPTION_BYTES ? 0 : Memory.getUnsignedByte(header + offset + LENGTH);
            if (length < MIN_OPTION_BYTES || length > left) {
                return MALFORMED;
            }
            if (!isVpnId(type, length)) {
                others = OTHERS;
            } else if (found == NONE) {
                found = offset;
            } else {
                return MALFORMED;
            }
            offset += length;
        }
        return found | others;
    }

    /** Whether there is one such option. */
    public static boolean isThere(int found) {
        return found > NONE && found != OTHERS;
    }

    /** Whether there is one such option, and nothing but padding beside it. */
    public static boolean isAlone(int found) {
        return found > NONE && found < OTHERS;
    }

    /** The address of the option that {@link #isThere}. */
    public static long at(long header, int found) {
        return header + (found & OTHERS - 1);
    }

    private static boolean isVpnId(int type, int length) {
        return type == STREAM_ID
                ? length == STREAM_ID_BYTES
                : type == EXPERIMENTAL && (length == EXPERIMENTAL_BYTES || length == EXPERIMENTAL_BYTES_WITH_FLOW);
    }

    /** Bytes that an option takes of the header, with its padding; 0 for {@link VnsOption#NONE}. */
    public static int roomBytes(int vnsOption) {
        return switch (vnsOption) {
            case VnsOption.NONE, VnsOption.SHARED -> 0;
            case VnsOption.STREAM_ID -> STREAM_ID_BYTES;
            default -> EXPERIMENTAL_ROOM_BYTES;
        };
    }

    /** The VPN-ID of an option. */
    public static int vpnId(long option) {
        return Memory.getUnsignedByte(option) == STREAM_ID
                ? Memory.getUnsignedShortBigEndian(option + VPN_ID)
                : Memory.getIntBigEndian(option + VPN_ID);
    }

    /** The flow identifier in the options of a header, or 0: there is none. */
    static int flow(long header, int headerBytes) {
        int found = find(header, headerBytes);
        if (!isThere(found)) {
            return 0;
        }
        long option = at(header, found);
        return Memory.getUnsignedByte(option + LENGTH) == EXPERIMENTAL_BYTES_WITH_FLOW
                ? Memory.getUnsignedShortBigEndian(option + FLOW)
                : 0;
    }
}
