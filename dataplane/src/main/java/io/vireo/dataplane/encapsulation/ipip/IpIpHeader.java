package io.vireo.dataplane.encapsulation.ipip;

import io.vireo.dataplane.path.Ipv4;

/** No header of its own: the protocol number of the outer header says what is inside. */
public final class IpIpHeader {
    /** Protocol numbers of what is inside (IANA): IPv4, RFC 2003 §3.1, and IPv6, RFC 4213 §3.5. */
    public static final int PROTOCOL_IPV4 = 4;

    private static final int PROTOCOL_IPV6 = 41;

    private IpIpHeader() {}

    public static boolean isProtocol(int protocol) {
        return protocol == PROTOCOL_IPV4 || protocol == PROTOCOL_IPV6;
    }

    /** Whether a protocol number says that the inner packet is IPv4. */
    public static boolean isIpv4(int protocol) {
        return protocol == PROTOCOL_IPV4;
    }

    /** The protocol number of a packet inside. */
    public static int protocolOf(long inner) {
        return Ipv4.isVersion4(inner) ? PROTOCOL_IPV4 : PROTOCOL_IPV6;
    }
}
