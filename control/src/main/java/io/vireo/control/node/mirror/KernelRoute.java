package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.NextHop;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RouteType;
import io.vireo.control.model.IpPrefix;
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
        List<NextHop> nextHops = message.nextHopId() != 0
                ? List.of()
                : message.nextHops().stream()
                        .map(KernelRoute::withoutTransientFlags)
                        .toList();
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

    /** Whether both have the same next hops and weights, dead or alive, in whatever order. */
    boolean hasSameNextHops(KernelRoute other) {
        return nextHopId == other.nextHopId
                && nextHops.size() == other.nextHops.size()
                && other.nextHops.stream().allMatch(this::hasWeighted)
                && nextHops.stream().allMatch(other::hasWeighted);
    }

    /** This route without the next hops of another. */
    KernelRoute without(KernelRoute other) {
        return withNextHops(nextHops.stream()
                .filter(own -> other.nextHops.stream().noneMatch(nextHop -> isSameNextHop(own, nextHop)))
                .toList());
    }

    /** Whether packets can leave by one of its next hops, if it has any. */
    boolean isUsable() {
        return nextHops.isEmpty() || nextHops.stream().anyMatch(nextHop -> !isDead(nextHop));
    }

    static boolean isDead(NextHop nextHop) {
        return (nextHop.flags() & NextHop.DEAD) != 0;
    }

    /** This route, that expires if another does: of siblings only the first is notified in full. */
    KernelRoute expiringLike(KernelRoute other) {
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
                mtu,
                otherAttributes);
    }

    private KernelRoute withNextHops(List<NextHop> others) {
        return new KernelRoute(
                table, type, tos, metric, others, nextHopId, protocol, source, expires, mtu, otherAttributes);
    }

    private boolean hasWeighted(NextHop nextHop) {
        return nextHops.stream().anyMatch(own -> isSameNextHop(own, nextHop) && own.weight() == nextHop.weight());
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
