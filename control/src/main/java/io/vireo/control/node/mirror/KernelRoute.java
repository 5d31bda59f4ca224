package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.NextHop;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RouteType;
import java.util.List;
import java.util.Objects;

/**
 * A route of the kernel without its prefix. Many prefixes share few of these, so that a large table is kept as
 * references to the same ones.
 *
 * @param nextHopId the next-hop object it uses, 0 for none
 */
record KernelRoute(int table, RouteType type, int metric, List<NextHop> nextHops, int nextHopId) {
    static KernelRoute of(RouteMessage message) {
        return new KernelRoute(
                message.table(),
                message.type(),
                message.metric(),
                message.nextHops().stream()
                        .map(KernelRoute::withoutTransientFlags)
                        .toList(),
                message.nextHopId());
    }

    /** Whether the kernel would replace one by the other ({@code NLM_F_REPLACE}). */
    boolean isSameSlot(KernelRoute other) {
        return table == other.table && metric == other.metric;
    }

    /** Whether both say the same of a packet, dead or alive. */
    boolean isSameAs(KernelRoute other) {
        return isSameSlot(other)
                && type == other.type
                && nextHops.size() == other.nextHops.size()
                && containsNextHopsOf(other);
    }

    /** Whether every next hop of the other is one of this route's. */
    boolean containsNextHopsOf(KernelRoute other) {
        return other.nextHops.stream()
                .allMatch(nextHop -> nextHops.stream().anyMatch(own -> isSameNextHop(own, nextHop)));
    }

    /** This route without the next hops of another. */
    KernelRoute without(KernelRoute other) {
        List<NextHop> remaining = nextHops.stream()
                .filter(own -> other.nextHops.stream().noneMatch(nextHop -> isSameNextHop(own, nextHop)))
                .toList();
        return new KernelRoute(table, type, metric, remaining, nextHopId);
    }

    private static boolean isSameNextHop(NextHop one, NextHop other) {
        return one.ifindex() == other.ifindex() && Objects.equals(one.gateway(), other.gateway());
    }

    /** Of the flags only {@link NextHop#DEAD} says whether the kernel uses it. */
    private static NextHop withoutTransientFlags(NextHop nextHop) {
        return new NextHop(
                nextHop.ifindex(),
                nextHop.gateway(),
                nextHop.weight(),
                nextHop.flags() & NextHop.DEAD,
                nextHop.encapsulated());
    }
}
