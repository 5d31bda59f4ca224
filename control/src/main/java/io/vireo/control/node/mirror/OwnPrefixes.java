package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RouteType;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The IPv4 addresses that are, or were, the router's own. A next hop whose gateway was one when its route was made is for Linux
 * one without a gateway ({@code fib_check_nh_v4_gw()} gives it the scope of the host), which it neither notifies nor changes
 * when the address goes. An address is forgotten when it is gone and no route names it. Only the node agent's thread uses it.
 */
final class OwnPrefixes {
    private final Set<IpPrefix> hosts = new HashSet<>();
    private final Set<IpPrefix> wide = new HashSet<>();

    /** Takes in the routes of a prefix; returns whether it has become the router's own. */
    boolean notice(IpPrefix prefix, RouteCandidates candidates) {
        boolean isOwn = prefix.family() == AddressFamily.IPV4 && candidates.any(OwnPrefixes::isLocal);
        return isOwn && setOf(prefix).add(prefix);
    }

    /** Forgets those to which this applies; returns whether there were any. */
    boolean forget(Predicate<IpPrefix> condition) {
        boolean hadHost = hosts.removeIf(condition);
        boolean hadWide = wide.removeIf(condition);
        return hadHost || hadWide;
    }

    /** Whether a prefix is, or was, the router's own as such. */
    boolean has(IpPrefix prefix) {
        return setOf(prefix).contains(prefix);
    }

    /** Whether an address is, or was, the router's own. */
    boolean contain(IpAddress address) {
        if (hosts.contains(IpPrefix.containing(address, address.family().bits()))) {
            return true;
        }
        for (IpPrefix prefix : wide) {
            if (prefix.contains(address)) {
                return true;
            }
        }
        return false;
    }

    static boolean isLocal(KernelRoute route) {
        return route.table() == RouteMessage.TABLE_LOCAL && route.type() == RouteType.LOCAL;
    }

    private Set<IpPrefix> setOf(IpPrefix prefix) {
        return prefix.prefixLength() == prefix.family().bits() ? hosts : wide;
    }
}
