package io.vireo.dataplane.path.schedule;

import io.vireo.dataplane.encapsulation.gre.GreHeader;
import io.vireo.dataplane.encapsulation.ipip.IpIpHeader;
import io.vireo.dataplane.encapsulation.mpls.LabelEntry;
import io.vireo.dataplane.encapsulation.mpls.LabelStack;
import io.vireo.dataplane.encapsulation.substrate.SubstrateHeader;
import io.vireo.dataplane.interfaces.VirtualLinkTable;
import io.vireo.dataplane.membership.policy.Transport;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.FragmentPorts;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.schedule.policy.FilterKey;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;

/**
 * Reads of a frame that is about to leave what classes are chosen by, and marks it for congestion. Forwarded frames have
 * been checked; injected ones are whatever the control plane sent, so every length is held against the frame's. Reused; not
 * thread-safe.
 */
final class PacketHeader {
    private static final int FAMILY_NONE = 0;
    private static final int FAMILY_IPV4 = 4;
    private static final int FAMILY_IPV6 = 6;

    private static final int IPV6_CE_BYTE = 1;
    private static final int CHECKSUM = 10;
    private static final int IPV6_FRAGMENT_OFFSET_MASK = 0xfff8;

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int DESTINATION_OPTIONS = 60;

    /** RFC 8200 section 4.1 recommends each header at most once or twice; longer chains are not followed. */
    private static final int MAX_EXTENSIONS = 6;

    private static final int NOTHING_WITHIN = -1;

    /** As many as an encapsulator nests. */
    private static final int MAX_TUNNELS = 4;

    private static final int EXTENSION_UNIT = 8;
    private static final int PORTS_BYTES = 4;
    private static final int ECN_MASK = 3;
    private static final int DSCP_SHIFT = 2;

    /** Both ECN bits in the second byte of an IPv6 header: traffic class bits 1 and 0. */
    private static final int IPV6_CE_BITS = 0x30;

    final FilterKey key = new FilterKey();
    private final VirtualLinkTable virtualLinks;
    private long mbuf;
    private long header;
    private int bytes;
    private int family;
    private int trafficClass;

    PacketHeader(VirtualLinkTable virtualLinks) {
        this.virtualLinks = virtualLinks;
    }

    /** Finds the IP header of a frame, of a virtual link's the one inside, behind labels the one underneath; false if it has none. */
    boolean find(long frameMbuf) {
        mbuf = frameMbuf;
        long frame = Mbuf.dataAddress(mbuf);
        int frameBytes = Mbuf.dataLength(mbuf);
        family = FAMILY_NONE;
        trafficClass = 0;
        if (frameBytes < Ethernet.TAGGED_HEADER_BYTES + Ipv4.MIN_HEADER_BYTES - Ethernet.TAG_BYTES) {
            return false;
        }
        int type = Memory.getShort(frame + Ethernet.TYPE);
        int offset = Ethernet.HEADER_BYTES;
        if (type == (short) Ethernet.WIRE_VLAN) {
            type = Memory.getShort(frame + Ethernet.TAGGED_TYPE);
            offset = Ethernet.TAGGED_HEADER_BYTES;
        }
        header = frame + offset;
        bytes = frameBytes - offset;
        if (type == Ethernet.WIRE_IPV4 && bytes >= Ipv4.MIN_HEADER_BYTES) {
            take(FAMILY_IPV4);
        } else if (type == Ethernet.WIRE_IPV6 && bytes >= Ipv6.HEADER_BYTES) {
            take(FAMILY_IPV6);
        } else if (type == virtualLinks.etherType()) {
            return SubstrateHeader.isIp(header) && enter(SubstrateHeader.BYTES);
        } else if (type == Ethernet.WIRE_MPLS) {
            int stackBytes = LabelStack.bytes(header, bytes);
            return stackBytes != LabelStack.NO_END && enter(stackBytes);
        }
        return family != FAMILY_NONE;
    }

    private void take(int foundFamily) {
        family = foundFamily;
        trafficClass = family == FAMILY_IPV4 ? Memory.getUnsignedByte(header + Ipv4.TOS) : Ipv6.trafficClass(header);
    }

    /**
     * Finds the IP header of the packet that a frame of a tunnel carries, through as many tunnels as there are within each other; that of
     * the outermost that cannot be looked into, because it is encrypted. False if the frame has none.
     */
    boolean findWithin(long frameMbuf) {
        if (!find(frameMbuf)) {
            return false;
        }
        for (int n = 0; n < MAX_TUNNELS; n++) {
            int offset = payloadOffset();
            if (offset == NOTHING_WITHIN || !enter(offset)) {
                break;
            }
        }
        return true;
    }

    /**
     * Where the IP packet within the packet found last begins (RFC 2003, 2473, 2784, 4023), or {@link #NOTHING_WITHIN}. A fragment is not
     * looked into, the first not either: so all of a packet are in one class.
     */
    private int payloadOffset() {
        if (isFragment()) {
            return NOTHING_WITHIN;
        }
        int offset;
        if (family == FAMILY_IPV4) {
            key.protocol = Memory.getUnsignedByte(header + Ipv4.PROTOCOL);
            offset = Ipv4.headerBytes(header);
        } else {
            key.protocol = Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER);
            offset = skipExtensions();
        }
        if (key.protocol == GreHeader.PROTOCOL) {
            return payloadOfGre(offset);
        }
        return IpIpHeader.isProtocol(key.protocol) ? offset : NOTHING_WITHIN;
    }

    private boolean isFragment() {
        return family == FAMILY_IPV4
                ? Ipv4.isFragment(header)
                : Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER) == FRAGMENT;
    }

    private int payloadOfGre(int offset) {
        if (offset + GreHeader.MIN_BYTES > bytes) {
            return NOTHING_WITHIN;
        }
        if (GreHeader.isMpls(header + offset)) {
            return offset + GreHeader.MIN_BYTES + LabelEntry.BYTES;
        }
        return GreHeader.isIp(header + offset)
                ? offset + GreHeader.bytes(GreHeader.flags(header + offset))
                : NOTHING_WITHIN;
    }

    /** Goes on to a packet within; false, and nothing has changed, if what is there is no IP header. */
    private boolean enter(int offset) {
        if (offset + Ipv4.MIN_HEADER_BYTES > bytes) {
            return false;
        }
        long within = header + offset;
        boolean isIpv6 = Ipv6.isVersion6(within) && offset + Ipv6.HEADER_BYTES <= bytes;
        if (!isIpv6 && !Ipv4.isVersion4(within)) {
            return false;
        }
        header = within;
        bytes -= offset;
        take(isIpv6 ? FAMILY_IPV6 : FAMILY_IPV4);
        return true;
    }

    /** The two ECN bits of the frame found last, RFC 3168 section 5; 0 if it is not IP. */
    int ecn() {
        return trafficClass & ECN_MASK;
    }

    /** Fills {@link #key} from the frame found last, which is IP. */
    void readKey() {
        key.dscp = trafficClass >>> DSCP_SHIFT;
        key.sourcePort = FilterKey.NO_PORT;
        key.destinationPort = FilterKey.NO_PORT;
        key.isIpv4 = family == FAMILY_IPV4;
        if (key.isIpv4) {
            readIpv4();
        } else {
            readIpv6();
        }
    }

    private void readIpv4() {
        key.sourceHigh = 0;
        key.sourceLow = Memory.getUnsignedIntBigEndian(header + Ipv4.SOURCE);
        key.destinationHigh = 0;
        key.destinationLow = Memory.getUnsignedIntBigEndian(header + Ipv4.DESTINATION);
        key.protocol = Memory.getUnsignedByte(header + Ipv4.PROTOCOL);
        int offset = Memory.getUnsignedShortBigEndian(header + Ipv4.FRAGMENT) & Ipv4.OFFSET_MASK;
        if (offset == 0) {
            readPorts(Ipv4.headerBytes(header));
        } else {
            recallPorts();
        }
    }

    private void readIpv6() {
        key.sourceHigh = Memory.getLongBigEndian(header + Ipv6.SOURCE);
        key.sourceLow = Memory.getLongBigEndian(header + Ipv6.SOURCE + Long.BYTES);
        key.destinationHigh = Memory.getLongBigEndian(header + Ipv6.DESTINATION);
        key.destinationLow = Memory.getLongBigEndian(header + Ipv6.DESTINATION + Long.BYTES);
        key.protocol = Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER);
        readPorts(skipExtensions());
    }

    /** Follows the chain of extension headers to the upper layer; returns its offset, beyond the frame for none. */
    private int skipExtensions() {
        int offset = Ipv6.HEADER_BYTES;
        for (int n = 0; n < MAX_EXTENSIONS && offset + EXTENSION_UNIT <= bytes; n++) {
            int next = Memory.getUnsignedByte(header + offset);
            switch (key.protocol) {
                case HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS ->
                    offset += (Memory.getUnsignedByte(header + offset + 1) + 1) * EXTENSION_UNIT;
                case FRAGMENT -> {
                    if ((Memory.getUnsignedShortBigEndian(header + offset + 2) & IPV6_FRAGMENT_OFFSET_MASK) != 0) {
                        key.protocol = next;
                        return bytes;
                    }
                    offset += EXTENSION_UNIT;
                }
                default -> {
                    return offset;
                }
            }
            key.protocol = next;
        }
        return offset;
    }

    private void readPorts(int offset) {
        if (Transport.hasPorts(key.protocol) && offset + PORTS_BYTES <= bytes) {
            key.sourcePort = Memory.getUnsignedShortBigEndian(header + offset);
            key.destinationPort = Memory.getUnsignedShortBigEndian(header + offset + Short.BYTES);
        }
    }

    /** Of a later fragment: those of the datagram, if it was fragmented here. */
    private void recallPorts() {
        int ports = FragmentPorts.of(mbuf, header);
        if (Transport.hasPorts(key.protocol) && ports != FragmentPorts.NONE) {
            key.sourcePort = ports >>> Short.SIZE;
            key.destinationPort = ports & 0xffff;
        }
    }

    /** Sets "congestion experienced" in a frame's IP header, RFC 3168 section 5. */
    void mark(long frameMbuf) {
        if (!find(frameMbuf)) {
            return;
        }
        if (family == FAMILY_IPV6) {
            long byteOfMark = header + IPV6_CE_BYTE;
            Memory.putByte(byteOfMark, (byte) (Memory.getUnsignedByte(byteOfMark) | IPV6_CE_BITS));
            return;
        }
        int old = Memory.getUnsignedByte(header + Ipv4.TOS);
        Memory.putByte(header + Ipv4.TOS, (byte) (old | ECN_MASK));
        int difference = (old | ECN_MASK) - old;
        int checksum = Memory.getUnsignedShortBigEndian(header + CHECKSUM);
        // RFC 1624 equation 3, HC' = ~(~HC + ~m + m'), where m' - m is the difference of the low byte.
        int sum = (~checksum & 0xffff) + difference;
        Memory.putShortBigEndian(header + CHECKSUM, ~((sum & 0xffff) + (sum >>> 16)) & 0xffff);
    }
}
