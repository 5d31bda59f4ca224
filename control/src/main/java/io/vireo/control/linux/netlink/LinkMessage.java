package io.vireo.control.linux.netlink;

/**
 * A network interface.
 *
 * @param macBits Ethernet address, first byte most significant, or -1 when it has none
 * @param mtu in bytes
 * @param flags {@link #UP} and others of {@code netdevice(7)}
 * @param maxMtu largest MTU the device takes, in bytes, or 0 when it does not say
 * @param parentIfindex the interface it is on top of ({@code IFLA_LINK}), or 0; also when that is in another namespace
 * @param kind what made it ({@code IFLA_INFO_KIND}), such as {@code macvlan}, or empty
 * @param alias what somebody noted of it ({@code IFLA_IFALIAS}, {@code ip link set … alias}), or empty
 * @param detachedQueues of a TAP device with several queues, how many are open and detached ({@code IFLA_TUN_NUM_DISABLED_QUEUES})
 */
public record LinkMessage(
        int ifindex,
        String name,
        long macBits,
        int mtu,
        int flags,
        int maxMtu,
        int parentIfindex,
        String kind,
        String alias,
        int detachedQueues) {
    /** Administratively up ({@code IFF_UP}). */
    public static final int UP = 1;

    public static final int LOOPBACK = 8;

    /** Neighbours are not asked for their Ethernet addresses ({@code IFF_NOARP}). */
    public static final int NO_ARP = 0x80;

    public static final int PROMISCUOUS = 0x100;

    /** Has a carrier ({@code IFF_LOWER_UP}). */
    public static final int LOWER_UP = 0x10000;

    public boolean isUp() {
        return (flags & UP) != 0;
    }

    /** Whether neighbours are asked for their Ethernet addresses. */
    public boolean resolvesNeighbours() {
        return (flags & NO_ARP) == 0;
    }

    /** Whether packets pass: up, and with a carrier. */
    public boolean isOperational() {
        return (flags & (UP | LOWER_UP)) == (UP | LOWER_UP);
    }
}
