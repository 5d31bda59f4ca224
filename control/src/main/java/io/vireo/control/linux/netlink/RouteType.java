package io.vireo.control.linux.netlink;

/** What the kernel does with a packet that meets a route ({@code RTN_*} of {@code <linux/rtnetlink.h>}). */
public enum RouteType {
    UNSPEC(0),
    UNICAST(1),
    LOCAL(2),
    BROADCAST(3),
    ANYCAST(4),
    MULTICAST(5),
    BLACKHOLE(6),
    UNREACHABLE(7),
    PROHIBIT(8),
    THROW(9);

    private static final RouteType[] BY_NUMBER = values();

    private final int number;

    RouteType(int number) {
        this.number = number;
    }

    /** The type of that number; {@link #UNSPEC} for one that this program does not know. */
    static RouteType of(int number) {
        for (RouteType type : BY_NUMBER) {
            if (type.number == number) {
                return type;
            }
        }
        return UNSPEC;
    }

    int number() {
        return number;
    }
}
