package io.vireo.dataplane.wire.code;

import org.jspecify.annotations.Nullable;

/**
 * Why the fast path handed a packet to the virtual router's kernel namespace. New ones go to the end.
 */
public enum PuntReason {
    LOCAL(0, "for the router itself"),
    ARP(1, "ARP, which the kernel answers (RFC 826)"),
    LINK_MULTICAST(2, "multicast on the link: neighbour discovery, routing protocols"),
    BROADCAST(3, "broadcast on the link"),
    NEIGHBOUR_UNKNOWN(4, "the destination is on the link, its MAC address not yet known"),
    GATEWAY_UNKNOWN(5, "the MAC address of the gateway is not yet known"),
    TTL_EXPIRED(6, "TTL or hop limit used up: answered with time exceeded"),
    TOO_BIG(7, "longer than the MTU of the interface it leaves by: fragmented, or answered with the MTU"),
    OPTIONS(8, "IPv4 options or IPv6 hop-by-hop options that a router must look at"),
    NO_ROUTE(9, "no route: answered with network unreachable"),
    UNREACHABLE(10, "unreachable route: answered with host unreachable"),
    PROHIBIT(11, "prohibit route: answered with administratively prohibited"),
    PUNT_ROUTE(12, "a route that says punt"),
    LINK_LOCAL(13, "link-local traffic for the router (RFC 4291 2.5.6)"),
    REDIRECT(14, "leaves by the interface it came in on: the kernel may send a redirect"),
    OTHER(15, "non-IP protocol of the link, or undecided"),
    MULTICAST(16, "multicast beyond the link: for who joined the group in the virtual router's namespace");

    private static final CodeTable<PuntReason> BY_CODE = new CodeTable<>(values(), PuntReason::code);

    private final int code;
    private final String description;

    PuntReason(int code, String description) {
        this.code = code;
        this.description = description;
    }

    /** Returns the number that stands for it in messages and statistics. Never reused for another meaning. */
    public int code() {
        return code;
    }

    /** Returns the sentence that users read. */
    public String description() {
        return description;
    }

    /** Returns the constant of a code, or null when there is none. */
    public static @Nullable PuntReason ofCode(int code) {
        return BY_CODE.get(code);
    }
}
