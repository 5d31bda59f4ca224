package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RoutePlacement;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpPrefix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the kernel's routes of a namespace. */
final class RouteDump {
    private static final int MAX_ATTEMPTS = 3;

    private final Rtnetlink netlink;
    private final NextHopObjects objects;

    RouteDump(Rtnetlink netlink, NextHopObjects objects) {
        this.netlink = netlink;
        this.objects = objects;
    }

    /**
     * Reads the routes. A dump that was disturbed is repeated; the last one is taken as it is, for notifications and audits
     * follow.
     *
     * @param known what was known until now
     */
    KernelRouteTable read(KernelRouteTable known) {
        KernelRouteTable fresh = new KernelRouteTable();
        boolean isConsistent = readBoth(fresh);
        for (int attempt = 1; !isConsistent && attempt < MAX_ATTEMPTS; attempt++) {
            fresh = new KernelRouteTable();
            isConsistent = readBoth(fresh);
        }
        keepHidden(known, fresh);
        return fresh;
    }

    private boolean readBoth(KernelRouteTable into) {
        boolean isIpv4Consistent = read(AddressFamily.IPV4, into);
        return read(AddressFamily.IPV6, into) && isIpv4Consistent;
    }

    private boolean read(AddressFamily family, KernelRouteTable into) {
        RouteOrder order = RouteOrder.of(family);
        return netlink.dumpRoutes(family, route -> add(route, order, into));
    }

    private static void add(RouteMessage message, RouteOrder order, KernelRouteTable into) {
        if (MirroredRoutes.isMirrored(message)) {
            KernelRoute route = KernelRoute.of(message);
            RouteCandidates known = into.putIfAbsent(message.prefix(), RouteCandidates.of(route));
            if (!known.isEmpty()) {
                into.put(
                        message.prefix(),
                        order.added(known, route, RoutePlacement.LISTED).candidates());
            }
        }
    }

    /**
     * An IPv6 dump passes over the routes that stand between the siblings of a multipath route ({@code fib6_dump_node()}), and
     * says of the first sibling only that it expires or has an MTU: both are known from notifications only.
     */
    private void keepHidden(KernelRouteTable known, KernelRouteTable fresh) {
        Map<IpPrefix, RouteCandidates> whole = new HashMap<>();
        fresh.forEachIpv6((prefix, candidates) -> {
            if (candidates.any(RouteDump::isMultipath)) {
                whole.put(prefix, withHidden(known.get(prefix), candidates));
            }
        });
        whole.forEach(fresh::put);
    }

    private RouteCandidates withHidden(RouteCandidates known, RouteCandidates candidates) {
        RouteCandidates whole = candidates;
        for (KernelRoute multipath : candidates.routes()) {
            if (!isMultipath(multipath)) {
                continue;
            }
            for (KernelRoute route : known.ofSameSlot(multipath)) {
                whole = Ipv6RouteOrder.hasSiblings(route)
                        ? withLimits(route, multipath, whole)
                        : withHidden(route, whole);
            }
        }
        return whole;
    }

    private RouteCandidates withHidden(KernelRoute route, RouteCandidates candidates) {
        return isStillThere(route) && !candidates.ofSameSlot(route).contains(route)
                ? Ipv6RouteOrder.INSTANCE
                        .added(candidates, route, RoutePlacement.LISTED)
                        .candidates()
                : candidates;
    }

    private static RouteCandidates withLimits(KernelRoute route, KernelRoute multipath, RouteCandidates candidates) {
        List<KernelRoute> slot = candidates.ofSameSlot(multipath).stream()
                .map(each -> each.equals(multipath) ? each.withLimitsOf(route) : each)
                .toList();
        return candidates.withSlot(multipath, slot);
    }

    /** A route goes in silence with its next-hop object only. */
    private boolean isStillThere(KernelRoute route) {
        return route.nextHopId() == 0 || objects.contains(route.nextHopId());
    }

    private static boolean isMultipath(KernelRoute route) {
        return route.nextHops().size() > 1;
    }
}
