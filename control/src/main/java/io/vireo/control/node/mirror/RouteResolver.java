package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.NextHop;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.wire.WireAddresses;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Int2IntHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Says what the data plane shall do with a prefix, given the kernel's routes and which of the namespace's interfaces the
 * data plane knows. What it cannot do itself (a tunnel of the operator's own, MPLS) is
 * punted, so that the kernel does it. One thread at a time.
 */
final class RouteResolver {
    private static final int NO_INTERFACE = -1;
    private static final int MAX_WEIGHT = 255;

    private final Int2IntHashMap interfaceIds = new Int2IntHashMap(NO_INTERFACE);
    private final Map<KernelRoute, ForwardingRoute> ipv4 = new HashMap<>();
    private final Map<KernelRoute, ForwardingRoute> ipv6 = new HashMap<>();

    /** The data plane knows the kernel's interface {@code ifindex} by this number from now on. */
    void bind(int ifindex, int interfaceId) {
        interfaceIds.put(ifindex, interfaceId);
        ipv4.clear();
        ipv6.clear();
    }

    /** The data plane does not know that interface any more. */
    void unbind(int ifindex) {
        interfaceIds.remove(ifindex);
        ipv4.clear();
        ipv6.clear();
    }

    /** The data plane's number of a kernel's interface, or -1. */
    int interfaceId(int ifindex) {
        return interfaceIds.get(ifindex);
    }

    /** What the data plane is to be told, or null when it shall have no route of this prefix. */
    @Nullable
    ForwardingRoute resolve(AddressFamily family, RouteCandidates candidates) {
        if (candidates.isEmpty()) {
            return null;
        }
        KernelRoute best = candidates.best().orElse(null);
        if (best == null) {
            return null;
        }
        return (family == AddressFamily.IPV4 ? ipv4 : ipv6).computeIfAbsent(best, route -> forwarding(family, route));
    }

    private ForwardingRoute forwarding(AddressFamily family, KernelRoute route) {
        return switch (route.type()) {
            case UNICAST -> unicast(family, route.nextHops());
            case LOCAL, ANYCAST -> ForwardingRoute.of(RouteKind.LOCAL);
            case BLACKHOLE -> ForwardingRoute.of(RouteKind.BLACKHOLE);
            case UNREACHABLE -> ForwardingRoute.of(RouteKind.UNREACHABLE);
            case PROHIBIT -> ForwardingRoute.of(RouteKind.PROHIBIT);
            case BROADCAST, MULTICAST, THROW, UNSPEC -> ForwardingRoute.PUNT;
        };
    }

    private ForwardingRoute unicast(AddressFamily family, List<NextHop> nextHops) {
        List<ForwardingRoute.NextHop> usable = new ArrayList<>(nextHops.size());
        for (NextHop nextHop : nextHops) {
            if ((nextHop.flags() & NextHop.DEAD) != 0) {
                continue;
            }
            ForwardingRoute.NextHop resolved = nextHop(family, nextHop);
            if (resolved == null) {
                return ForwardingRoute.PUNT;
            }
            if (usable.size() < NextHops.MAX) { // of more, the first ones carry the traffic
                usable.add(resolved);
            }
        }
        return usable.isEmpty() ? ForwardingRoute.PUNT : new ForwardingRoute(RouteKind.UNICAST, List.copyOf(usable));
    }

    private ForwardingRoute.@Nullable NextHop nextHop(AddressFamily family, NextHop nextHop) {
        int interfaceId = interfaceIds.get(nextHop.ifindex());
        IpAddress gateway = nextHop.gateway();
        if (interfaceId == NO_INTERFACE
                || nextHop.encapsulated()
                || (gateway != null && !ForwardingRoute.NextHop.isPossible(family, gateway))) {
            return null;
        }
        int weight = Math.min(MAX_WEIGHT, nextHop.weight());
        return gateway == null
                ? new ForwardingRoute.NextHop(interfaceId, 0, 0, weight)
                : new ForwardingRoute.NextHop(
                        interfaceId, WireAddresses.high(gateway), WireAddresses.low(gateway), weight);
    }
}
