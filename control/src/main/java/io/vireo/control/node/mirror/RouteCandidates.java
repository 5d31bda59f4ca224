package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.NextHop;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RouteType;
import io.vireo.control.model.AddressFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The routes of one prefix in the order in which the kernel prefers them: the local table, then main
 * ({@code ip-rule(8)}), each by rising metric. Immutable.
 */
public record RouteCandidates(List<KernelRoute> routes) {
    static final RouteCandidates NONE = new RouteCandidates(List.of());

    private static final Comparator<KernelRoute> PREFERENCE = Comparator.<KernelRoute>comparingInt(
                    route -> route.table() == RouteMessage.TABLE_LOCAL ? 0 : 1)
            .thenComparing(KernelRoute::metric, Integer::compareUnsigned);

    boolean isEmpty() {
        return routes.isEmpty();
    }

    /**
     * With a route that the kernel has beside the others. IPv6 tells a multipath route as a whole each time it grows:
     * the new one stands for those it contains.
     */
    RouteCandidates with(AddressFamily family, KernelRoute route) {
        List<KernelRoute> next = new ArrayList<>(routes);
        next.removeIf(known -> known.isSameAs(route)
                || (family == AddressFamily.IPV6
                        && known.isSameSlot(route)
                        && known.type() == route.type()
                        && route.containsNextHopsOf(known)));
        return sorted(next, route);
    }

    /** With a route that the kernel has in place of the first of the same table and metric. */
    RouteCandidates replacing(KernelRoute route) {
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).isSameSlot(route)) {
                List<KernelRoute> next = new ArrayList<>(routes);
                next.set(i, route);
                return new RouteCandidates(List.copyOf(next));
            }
        }
        return sorted(new ArrayList<>(routes), route);
    }

    /** Without a route, or, when the kernel tells a part of an IPv6 multipath route, without those next hops. */
    RouteCandidates without(AddressFamily family, KernelRoute route) {
        Optional<KernelRoute> whole = routes.stream()
                .filter(known -> known.isSameAs(route))
                .findFirst()
                .or(() -> family == AddressFamily.IPV4 ? firstOfSameSlot(route) : Optional.empty());
        List<KernelRoute> next = new ArrayList<>(routes);
        if (whole.isPresent()) {
            next.remove(whole.get());
        } else {
            next.replaceAll(known -> known.isSameSlot(route) ? known.without(route) : known);
            next.removeIf(known ->
                    known.type() == RouteType.UNICAST && known.nextHops().isEmpty());
        }
        return new RouteCandidates(List.copyOf(next));
    }

    /** Whether any of them leaves by that interface of the kernel. */
    boolean mentions(int ifindex) {
        return routes.stream()
                .flatMap(route -> route.nextHops().stream())
                .anyMatch(nextHop -> nextHop.ifindex() == ifindex);
    }

    /** The one the kernel uses: the first that is not dead. */
    Optional<KernelRoute> best() {
        return routes.stream().filter(RouteCandidates::isUsable).findFirst();
    }

    private Optional<KernelRoute> firstOfSameSlot(KernelRoute route) {
        return routes.stream()
                .filter(known -> known.isSameSlot(route) && known.type() == route.type())
                .findFirst();
    }

    private static RouteCandidates sorted(List<KernelRoute> routes, KernelRoute added) {
        if (routes.isEmpty()) {
            return new RouteCandidates(List.of(added));
        }
        routes.add(added);
        routes.sort(PREFERENCE); // stable: of equals the older one stays in front, as with NLM_F_APPEND
        return new RouteCandidates(List.copyOf(routes));
    }

    private static boolean isUsable(KernelRoute route) {
        return route.nextHops().isEmpty() || route.nextHops().stream().anyMatch(RouteCandidates::isAlive);
    }

    private static boolean isAlive(NextHop nextHop) {
        return (nextHop.flags() & NextHop.DEAD) == 0;
    }
}
