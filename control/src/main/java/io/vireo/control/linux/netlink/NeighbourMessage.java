package io.vireo.control.linux.netlink;

import io.vireo.control.model.IpAddress;

/**
 * An entry of the neighbour cache.
 *
 * @param macBits Ethernet address, first byte most significant, or -1 when unknown
 * @param state one bit of {@code NUD_*}, such as {@link #STALE}
 */
public record NeighbourMessage(int ifindex, IpAddress address, long macBits, int state, int flags) {
    public static final int REACHABLE = 0x02;
    public static final int STALE = 0x04;
    public static final int DELAY = 0x08;
    public static final int PROBE = 0x10;
    public static final int NOARP = 0x40;
    public static final int PERMANENT = 0x80;

    /** The kernel answers for this address, which is elsewhere ({@code NTF_PROXY}). */
    public static final int PROXY = 0x08;

    /** In a request: as if a packet had been sent there, so that a stale entry is checked ({@code NTF_USE}). */
    public static final int USE = 0x01;

    private static final int USABLE = REACHABLE | STALE | DELAY | PROBE | NOARP | PERMANENT;

    /** Whether packets can be sent to {@link #macBits} now. */
    public boolean isUsable() {
        return (state & USABLE) != 0 && macBits >= 0 && (flags & PROXY) == 0;
    }
}
