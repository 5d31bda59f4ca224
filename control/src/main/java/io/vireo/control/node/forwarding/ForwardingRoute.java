package io.vireo.control.node.forwarding;

import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.ArrayList;
import java.util.List;

/** What the data plane is programmed with for a prefix. */
public record ForwardingRoute(RouteKind kind, List<NextHop> nextHops) {
    public static final ForwardingRoute PUNT = new ForwardingRoute(RouteKind.PUNT, List.of());

    /**
     * A next hop as the data plane knows it.
     *
     * @param gatewayHigh with low, the gateway in the wire's form; both 0 when on-link
     * @param weight share of the flows, 1 to 255
     */
    public record NextHop(int interfaceId, long gatewayHigh, long gatewayLow, int weight) {}

    public static ForwardingRoute of(RouteKind kind) {
        return new ForwardingRoute(kind, List.of());
    }

    /** What an event of the data plane says. */
    public static ForwardingRoute of(RouteKind kind, NextHops nextHops) {
        List<NextHop> found = new ArrayList<>(nextHops.size());
        for (int i = 0; i < nextHops.size(); i++) {
            found.add(new NextHop(
                    nextHops.interfaceId(i), nextHops.gatewayHigh(i), nextHops.gatewayLow(i), nextHops.weight(i)));
        }
        return new ForwardingRoute(kind, List.copyOf(found));
    }

    /** Writes the next hops into {@code target}, which is returned. */
    public NextHops into(NextHops target) {
        return into(target, NextHops.MAX);
    }

    /** Writes the first {@code max} next hops into {@code target}, which is returned. */
    public NextHops into(NextHops target, int max) {
        target.clear();
        for (NextHop nextHop : nextHops.subList(0, Math.min(max, nextHops.size()))) {
            target.add(nextHop.interfaceId(), nextHop.gatewayHigh(), nextHop.gatewayLow(), nextHop.weight());
        }
        return target;
    }
}
