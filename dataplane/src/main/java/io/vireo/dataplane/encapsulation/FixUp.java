package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.encapsulation.esp.EspHeader;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;

/** Which fields of an encapsulation's header are each packet's own. */
public final class FixUp {
    /** An IPv4 header around an IP packet. */
    public static final int IPIP_OVER_IPV4 = 1;

    /** An IPv6 header around an IP packet. */
    public static final int IPIP_OVER_IPV6 = 2;

    /** An IPv4 header and a GRE header around an IP packet. */
    public static final int GRE_OVER_IPV4 = 3;

    /** An IPv6 header and a GRE header around an IP packet. */
    public static final int GRE_OVER_IPV6 = 4;

    /** An IPv4 header and an ESP header around an IP packet. */
    public static final int ESP_OVER_IPV4 = 5;

    /** An IPv6 header and an ESP header around an IP packet. */
    public static final int ESP_OVER_IPV6 = 6;

    /** An IPv4 header with the VPN-ID in an option around an IP packet. */
    public static final int VNS_OVER_IPV4 = 7;

    /** An IPv4 or IPv6 header, a UDP header and a VXLAN header around an Ethernet frame. */
    public static final int VXLAN = 8;

    /** An IPv4 or IPv6 header and a GRE header around an Ethernet frame. */
    public static final int GRE_ETHERNET = 9;

    /** A header of a virtual link around an IP packet, and no IP header. */
    public static final int SUBSTRATE = 10;

    /** An IPv4 header, a GRE header and a label around an IP packet. */
    public static final int MPLS_GRE_OVER_IPV4 = 11;

    /** An IPv6 header, a GRE header and a label around an IP packet. */
    public static final int MPLS_GRE_OVER_IPV6 = 12;

    /** A label before an IP packet, and no outer header. */
    public static final int MPLS = 13;

    /** An IPv4 header, a UDP header and an ESP header around an IP packet. */
    public static final int ESP_UDP_OVER_IPV4 = 14;

    /** An IPv6 header, a UDP header and an ESP header around an IP packet. */
    public static final int ESP_UDP_OVER_IPV6 = 15;

    /** An IPv4 header, a UDP header and a label around an IP packet. */
    public static final int MPLS_UDP_OVER_IPV4 = 16;

    /** An IPv6 header, a UDP header and a label around an IP packet. */
    public static final int MPLS_UDP_OVER_IPV6 = 17;

    private static final int ESP =
            1 << ESP_OVER_IPV4 | 1 << ESP_OVER_IPV6 | 1 << ESP_UDP_OVER_IPV4 | 1 << ESP_UDP_OVER_IPV6;
    private static final int ETHERNET = 1 << VXLAN | 1 << GRE_ETHERNET;

    private FixUp() {}

    /** Whether the header ends with a label behind an outer header. */
    static boolean hasLabel(int fixUp) {
        return fixUp == MPLS_GRE_OVER_IPV4
                || fixUp == MPLS_GRE_OVER_IPV6
                || fixUp == MPLS_UDP_OVER_IPV4
                || fixUp == MPLS_UDP_OVER_IPV6;
    }

    /** The ethertype of what a header begins, as a little-endian load has it. */
    static int wireType(int fixUp, long header) {
        if (isOnLink(fixUp)) {
            return Ethernet.WIRE_MPLS;
        }
        return Ipv4.isVersion4(header) ? Ethernet.WIRE_IPV4 : Ethernet.WIRE_IPV6;
    }

    /** Whether there is no outer header: a label on the link itself. */
    static boolean isOnLink(int fixUp) {
        return fixUp == MPLS;
    }

    /** Whether the packet is encrypted, which puts something behind it too. */
    static boolean isEsp(int fixUp) {
        return (ESP >>> fixUp & 1) != 0;
    }

    /** Whether a packet gets nothing beside the header. */
    static boolean isHeaderAlone(int fixUp) {
        return ((ESP | ETHERNET) >>> fixUp & 1) == 0;
    }

    /** What a packet gets beside the header: what is behind it, or the Ethernet header of the frame that it is in. */
    static int otherBytes(int fixUp, int bytes) {
        return isEsp(fixUp) ? EspHeader.bytesBehind(bytes) : isEthernet(fixUp) ? Ethernet.HEADER_BYTES : 0;
    }

    /** As {@link #otherBytes}, of a packet of any length at most. */
    static int maxOtherBytes(int fixUp) {
        return isEsp(fixUp) ? EspHeader.MAX_BYTES_BEHIND : otherBytes(fixUp, 0);
    }

    /** Whether what is inside is a frame. */
    static boolean isEthernet(int fixUp) {
        return (ETHERNET >>> fixUp & 1) != 0;
    }
}
