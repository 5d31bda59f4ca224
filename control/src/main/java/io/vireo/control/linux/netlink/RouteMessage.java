package io.vireo.control.linux.netlink;

import io.vireo.control.model.IpPrefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route of the kernel, as notified, dumped or requested.
 *
 * @param prefix destination
 * @param table routing table, {@link #TABLE_MAIN}, {@link #TABLE_LOCAL} or another
 * @param protocol who put it there ({@code RTPROT_*}, {@code /etc/iproute2/rt_protos})
 * @param type what becomes of the packet
 * @param tos type of service it is restricted to, 0 for any
 * @param metric the lower is preferred, unsigned
 * @param nextHops next hops; resolved by the kernel when they come from a next-hop object
 * @param nextHopId the next-hop object they come from, 0 for none
 * @param flags {@link #CLONED} and others
 * @param source the sources of packets that it is for (IPv6), or null for any
 * @param expires whether it is passed over after some time (IPv6)
 * @param mtu its own limit of what is sent by it, in bytes, or 0 for none
 * @param otherAttributes hash of what else distinguishes it from others of its prefix: scope, preferred source, metrics, realm
 */
public record RouteMessage(
        IpPrefix prefix,
        int table,
        int protocol,
        RouteType type,
        int tos,
        int metric,
        List<NextHop> nextHops,
        int nextHopId,
        int flags,
        @Nullable IpPrefix source,
        boolean expires,
        int mtu,
        long otherAttributes) {
    /** Behind the main table, for IPv4 only. */
    public static final int TABLE_DEFAULT = 253;

    public static final int TABLE_MAIN = 254;
    public static final int TABLE_LOCAL = 255;

    /** A cached copy of another route ({@code RTM_F_CLONED}). */
    public static final int CLONED = 0x200;

    /** A route to be requested in the main table. */
    public static RouteMessage of(IpPrefix prefix, RouteType type, int protocol, int metric, List<NextHop> nextHops) {
        return new RouteMessage(prefix, TABLE_MAIN, protocol, type, 0, metric, nextHops, 0, 0, null, false, 0, 0);
    }
}
