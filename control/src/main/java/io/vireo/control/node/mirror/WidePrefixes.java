package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.model.IpPrefix;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The prefixes of the local table that are wider than an address. Within them the main table is asked never (IPv6) or, once
 * there has been a rule, no more (IPv4: {@code fib_unmerge()}, which nobody can see), although it may know a longer prefix.
 */
final class WidePrefixes {
    private final Set<IpPrefix> prefixes = new HashSet<>();

    /** Takes in the routes of a prefix; returns whether others, within it, are affected. */
    boolean update(IpPrefix prefix, RouteCandidates candidates) {
        boolean isWide = prefix.prefixLength() < prefix.family().bits() && candidates.any(WidePrefixes::isLocal);
        return isWide ? prefixes.add(prefix) : prefixes.remove(prefix);
    }

    /** All of them, as they are now. */
    List<IpPrefix> all() {
        return List.copyOf(prefixes);
    }

    /** Whether one of them has a prefix within it. */
    boolean contain(IpPrefix prefix) {
        if (prefixes.isEmpty()) {
            return false;
        }
        for (IpPrefix wide : prefixes) {
            if (wide.prefixLength() < prefix.prefixLength() && wide.contains(prefix.network())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLocal(KernelRoute route) {
        return route.table() == RouteMessage.TABLE_LOCAL;
    }
}
