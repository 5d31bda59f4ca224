package io.vireo.dataplane.encapsulation;

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

    /** A header of a virtual link around an IP packet, and no IP header. */
    public static final int SUBSTRATE = 8;

    private FixUp() {}

    /** Whether the packet is encrypted, which puts something behind it too. */
    static boolean isEsp(int fixUp) {
        return fixUp == ESP_OVER_IPV4 || fixUp == ESP_OVER_IPV6;
    }
}
