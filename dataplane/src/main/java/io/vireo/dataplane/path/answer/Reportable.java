package io.vireo.dataplane.path.answer;

import io.vireo.dataplane.path.Icmp;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.Ipv6Chain;
import io.vireo.dpdk.Memory;

/**
 * About which packets there may be ICMP errors (RFC 1122 §3.2.2, RFC 1812 §4.3.2.7, RFC 4443 §2.4 e): not about errors, nor about IPv4
 * fragments other than the first. Groups and sources that are no single host's have been sorted out by check and by the route back.
 */
final class Reportable {
    private static final int MAX_EXTENSIONS = 8;
    private static final int UNIT_BYTES = 8;
    private static final int FRAGMENT = 44;
    private static final int FRAGMENT_OFFSET = 2;
    private static final int FRAGMENT_OFFSET_MASK = 0xfff8;

    private Reportable() {}

    /** Of an IPv4 packet without options. */
    static boolean isIpv4(long header, int bytes) {
        int fragment = Memory.getUnsignedShortBigEndian(header + Ipv4.FRAGMENT);
        boolean isIcmp = Memory.getUnsignedByte(header + Ipv4.PROTOCOL) == Icmp.PROTOCOL;
        return (fragment & Ipv4.OFFSET_MASK) == 0 && (!isIcmp || isQuery(header + Ipv4.MIN_HEADER_BYTES, bytes));
    }

    private static boolean isQuery(long message, int bytes) {
        return bytes > Ipv4.MIN_HEADER_BYTES && Icmp.isQuery(Icmp.type(message));
    }

    /**
     * Of an IPv6 packet. A later fragment of something, and what is cut off before its upper layer, may be reported, as Linux does; more
     * extension headers than anybody needs may not.
     */
    static boolean isIpv6(long header, int bytes) {
        int next = Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER);
        int offset = Ipv6.HEADER_BYTES;
        for (int n = 0; Ipv6Chain.isExtension(next); n++) {
            if (n == MAX_EXTENSIONS) {
                return false;
            }
            if (offset + UNIT_BYTES > bytes || isLaterFragment(next, header + offset)) {
                return true;
            }
            int length = Ipv6Chain.extensionBytes(next, Memory.getUnsignedByte(header + offset + 1));
            next = Memory.getUnsignedByte(header + offset);
            offset += length;
        }
        return next != Icmp.PROTOCOL_V6 || (offset < bytes && Icmp.isQueryV6(Icmp.type(header + offset)));
    }

    private static boolean isLaterFragment(int next, long extension) {
        int offset = Memory.getUnsignedShortBigEndian(extension + FRAGMENT_OFFSET) & FRAGMENT_OFFSET_MASK;
        return next == FRAGMENT && offset != 0;
    }
}
