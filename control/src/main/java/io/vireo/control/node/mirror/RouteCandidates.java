package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.RouteMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one prefix in the order in which the kernel tries them: the local table, then main, then default
 * ({@code ip-rule(8)}), each by type of service and rising metric; those that are equal in this stand together, and how they
 * came there is what {@link RouteOrder} knows. Immutable.
 */
public record RouteCandidates(List<KernelRoute> routes) {
    static final RouteCandidates NONE = new RouteCandidates(List.of());

    private static final Comparator<KernelRoute> PREFERENCE = Comparator.comparingInt(RouteCandidates::tableRank)
            .thenComparing(Comparator.comparingInt(KernelRoute::tos).reversed())
            .thenComparing(KernelRoute::metric, Integer::compareUnsigned);

    static RouteCandidates of(KernelRoute route) {
        return new RouteCandidates(List.of(route));
    }

    boolean isEmpty() {
        return routes.isEmpty();
    }

    boolean any(Predicate<KernelRoute> condition) {
        for (KernelRoute route : routes) {
            if (condition.test(route)) {
                return true;
            }
        }
        return false;
    }

    /** Those between which and {@code route} the kernel's own order decides. */
    List<KernelRoute> ofSameSlot(KernelRoute route) {
        return routes.stream().filter(known -> known.isSameSlot(route)).toList();
    }

    /** With these routes, in this order, in place of all that are of the same slot as {@code slot}. */
    RouteCandidates withSlot(KernelRoute slot, List<KernelRoute> replacement) {
        List<KernelRoute> next = new ArrayList<>(routes.size() + 1);
        for (KernelRoute route : routes) {
            if (!route.isSameSlot(slot)) {
                next.add(route);
            }
        }
        next.addAll(replacement);
        next.sort(PREFERENCE); // stable: equal ones stay as they are
        return next.isEmpty() ? NONE : new RouteCandidates(List.copyOf(next));
    }

    private static int tableRank(KernelRoute route) {
        return switch (route.table()) {
            case RouteMessage.TABLE_LOCAL -> 0;
            case RouteMessage.TABLE_MAIN -> 1;
            default -> 2;
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof RouteCandidates candidates && routes.equals(candidates.routes));
    }

    @Override
    public int hashCode() { // as of IpAddress: a record's own is slow
        return routes.hashCode();
    }
}
