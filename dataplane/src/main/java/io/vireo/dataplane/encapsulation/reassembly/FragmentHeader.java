package io.vireo.dataplane.encapsulation.reassembly;

import io.vireo.dataplane.encapsulation.ipip.IpIpHeader;
import io.vireo.dataplane.encapsulation.outer.OuterHeader;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dpdk.Memory;

/** What a fragment says of itself, of either version of IP. Holds the fragment in hand; single user: its reassembler. */
final class FragmentHeader {
    /** Next header of IPv6's fragment header (RFC 8200 §4.5). */
    static final int NEXT_HEADER = 44;

    /** Bytes of IPv6's fragment header. */
    static final int BYTES = 8;

    private static final int FLAGS = 2;
    private static final int IDENTIFICATION = 4;
    private static final int MORE_V6 = 1;
    private static final int OFFSET_MASK_V6 = 0xfff8;
    private static final int UNIT_BYTES = 1 << Ipv4.FRAGMENT_UNIT_SHIFT;
    private static final int MAX_BYTES = 0xffff;
    private static final int ECN = 3;

    /** Where the packet begins. */
    long header;

    boolean isIpv4;

    /** Bytes before what is fragmented: the IPv4 header, or all up to the fragment header. */
    int headerBytes;

    /** Where what is fragmented begins in this packet. */
    long payload;

    /** Bytes of it. */
    int bytes;

    /** Where they belong. */
    int offset;

    boolean isLast;

    /** What fragments of one packet have in common beside the addresses: of IPv4 the protocol too (RFC 791 §3.2). */
    int identification;

    /** Of what is fragmented; IPv4 and IPv6 in IP are one. */
    int protocol;

    /** The two bits of TOS or traffic class. */
    int ecn;

    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;

    /** Reads a packet that check has found sound; false: it is no fragment. */
    boolean read(long packet, int packetBytes, boolean isVersion4) {
        header = packet;
        isIpv4 = isVersion4;
        return isVersion4 ? Ipv4.isFragment(packet) && readIpv4(packetBytes) : readIpv6(packetBytes);
    }

    private boolean readIpv4(int packetBytes) {
        int flags = Memory.getUnsignedShortBigEndian(header + Ipv4.FRAGMENT);
        headerBytes = Ipv4.headerBytes(header);
        payload = header + headerBytes;
        bytes = packetBytes - headerBytes;
        offset = (flags & Ipv4.OFFSET_MASK) << Ipv4.FRAGMENT_UNIT_SHIFT;
        isLast = (flags & Ipv4.MORE_FRAGMENTS) == 0;
        int ownProtocol = Memory.getUnsignedByte(header + Ipv4.PROTOCOL);
        protocol = normal(ownProtocol);
        identification = ownProtocol << Short.SIZE | Memory.getUnsignedShortBigEndian(header + Ipv4.IDENTIFICATION);
        ecn = Memory.getUnsignedByte(header + Ipv4.TOS) & ECN;
        sourceHigh = 0;
        sourceLow = Memory.getUnsignedIntBigEndian(header + Ipv4.SOURCE);
        destinationHigh = 0;
        destinationLow = Memory.getUnsignedIntBigEndian(header + Ipv4.DESTINATION);
        return true;
    }

    private boolean readIpv6(int packetBytes) {
        boolean hasLimit = OuterHeader.hasEncapsulationLimit(header, packetBytes);
        headerBytes = hasLimit ? Ipv6.HEADER_BYTES + OuterHeader.LIMIT_BYTES : Ipv6.HEADER_BYTES;
        if (Memory.getUnsignedByte(nextHeader(header, headerBytes)) != NEXT_HEADER
                || packetBytes < headerBytes + BYTES) {
            return false;
        }
        long fragment = header + headerBytes;
        int flags = Memory.getUnsignedShortBigEndian(fragment + FLAGS);
        payload = fragment + BYTES;
        bytes = packetBytes - headerBytes - BYTES;
        offset = flags & OFFSET_MASK_V6;
        isLast = (flags & MORE_V6) == 0;
        identification = Memory.getIntBigEndian(fragment + IDENTIFICATION);
        protocol = normal(Memory.getUnsignedByte(fragment));
        ecn = Ipv6.trafficClass(header) & ECN;
        sourceHigh = Memory.getLongBigEndian(header + Ipv6.SOURCE);
        sourceLow = Memory.getLongBigEndian(header + Ipv6.SOURCE + Long.BYTES);
        destinationHigh = Memory.getLongBigEndian(header + Ipv6.DESTINATION);
        destinationLow = Memory.getLongBigEndian(header + Ipv6.DESTINATION + Long.BYTES);
        return true;
    }

    /** Where an IPv6 packet says what follows the bytes that are before the fragment header. */
    static long nextHeader(long header, int headerBytes) {
        return headerBytes == Ipv6.HEADER_BYTES ? header + Ipv6.NEXT_HEADER : header + Ipv6.HEADER_BYTES;
    }

    private static int normal(int protocol) {
        return IpIpHeader.isProtocol(protocol) ? IpIpHeader.PROTOCOL_IPV4 : protocol;
    }

    /** Whether it is a whole packet with a fragment header (RFC 6946). */
    boolean isAtomic() {
        return isLast && offset == 0;
    }

    int end() {
        return offset + bytes;
    }

    /** Whether there can be such a fragment at all: of whole units but the last, and of a packet of 65,535 bytes at most. */
    boolean isPossible() {
        int before = isIpv4 ? headerBytes : headerBytes - Ipv6.HEADER_BYTES;
        return bytes > 0 && (isLast || bytes % UNIT_BYTES == 0) && before + end() <= MAX_BYTES;
    }
}
