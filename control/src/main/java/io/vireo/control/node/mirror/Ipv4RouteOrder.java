package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.RoutePlacement;
import java.util.ArrayList;
import java.util.List;

/**
 * IPv4: a list, of which the first usable route is used. Each notification says where the route went ({@code
 * fib_table_insert()}); there are no two routes alike in one slot.
 */
enum Ipv4RouteOrder implements RouteOrder {
    INSTANCE;

    @Override
    public RouteUpdate added(RouteCandidates known, KernelRoute route, RoutePlacement placement) {
        if (known.isEmpty()) { // most prefixes have one route
            return new RouteUpdate(RouteCandidates.of(route), isFirst(placement));
        }
        List<KernelRoute> slot = new ArrayList<>(known.ofSameSlot(route));
        int same = indexOf(slot, route);
        boolean isCertain = true;
        switch (placement) {
            case ALONE -> {
                slot.clear(); // what else was known went in silence
                slot.add(route);
            }
            case REPLACING -> {
                isCertain = !slot.isEmpty();
                replace(slot, same, route);
            }
            case FIRST, LAST, LISTED -> {
                if (same >= 0) {
                    // The last dump had it already, at the place that it has had since.
                    isCertain = slot.size() == 1 || placement == RoutePlacement.LISTED;
                } else {
                    isCertain = !slot.isEmpty() || placement == RoutePlacement.LISTED;
                    slot.add(placement == RoutePlacement.FIRST ? 0 : slot.size(), route);
                }
            }
        }
        return new RouteUpdate(known.withSlot(route, slot), isCertain);
    }

    @Override
    public RouteUpdate removed(RouteCandidates known, KernelRoute route) {
        List<KernelRoute> slot = new ArrayList<>(known.ofSameSlot(route));
        int same = indexOf(slot, route);
        if (same < 0) {
            return new RouteUpdate(known, slot.isEmpty());
        }
        slot.remove(same);
        return new RouteUpdate(known.withSlot(route, slot), true);
    }

    @Override
    public List<KernelRoute> eligible(RouteCandidates candidates) {
        for (KernelRoute route : candidates.routes()) {
            if (route.isUsable()) {
                return candidates.routes().size() == 1 ? candidates.routes() : List.of(route);
            }
        }
        return List.of();
    }

    private static boolean isFirst(RoutePlacement placement) {
        return placement == RoutePlacement.ALONE || placement == RoutePlacement.LISTED;
    }

    private static void replace(List<KernelRoute> slot, int same, KernelRoute route) {
        if (same >= 0) {
            slot.set(same, route); // its next-hop object has changed
        } else if (slot.isEmpty()) {
            slot.add(route);
        } else {
            slot.set(0, route);
        }
    }

    private static int indexOf(List<KernelRoute> slot, KernelRoute route) {
        for (int i = 0; i < slot.size(); i++) {
            if (isSame(slot.get(i), route)) {
                return i;
            }
        }
        return -1;
    }

    /** As {@code fib_find_info()} compares. A route's type is its next-hop object's, if that is a black hole. */
    private static boolean isSame(KernelRoute one, KernelRoute other) {
        return one.protocol() == other.protocol()
                && one.otherAttributes() == other.otherAttributes()
                && (one.usesSameObject(other) || (one.type() == other.type() && one.hasSameOrderedNextHops(other)));
    }
}
