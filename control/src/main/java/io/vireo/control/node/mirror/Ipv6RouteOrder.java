package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RoutePlacement;
import io.vireo.control.linux.netlink.RouteType;
import java.util.ArrayList;
import java.util.List;

/**
 * IPv6: routes with gateways and one metric are siblings, together one multipath route, notified as a whole when it grows and
 * next hop by next hop when it shrinks. Others of the same metric stand beside it ({@code fib6_add_rt2node()}). Between those
 * the ingress interface of a packet decides, and likewise between all others when none of the lowest metric is usable
 * ({@code find_rr_leaf()}).
 */
enum Ipv6RouteOrder implements RouteOrder {
    INSTANCE;

    private static final int PROTOCOL_ROUTER_ADVERTISEMENT = 9;

    @Override
    public RouteUpdate added(RouteCandidates known, KernelRoute route, RoutePlacement placement) {
        boolean isCertain =
                route.protocol() != PROTOCOL_ROUTER_ADVERTISEMENT; // has no siblings, though not all of them
        if (known.isEmpty()) {
            return new RouteUpdate(RouteCandidates.of(route), isCertain);
        }
        List<KernelRoute> slot = new ArrayList<>(known.ofSameSlot(route));
        int same = indexOf(slot, route);
        int siblings = indexOfSiblings(slot, route);
        switch (placement) {
            case ALONE -> {
                slot.clear();
                slot.add(route);
            }
            case REPLACING -> isCertain &= replace(slot, same, route);
            case LISTED -> slot.add(route); // also one more of a kind: a replacement can leave two routes alike
            case FIRST, LAST -> {
                if (siblings >= 0) {
                    slot.set(
                            siblings, route.withLimitsOf(slot.get(siblings))); // a sibling more, named with all of them
                } else if (same >= 0) {
                    slot.set(same, route);
                } else {
                    slot.add(route);
                }
            }
        }
        return new RouteUpdate(known.withSlot(route, slot), isCertain);
    }

    @Override
    public RouteUpdate removed(RouteCandidates known, KernelRoute route) {
        List<KernelRoute> slot = new ArrayList<>(known.ofSameSlot(route));
        int same = indexOf(slot, route);
        int siblings = indexOfSiblings(slot, route);
        boolean isCertain = true;
        if (same >= 0) {
            slot.remove(same);
        } else if (siblings >= 0) {
            KernelRoute before = slot.get(siblings);
            KernelRoute after = before.without(route);
            if (after.nextHops().size() == before.nextHops().size()) {
                return new RouteUpdate(known, false);
            }
            if (after.nextHops().isEmpty()) {
                slot.remove(siblings);
            } else {
                slot.set(siblings, after);
            }
            isCertain = !before.hasLimits() && hasSameFirst(before, after);
        } else {
            return new RouteUpdate(known, slot.isEmpty());
        }
        return new RouteUpdate(known.withSlot(route, slot), isCertain);
    }

    @Override
    public List<KernelRoute> eligible(RouteCandidates candidates) {
        List<KernelRoute> found = eligible(candidates, RouteMessage.TABLE_LOCAL);
        return found.isEmpty() ? eligible(candidates, RouteMessage.TABLE_MAIN) : found;
    }

    private static List<KernelRoute> eligible(RouteCandidates candidates, int table) {
        if (candidates.routes().size() == 1) { // of most prefixes
            KernelRoute only = candidates.routes().getFirst();
            return only.table() == table && only.isUsable() ? candidates.routes() : List.of();
        }
        List<KernelRoute> ofTable = candidates.routes().stream()
                .filter(route -> route.table() == table)
                .distinct()
                .toList();
        if (ofTable.isEmpty()) {
            return List.of();
        }
        int lowest = ofTable.getFirst().metric();
        List<KernelRoute> usable =
                ofTable.stream().filter(KernelRoute::isUsable).toList();
        List<KernelRoute> ofLowest =
                usable.stream().filter(route -> route.metric() == lowest).toList();
        return ofLowest.isEmpty() ? usable : ofLowest;
    }

    /** Returns whether it is certain which one was replaced. */
    private static boolean replace(List<KernelRoute> slot, int same, KernelRoute route) {
        if (same >= 0 && slot.get(same).usesSameObject(route)) {
            slot.set(same, route); // the object has changed
            return true;
        }
        if (slot.isEmpty()) {
            slot.add(route);
            return true;
        }
        List<KernelRoute> alike = slot.stream()
                .filter(known -> hasSiblings(known) == hasSiblings(route))
                .toList();
        List<KernelRoute> replaceable = alike.isEmpty() ? slot : alike;
        boolean isCertain = replaceable.size() == 1;
        slot.set(slot.indexOf(replaceable.getFirst()), route);
        return isCertain;
    }

    /** Whether the sibling of whose end and MTU the kernel speaks is the same as before, or none is left. */
    private static boolean hasSameFirst(KernelRoute before, KernelRoute after) {
        return after.nextHops().isEmpty()
                || after.nextHops().getFirst().equals(before.nextHops().getFirst());
    }

    private static int indexOf(List<KernelRoute> slot, KernelRoute route) {
        for (int i = 0; i < slot.size(); i++) {
            KernelRoute known = slot.get(i);
            if (known.usesSameObject(route) || (known.type() == route.type() && known.hasSameNextHops(route))) {
                return i;
            }
        }
        return -1;
    }

    private static int indexOfSiblings(List<KernelRoute> slot, KernelRoute route) {
        for (int i = 0; i < slot.size() && hasSiblings(route); i++) {
            if (hasSiblings(slot.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** As {@code rt6_qualify_for_ecmp()}. */
    static boolean hasSiblings(KernelRoute route) {
        return route.type() == RouteType.UNICAST
                && route.nextHopId() == 0
                && !route.nextHops().isEmpty()
                && route.nextHops().stream().allMatch(nextHop -> nextHop.gateway() != null);
    }
}
