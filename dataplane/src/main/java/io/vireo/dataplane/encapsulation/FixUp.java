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

    private FixUp() {}
}
