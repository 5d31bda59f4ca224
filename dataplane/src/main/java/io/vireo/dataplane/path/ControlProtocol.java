package io.vireo.dataplane.path;

import io.vireo.dpdk.Memory;

/**
 * Recognises network control by protocol and port, never by DSCP, which any sender may write. Reads headers of packets whose
 * senders are not trusted: every length is held against the frame's. Stateless; for the exception path and for what the
 * router itself sends, not for plain packets.
 *
 * <p>Numbers: IANA's registries of EtherTypes, LLC SAPs, protocols and ports.
 */
public final class ControlProtocol {
    /** Something else. */
    public static final int NONE = 0;

    /** Routing, label distribution, redundancy and liveness protocols. */
    public static final int ROUTING = 1;

    /** ARP and IPv6 neighbour discovery. */
    public static final int NEIGHBOUR = 2;

    /** Group membership: IGMP and MLD. */
    public static final int GROUP = 3;

    /** Below IP: LLDP, LACP, EAPOL, LLC. */
    public static final int LINK = 4;

    private static final int WIRE_LLDP = (short) 0xcc88;
    private static final int WIRE_SLOW_PROTOCOLS = 0x0988;
    private static final int WIRE_EAPOL = (short) 0x8e88;

    /** DSAP and SSAP of ISO 10589 (IS-IS). */
    private static final int SAP_ISO = 0xfefe;

    private static final int HOP_BY_HOP = 0;
    private static final int IGMP = 2;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ROUTING_HEADER = 43;
    private static final int RSVP = 46;
    private static final int AUTHENTICATION_HEADER = 51;
    private static final int ICMPV6 = 58;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int EIGRP = 88;
    private static final int OSPF = 89;
    private static final int PIM = 103;
    private static final int VRRP = 112;

    private static final int BGP_PORT = 179;
    private static final int RIP_PORT = 520;
    private static final int RIPNG_PORT = 521;
    private static final int MSDP_PORT = 639;
    private static final int LDP_PORT = 646;
    private static final int BFD_PORT = 3784;
    private static final int BFD_ECHO_PORT = 3785;
    private static final int BFD_MULTIHOP_PORT = 4784;
    private static final int BFD_LAG_PORT = 6784;

    private static final int PORTS_BYTES = 4;
    private static final int EXTENSION_UNIT = 8;

    /** RFC 8200 §4.1 recommends each header at most once or twice; longer chains are not followed. */
    private static final int MAX_EXTENSIONS = 6;

    private ControlProtocol() {}

    /**
     * What a frame carries.
     *
     * @param frame where its Ethernet header lies, without VLAN tag
     * @param frameBytes from there to its end
     */
    public static int ofFrame(long frame, int frameBytes) {
        return frameBytes < Ethernet.HEADER_BYTES
                ? NONE
                : ofNetwork(frame + Ethernet.HEADER_BYTES, frameBytes - Ethernet.HEADER_BYTES);
    }

    /**
     * What lies behind an Ethernet header, by the type field right before it.
     *
     * @param network where the header's end is
     * @param bytes from there to the end of the frame
     */
    public static int ofNetwork(long network, int bytes) {
        int type = Memory.getShort(network - Short.BYTES);
        return switch (type) {
            case Ethernet.WIRE_IPV4 -> bytes < Ipv4.MIN_HEADER_BYTES ? NONE : ofIpv4(network, bytes);
            case Ethernet.WIRE_IPV6 -> bytes < Ipv6.HEADER_BYTES ? NONE : ofIpv6(network, bytes);
            case Ethernet.WIRE_ARP -> NEIGHBOUR;
            case WIRE_LLDP, WIRE_SLOW_PROTOCOLS, WIRE_EAPOL -> LINK;
            default -> ofLlc(network, bytes, Short.reverseBytes((short) type) & 0xffff);
        };
    }

    private static int ofLlc(long network, int bytes, int typeOrLength) {
        if (typeOrLength > Ethernet.MAX_LENGTH_FIELD) {
            return NONE;
        }
        return bytes >= Short.BYTES && Memory.getUnsignedShort(network) == SAP_ISO ? ROUTING : LINK;
    }

    private static int ofIpv4(long header, int bytes) {
        int protocol = Memory.getUnsignedByte(header + Ipv4.PROTOCOL);
        int offset = Ipv4.headerBytes(header);
        boolean isLaterFragment = (Memory.getUnsignedShortBigEndian(header + Ipv4.FRAGMENT) & Ipv4.OFFSET_MASK) != 0;
        if (protocol == IGMP) {
            return GROUP;
        }
        return ofUpperLayer(protocol, header + offset, isLaterFragment ? 0 : bytes - offset);
    }

    /** Follows the extension headers. Control protocols send no fragments, so a fragment is none. */
    private static int ofIpv6(long header, int bytes) {
        int protocol = Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER);
        int offset = Ipv6.HEADER_BYTES;
        for (int n = 0; n < MAX_EXTENSIONS && isExtension(protocol) && offset + EXTENSION_UNIT <= bytes; n++) {
            int length = Memory.getUnsignedByte(header + offset + 1);
            int next = Memory.getUnsignedByte(header + offset);
            offset += protocol == AUTHENTICATION_HEADER
                    ? (length + 2) * Integer.BYTES // RFC 4302 §2.2
                    : (length + 1) * EXTENSION_UNIT;
            protocol = next;
        }
        if (protocol == ICMPV6) {
            return offset < bytes ? ofIcmpv6(Memory.getUnsignedByte(header + offset)) : NONE;
        }
        return ofUpperLayer(protocol, header + offset, bytes - offset);
    }

    private static boolean isExtension(int protocol) {
        return switch (protocol) {
            case HOP_BY_HOP, ROUTING_HEADER, DESTINATION_OPTIONS, AUTHENTICATION_HEADER -> true;
            default -> false;
        };
    }

    /** RFC 4861 §4: 133 to 137; RFC 2710 §3: 130 to 132; RFC 3810 §5.2: 143. */
    private static int ofIcmpv6(int type) {
        return switch (type) {
            case 133, 134, 135, 136, 137 -> NEIGHBOUR;
            case 130, 131, 132, 143 -> GROUP;
            default -> NONE;
        };
    }

    /** @param bytes of the upper layer that are there; 0 or less: no ports can be read. */
    private static int ofUpperLayer(int protocol, long header, int bytes) {
        return switch (protocol) {
            case OSPF, RSVP, VRRP, PIM, EIGRP -> ROUTING;
            case TCP ->
                bytes >= PORTS_BYTES && (isTcpPort(source(header)) || isTcpPort(destination(header))) ? ROUTING : NONE;
            case UDP -> bytes >= PORTS_BYTES && isUdpPort(destination(header)) ? ROUTING : NONE;
            default -> NONE;
        };
    }

    private static int source(long header) {
        return Memory.getUnsignedShortBigEndian(header);
    }

    private static int destination(long header) {
        return Memory.getUnsignedShortBigEndian(header + Short.BYTES);
    }

    private static boolean isTcpPort(int port) {
        return port == BGP_PORT || port == LDP_PORT || port == MSDP_PORT;
    }

    private static boolean isUdpPort(int port) {
        return switch (port) {
            case BFD_PORT, BFD_ECHO_PORT, BFD_MULTIHOP_PORT, BFD_LAG_PORT, LDP_PORT, RIP_PORT, RIPNG_PORT -> true;
            default -> false;
        };
    }
}
