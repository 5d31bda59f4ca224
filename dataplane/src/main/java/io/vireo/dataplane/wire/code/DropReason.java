package io.vireo.dataplane.wire.code;

import io.vireo.dataplane.wire.layout.SharedLayout;
import org.jspecify.annotations.Nullable;

/**
 * Why a packet was dropped, in the order in which the path can find out. Users see the sentence; counters are kept per
 * virtual router and reason. At most {@link SharedLayout#MAX_DROP_REASONS}; new ones go to the end.
 */
public enum DropReason {
    RUNT_FRAME(0, "frame shorter than its Ethernet header, or cut off inside its VLAN tag"),
    UNKNOWN_ETHERTYPE(1, "neither IPv4, IPv6 nor ARP"),
    NO_INTERFACE(2, "no interface for this port and VLAN"),
    INTERFACE_DOWN(3, "the interface it arrived on is down"),
    WRONG_MAC(4, "addressed to the MAC address of another station"),
    IPV4_TRUNCATED(5, "shorter than its IPv4 header or total length says (RFC 1812 5.2.2)"),
    IPV4_BAD_VERSION(6, "Ethernet says IPv4, the version field does not"),
    IPV4_BAD_HEADER_LENGTH(7, "IPv4 header length below 20 bytes"),
    IPV4_BAD_TOTAL_LENGTH(8, "IPv4 total length below the header length"),
    IPV4_BAD_CHECKSUM(9, "wrong IPv4 header checksum"),
    IPV6_TRUNCATED(10, "shorter than its IPv6 header or payload length says"),
    IPV6_BAD_VERSION(11, "Ethernet says IPv6, the version field does not"),
    MARTIAN_SOURCE(
            12, "source address that no host may use on the wire: loopback, multicast, unspecified (RFC 4291 2.5)"),
    MARTIAN_DESTINATION(13, "destination address that must not be forwarded, such as loopback or 0.0.0.0"),
    LINK_LOCAL(14, "link-local address, which must not leave its link (RFC 3927 7, RFC 4291 2.5.6)"),
    LINK_BROADCAST_UNICAST(15, "broadcast or multicast on Ethernet, unicast in IP (RFC 1812 5.3.4)"),
    MULTICAST(16, "multicast is not routed"),
    DIRECTED_BROADCAST(17, "broadcast to a remote subnet is not forwarded (RFC 2644)"),
    NO_ROUTE(18, "no route in the virtual router's table"),
    BLACKHOLE(19, "the longest match is a blackhole route"),
    EGRESS_DOWN(20, "the interface it would leave by is down"),
    LINK_PEER_MISSING(21, "the other end of the link does not exist or is down"),
    LINK_LOOP(22, "too many virtual routers crossed in one pass: a forwarding loop"),
    NO_HEADROOM(23, "no room before the frame for its new header"),
    PUNT_LIMIT(24, "over the virtual router's punt rate, all kinds of packets together"),
    PUNT_RING_FULL(25, "the control plane does not read its punted packets fast enough"),
    HANDOVER_FULL(26, "the worker that owns the egress port does not keep up"),
    QUEUE_FULL(27, "the queue of the egress port is full"),
    TRANSMIT_REFUSED(28, "the device did not take it in time"),
    PORT_DOWN(29, "the egress port is stopped, its device is gone, or it has no carrier"),
    NO_BUFFER(30, "no packet buffer left"),
    INJECT_INVALID(31, "sent by the kernel on an interface that is not up here yet, or no more; or malformed"),
    FRAME_TOO_LONG(32, "longer than a packet buffer"),
    CLASS_QUEUE_FULL(33, "the queue of its class is full"),
    QUOTA_USED_UP(34, "the VPN's packets hold all the buffers of its quota"),
    STANDING_QUEUE(35, "the queue of its class stood too long (CoDel, RFC 8289)"),
    UNDERLAY_UNRESOLVED(36, "the router underneath the tunnel has no route, or no neighbour, towards its far end"),
    NESTED_TOO_DEEP(37, "more than four tunnels within each other, or a tunnel that leads through itself"),
    ENCAPSULATED_TOO_BIG(38, "longer than the MTU underneath the tunnel, once encapsulated"),
    CONGESTION_MARKED(39, "marked as congested in its tunnel, and its ends do not understand marks (RFC 6040 4.2)"),
    SERVICE_TAGGED(40, "carries a service tag (IEEE 802.1ad), and no interface does"),
    DOUBLE_TAGGED(41, "carries more than one VLAN tag, and no interface does"),
    PUNT_LIMIT_ROUTING(42, "over the punt budget for routing protocols"),
    PUNT_LIMIT_NEIGHBOUR(43, "over the punt budget for ARP and neighbour discovery"),
    PUNT_LIMIT_LINK(44, "over the punt budget for protocols of the link"),
    PUNT_LIMIT_GROUP(45, "over the punt budget for multicast and broadcast of the link"),
    PUNT_LIMIT_LOCAL(46, "over the punt budget for other packets to the router itself"),
    PUNT_LIMIT_GLEAN(47, "over the punt budget for neighbours whose MAC address is not known"),
    PUNT_LIMIT_TTL(48, "over the punt budget for packets whose TTL is used up"),
    PUNT_LIMIT_TOO_BIG(49, "over the punt budget for packets longer than the MTU"),
    PUNT_LIMIT_OPTIONS(50, "over the punt budget for packets with options"),
    PUNT_LIMIT_UNREACHABLE(51, "over the punt budget for destinations without a route"),
    PUNT_LIMIT_ROUTED(52, "over the punt budget for what the kernel forwards"),
    PUNT_LIMIT_MULTICAST(53, "over the punt budget for multicast beyond the link"),
    TTL_EXPIRED(54, "TTL or hop limit used up"),
    UNREACHABLE(55, "the longest match is an unreachable route"),
    PROHIBITED(56, "the longest match is a prohibit route"),
    TOO_BIG(
            57,
            "longer than the MTU of the interface it leaves by, or of what is underneath, and not to be fragmented"),
    ERROR_LIMIT(58, "cannot be forwarded, and over the rate of ICMP errors (RFC 1812 4.3.2.8, RFC 4443 2.4 f)"),
    TUNNEL_MALFORMED(59, "its tunnel header is cut off, or says what the standard forbids (RFC 2784 2.3)"),
    TUNNEL_KEY(60, "no tunnel between its outer addresses has its key, or has none as it has none (RFC 2890 2.1)"),
    TUNNEL_CHECKSUM(61, "the checksum of its tunnel header is wrong, or missing where the tunnel has them"),
    TUNNEL_SEQUENCE(62, "older than a packet that came out of its tunnel before (RFC 2890 2.2)"),
    TUNNEL_PAYLOAD(
            63,
            "carries in its tunnel what that is not for: neither IPv4 nor IPv6, or no untagged frame (RFC 7348 6.1)"),
    UNDERLAY_ERROR(
            64,
            "an ICMP error about a packet of a tunnel, from underneath: it is taken note of (RFC 2003 4, RFC 2473 8)"),
    EMULATED_LOSS(65, "lost on an emulated wire, as configured"),
    EMULATION_QUEUE_FULL(
            66, "waited for the rate of an emulated wire too long, or the wire holds its limit of packets already"),
    ESP_NO_ASSOCIATION(
            67, "no key for it: the ESP tunnel has none to send by, or none with its SPI (RFC 4303 3.3.1, 3.4.2)"),
    ESP_AUTHENTICATION(68, "its ESP tag is wrong: forged, damaged, or another key's (RFC 4303 3.4.4)"),
    ESP_REPLAY(69, "its ESP sequence number has been accepted before, or is older than the window (RFC 4303 3.4.3)"),
    ESP_LIFETIME(70, "the lifetime of its ESP tunnel's key has ended, and no other has come (RFC 4301 4.4.2.1)"),
    ESP_DUMMY(71, "an ESP dummy packet, sent to hide how much is sent (RFC 4303 2.6)"),
    VPN_ID_UNKNOWN(72, "says no VPN-ID, or that of no VPN that has an interface on its port and VLAN"),
    VPN_ID_FOREIGN(73, "says another VPN-ID than the interface by which it would leave, or says it wrongly"),
    NOT_MARKED(74, "cannot be marked with the VPN-ID of the interface by which it would leave: not IPv4, or no room"),
    SUBSTRATE_SENDER(
            75, "a virtual link's frame from somebody who is the far end of no substrate link by which it came"),
    FRAGMENT_INCOMPLETE(
            76, "a fragment of a tunnel's packet of which not all came within a second, or before too many others did"),
    FRAGMENT_INVALID(
            77,
            "a fragment of a tunnel's packet that overlaps or contradicts others of it, or comes twice"
                    + " (RFC 5722, RFC 3168 5.3)"),
    VPN_ID_NOT_ALLOWED(78, "says a VPN-ID that the interface's list of members does not allow"),
    NOT_A_MEMBER(79, "no tuple of the interface's list of members matches it, or its VPN has no interface there"),
    MEMBER_PORTS_UNKNOWN(
            80,
            "a fragment, or cut off, without the ports by which the interface's list of members would know its VPN"),
    LABELS_NOT_TAKEN(81, "carries MPLS labels, and the interface it came in by takes none"),
    LABEL_UNKNOWN(
            82,
            "its MPLS label is in no entry of the router's label table and of no tunnel over it (RFC 3031 3.18), or is cut off"),
    TUNNEL_INTERFACE(
            83,
            "came for the end of a virtual link by an interface that has not the address of that end (RFC 1122 3.3.4.2)"),
    LABEL_STACK(84, "its label stack is cut off, or has more labels for this router than it takes off"),
    LABEL_UNRESOLVED(85, "the next hop of its MPLS label has no known MAC address, or is not on an Ethernet link"),
    NAT_KEEPALIVE(
            86,
            "keeps a translator's mapping alive on the way to an ESP tunnel in UDP, and is for nothing else (RFC 3948 2.3)");

    private static final CodeTable<DropReason> BY_CODE = new CodeTable<>(values(), DropReason::code);

    private final int code;
    private final String description;

    DropReason(int code, String description) {
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
    public static @Nullable DropReason ofCode(int code) {
        return BY_CODE.get(code);
    }
}
