package io.vireo.dataplane.wire.code;

import org.jspecify.annotations.Nullable;

/** How a tunnel wraps a packet. */
public enum Encapsulation {
    /** What an interface has that is no tunnel. */
    NONE(0),
    /** An IP header before the packet (RFC 2003, RFC 2473, RFC 4213). */
    IPIP(1),
    /** An IP header and a GRE header before the packet (RFC 2784, RFC 2890, RFC 7676). */
    GRE(2),
    /** An IP header and an ESP header before the packet, which is encrypted (RFC 4303). */
    ESP(3),
    /** An IPv4 header with the VPN-ID in an option before the packet (RFC 791 §3.1, RFC 4727). */
    VNS(4),
    /** An IP header, a UDP header and a VXLAN header before an Ethernet frame (RFC 7348). */
    VXLAN(5),
    /** An IP header, a GRE header and an MPLS label before the packet (RFC 4023 §3.2). */
    MPLS_GRE(6),
    /** An MPLS label before the packet, on the link itself: no header of IP (RFC 3032). */
    MPLS(7),
    /** An IP header, a UDP header and an MPLS label before the packet (RFC 7510). */
    MPLS_UDP(8);

    private static final CodeTable<Encapsulation> BY_CODE = new CodeTable<>(values(), Encapsulation::code);

    private final int code;

    Encapsulation(int code) {
        this.code = code;
    }

    /** Whether a label stands before the packet. */
    public boolean isMpls() {
        return this == MPLS_GRE || this == MPLS || this == MPLS_UDP;
    }

    /** Whether a UDP header is behind the outer one. */
    public boolean isUdp() {
        return this == VXLAN || this == MPLS_UDP;
    }

    /** Returns the number that stands for it in messages. */
    public int code() {
        return code;
    }

    /** Returns the constant of a code, or null when there is none. */
    public static @Nullable Encapsulation ofCode(int code) {
        return BY_CODE.get(code);
    }
}
