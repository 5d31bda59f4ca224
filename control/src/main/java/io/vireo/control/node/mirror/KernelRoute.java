package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.NextHop;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RouteType;
import io.vireo.control.model.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A route of the kernel without its prefix. Many prefixes share few of these, so that a large table is kept as
 * references to the same ones.
 *
 * @param nextHops empty for a route that uses a next-hop object: what that leads to is known by {@link NextHopObjects}
 * @param nextHopId the next-hop object it uses, 0 for none
 * @param source the sources of packets that it is for (IPv6), or null for any
 * @param expires whether the kernel passes it over after some time (IPv6)
 * @param mtu its own limit of what is sent by it, in bytes, or 0 for none
 * @param otherAttributes what else distinguishes it from others, {@link RouteMessage#otherAttributes}
 */
record KernelRoute(
        int table,
        RouteType type,
        int tos,
        int metric,
        List<NextHop> nextHops,
        int nextHopId,
        int protocol,
        @Nullable IpPrefix source,
        boolean expires,
        int mtu,
        long otherAttributes) {
    static KernelRoute of(RouteMessage message) {
        List<NextHop> nextHops = message.nextHopId() != 0 ? List.of() : withoutTransientFlags(message.nextHops());
        return new KernelRoute(
                message.table(),
                message.type(),
                message.tos(),
                message.metric(),
                nextHops,
                message.nextHopId(),
                message.protocol(),
                message.source(),
                message.expires(),
                message.mtu(),
                message.otherAttributes());
    }

    /** Whether the kernel would replace one by the other ({@code NLM_F_REPLACE}). */
    boolean isSameSlot(KernelRoute other) {
        return table == other.table
                && tos == other.tos
                && metric == other.metric
                && Objects.equals(source, other.source);
    }

    /** Whether both use the same next-hop object: then the kernel has one of them only. */
    boolean usesSameObject(KernelRoute other) {
        return nextHopId != 0 && nextHopId == other.nextHopId;
    }

    /** Whether both have the same next hops and weights, dead or alive, in one order: IPv4 has both of two that differ in it. */
    boolean hasSameOrderedNextHops(KernelRoute other) {
        if (nextHopId != other.nextHopId || nextHops.size() != other.nextHops.size()) {
            return false;
        }
        for (int i = 0; i < nextHops.size(); i++) {
            NextHop own = nextHops.get(i);
            NextHop others = other.nextHops.get(i);
            if (!isSameNextHop(own, others) || own.weight() != others.weight()) {
                return false;
            }
        }
        return true;
    }

    /** As {@link #hasSameOrderedNextHops}, in whatever order: IPv6 names siblings in two. */
    boolean hasSameNextHops(KernelRoute other) {
        return nextHopId == other.nextHopId
                && nextHops.size() == other.nextHops.size()
                && other.nextHops.stream().allMatch(this::hasWeighted)
                && nextHops.stream().allMatch(other::hasWeighted);
    }

    /** This route without the next hops of another; of those that are alike here as many go as the other has. */
    KernelRoute without(KernelRoute other) {
        List<NextHop> left = new ArrayList<>(nextHops);
        for (NextHop gone : other.nextHops) {
            for (int i = 0; i < left.size(); i++) {
                if (isSameNextHop(left.get(i), gone)) {
                    left.remove(i);
                    break;
                }
            }
        }
        return withNextHops(List.copyOf(left));
    }

    /** Whether packets can leave by one of its next hops, if it has any. */
    boolean isUsable() {
        for (NextHop nextHop : nextHops) {
            if (!isDead(nextHop)) {
                return true;
            }
        }
        return nextHops.isEmpty();
    }

    static boolean isDead(NextHop nextHop) {
        return (nextHop.flags() & NextHop.DEAD) != 0;
    }

    /** This route, with what a sibling may have for itself, an end or an MTU: siblings are notified with one's only. */
    KernelRoute withLimitsOf(KernelRoute other) {
        return new KernelRoute(
                table,
                type,
                tos,
                metric,
                nextHops,
                nextHopId,
                protocol,
                source,
                expires || other.expires,
                mtu == 0 ? other.mtu : mtu,
                otherAttributes);
    }

    /** Whether it has something that only one of its siblings may have. */
    boolean hasLimits() {
        return expires || mtu != 0;
    }

    private KernelRoute withNextHops(List<NextHop> others) {
        return new KernelRoute(
                table, type, tos, metric, others, nextHopId, protocol, source, expires, mtu, otherAttributes);
    }

    private boolean hasWeighted(NextHop nextHop) {
        return nextHops.stream().anyMatch(own -> isSameNextHop(own, nextHop) && own.weight() == nextHop.weight());
    }

    /** As {@code rt6_duplicate_nexthop()} and {@code nh_comp()} compare, less what is among {@link #otherAttributes}. */
    private static boolean isSameNextHop(NextHop one, NextHop other) {
        return one.ifindex() == other.ifindex()
                && one.encapsulation() == other.encapsulation()
                && Objects.equals(one.gateway(), other.gateway());
    }

    private static List<NextHop> withoutTransientFlags(List<NextHop> nextHops) {
        if (nextHops.size() == 1) { // most of a full table
            NextHop only = nextHops.getFirst();
            return (only.flags() & ~NextHop.DEAD) == 0 ? nextHops : List.of(withoutTransientFlags(only));
        }
        return nextHops.stream().map(KernelRoute::withoutTransientFlags).toList();
    }

    /** Of the flags only {@link NextHop#DEAD} says whether the kernel uses it. */
    private static NextHop withoutTransientFlags(NextHop nextHop) {
        return nextHop.withFlags(nextHop.flags() & NextHop.DEAD);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof KernelRoute route
                        && table == route.table
                        && type == route.type
                        && tos == route.tos
                        && metric == route.metric
                        && nextHopId == route.nextHopId
                        && protocol == route.protocol
                        && expires == route.expires
                        && mtu == route.mtu
                        && otherAttributes == route.otherAttributes
                        && nextHops.equals(route.nextHops)
                        && Objects.equals(source, route.source));
    }

    @Override
    public int hashCode() { // as of IpAddress: a record's own is slow
        return 31 * (31 * (31 * nextHops.hashCode() + nextHopId) + metric) + table + type.hashCode();
    }
}
