package io.vireo.dataplane.encapsulation.outer;

import io.vireo.dataplane.path.Checksum;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dpdk.Memory;

/**
 * Lowers the maximum segment size that a TCP connection begins with (RFC 9293 §3.7.1) to what a tunnel's MTU has room for, for paths on
 * which ICMP errors get lost (RFC 2923 §2.1). Both directions pass here, and each end is limited by what the other's SYN says.
 *
 * <p>Only segments that follow the IP header at once, and a SYN that has the option: without it the other end keeps to 536 or 1,220
 * bytes anyway.
 */
public final class MssClamp {
    private static final int TCP = 6;
    private static final int DATA_OFFSET = 12;
    private static final int FLAGS = 13;
    private static final int CHECKSUM = 16;
    private static final int MIN_HEADER_BYTES = 20;
    private static final int SYN = 2;
    private static final int END = 0;
    private static final int NO_OPERATION = 1;
    private static final int MSS = 2;
    private static final int MSS_BYTES = 4;
    private static final int NONE = 0;

    private MssClamp() {}

    /**
     * Changes a packet that is a SYN with a larger size, and adjusts its checksum, right or not.
     *
     * @param packet of which no byte has been checked yet.
     * @param mtu of the tunnel.
     */
    public static void clamp(long packet, int bytes, int mtu) {
        if (bytes < Ipv4.MIN_HEADER_BYTES) {
            return;
        }
        if (Ipv4.isVersion4(packet)) {
            boolean isFirst = (Memory.getUnsignedShortBigEndian(packet + Ipv4.FRAGMENT) & Ipv4.OFFSET_MASK) == 0;
            if (isFirst && Memory.getUnsignedByte(packet + Ipv4.PROTOCOL) == TCP) {
                int headerBytes = Ipv4.headerBytes(packet);
                clampSegment(packet + headerBytes, bytes - headerBytes, mtu - Ipv4.MIN_HEADER_BYTES - MIN_HEADER_BYTES);
            }
        } else if (Memory.getUnsignedByte(packet + Ipv6.NEXT_HEADER) == TCP) {
            clampSegment(
                    packet + Ipv6.HEADER_BYTES, bytes - Ipv6.HEADER_BYTES, mtu - Ipv6.HEADER_BYTES - MIN_HEADER_BYTES);
        }
    }

    private static void clampSegment(long segment, int bytes, int maxSize) {
        if (bytes < MIN_HEADER_BYTES || (Memory.getUnsignedByte(segment + FLAGS) & SYN) == 0) {
            return;
        }
        int option = findOption(segment, bytes);
        if (option != NONE && Memory.getUnsignedShortBigEndian(segment + option + 2) > maxSize) {
            lower(segment, option + 2, maxSize);
        }
    }

    /** Where the option is in a segment, or {@link #NONE}. */
    private static int findOption(long segment, int bytes) {
        int end = Math.min(bytes, (Memory.getUnsignedByte(segment + DATA_OFFSET) >>> 4) * Integer.BYTES);
        int offset = MIN_HEADER_BYTES;
        while (offset + MSS_BYTES <= end) {
            int kind = Memory.getUnsignedByte(segment + offset);
            int length = kind == NO_OPERATION ? 1 : Memory.getUnsignedByte(segment + offset + 1);
            if (kind == MSS && length == MSS_BYTES) {
                return offset;
            }
            if (kind == END || length == 0) {
                return NONE;
            }
            offset += length;
        }
        return NONE;
    }

    private static void lower(long segment, int offset, int maxSize) {
        int before = Memory.getUnsignedShortBigEndian(segment + offset);
        Memory.putShortBigEndian(segment + offset, maxSize);
        // A size at an odd offset lies across two words: its bytes stand in the sum exchanged (RFC 1071 §2 B).
        boolean isEven = (offset & 1) == 0;
        int old = isEven ? swapped(before) : before;
        int changed = isEven ? swapped(maxSize) : maxSize;
        int sum = ~Memory.getUnsignedShort(segment + CHECKSUM) & 0xffff;
        Memory.putShort(segment + CHECKSUM, (short) ~Checksum.fold((long) sum + (~old & 0xffff) + changed));
    }

    private static int swapped(int word) {
        return Short.toUnsignedInt(Short.reverseBytes((short) word));
    }
}
