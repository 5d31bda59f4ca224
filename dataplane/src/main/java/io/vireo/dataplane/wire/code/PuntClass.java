package io.vireo.dataplane.wire.code;

/**
 * What kind of packet asks for the control plane: classes of control plane policing (RFC 6192 §3). Each has budgets of its
 * own, so that a flood of one kind costs the others nothing. New ones go to the end.
 *
 * <p>The share is the part of the virtual router's punt rate and burst that the class may use when nothing else is
 * configured. Shares add up to more than everything: the router's own rate holds for all classes together.
 */
public enum PuntClass {
    ROUTING(
            0,
            20,
            DropReason.PUNT_LIMIT_ROUTING,
            "routing: OSPF, BGP, BFD, IS-IS, LDP, RSVP, VRRP, PIM, RIP, EIGRP, MSDP"),
    NEIGHBOUR(1, 20, DropReason.PUNT_LIMIT_NEIGHBOUR, "neighbour: ARP and IPv6 neighbour discovery"),
    LINK(2, 10, DropReason.PUNT_LIMIT_LINK, "link: protocols below IP, such as LLDP, LACP, EAPOL, spanning tree"),
    GROUP(
            3,
            10,
            DropReason.PUNT_LIMIT_GROUP,
            "group: other multicast and broadcast of the link: IGMP, MLD, DHCP, mDNS"),
    LOCAL(4, 50, DropReason.PUNT_LIMIT_LOCAL, "local: other packets for the router itself, such as ping and SSH"),
    GLEAN(5, 5, DropReason.PUNT_LIMIT_GLEAN, "glean: for neighbours and gateways whose MAC address is not known"),
    TTL(6, 10, DropReason.PUNT_LIMIT_TTL, "ttl: TTL or hop limit used up"),
    TOO_BIG(7, 50, DropReason.PUNT_LIMIT_TOO_BIG, "tooBig: longer than the MTU"),
    OPTIONS(8, 10, DropReason.PUNT_LIMIT_OPTIONS, "options: IPv4 options and IPv6 hop-by-hop options"),
    UNREACHABLE(
            9, 10, DropReason.PUNT_LIMIT_UNREACHABLE, "unreachable: no route, unreachable and prohibited destinations"),
    ROUTED(10, 100, DropReason.PUNT_LIMIT_ROUTED, "routed: what the kernel is to forward in place of the fast path"),
    MULTICAST(11, 10, DropReason.PUNT_LIMIT_MULTICAST, "multicast: groups beyond the link, for who joined them");

    /** Classes with a code below this one have a punt ring of their own, which control reads first. */
    public static final int FIRST_ORDINARY_CODE = 3;

    /** The part of a class's budget that each interface has for itself, in percent, when nothing else is configured. */
    public static final int DEFAULT_INTERFACE_PERCENT = 25;

    /** Fewest packets of a class that come at once within its budget. */
    public static final int MIN_BURST_PACKETS = 16;

    /** Fewest packets of a class that come at once within an interface's own budget. */
    public static final int MIN_INTERFACE_BURST_PACKETS = 8;

    private static final int PERCENT = 100;
    private final int code;
    private final int sharePercent;
    private final DropReason dropReason;
    private final String description;

    PuntClass(int code, int sharePercent, DropReason dropReason, String description) {
        this.code = code;
        this.sharePercent = sharePercent;
        this.dropReason = dropReason;
        this.description = description;
    }

    /** Returns the number that stands for it in messages and statistics. Never reused for another meaning. */
    public int code() {
        return code;
    }

    /** Returns the reason of packets that are over the budget of this class. */
    public DropReason dropReason() {
        return dropReason;
    }

    /** Returns its name in configurations, metrics and tables. */
    public String label() {
        return description.substring(0, description.indexOf(':'));
    }

    /** Returns the budget in packets/s by default, from the router's rate; 0 if that is 0. */
    public int defaultPacketsPerSecond(int routerPacketsPerSecond) {
        return percent(routerPacketsPerSecond, sharePercent, 1);
    }

    /** Returns how many packets may come at once by default, from the router's burst. */
    public int defaultBurstPackets(int routerBurstPackets) {
        return percent(routerBurstPackets, sharePercent, MIN_BURST_PACKETS);
    }

    /** Returns a part of a rate or burst; at least {@code min}, and at most the whole. */
    public static int percent(int whole, int percent, int min) {
        return (int) Math.min(whole, Math.max(min, (long) whole * percent / PERCENT));
    }
}
