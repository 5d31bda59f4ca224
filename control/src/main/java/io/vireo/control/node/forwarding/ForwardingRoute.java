package io.vireo.control.node.forwarding;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.OutgoingLabels;
import io.vireo.control.model.wire.WireAddresses;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the data plane is programmed with for a prefix. */
public record ForwardingRoute(RouteKind kind, List<NextHop> nextHops) {
    public static final ForwardingRoute PUNT = new ForwardingRoute(RouteKind.PUNT, List.of());

    /**
     * A next hop as the data plane knows it.
     *
     * @param gatewayHigh with low, the gateway in the wire's form; both 0 when on-link
     * @param weight share of the flows, 1 to 255
     * @param labels MPLS labels that are put before packets, or null for none
     */
    public record NextHop(
            int interfaceId,
            long gatewayHigh,
            long gatewayLow,
            int weight,
            @Nullable OutgoingLabels labels) {
        /** One without labels. */
        public NextHop(int interfaceId, long gatewayHigh, long gatewayLow, int weight) {
            this(interfaceId, gatewayHigh, gatewayLow, weight, null);
        }

        /**
         * Whether the data plane can reach a route of that family by the gateway: one of the same, or any IPv6 address that cannot
         * be taken for an IPv4 one (RFC 8950).
         */
        public static boolean isPossible(AddressFamily routeFamily, IpAddress gateway) {
            return gateway.family() == routeFamily
                    || (gateway.family() == AddressFamily.IPV6 && WireAddresses.high(gateway) != 0);
        }

        /** The gateway of a route of that family, or null when on-link. */
        @Nullable
        public IpAddress gateway(AddressFamily routeFamily) {
            return isOnLink()
                    ? null
                    : WireAddresses.address(
                            NextHops.gatewayFamily(WireAddresses.family(routeFamily), gatewayHigh),
                            gatewayHigh,
                            gatewayLow);
        }

        private boolean isOnLink() {
            return (gatewayHigh | gatewayLow) == 0;
        }

        private NextHop towards(IpAddress host) {
            return isOnLink()
                    ? new NextHop(interfaceId, WireAddresses.high(host), WireAddresses.low(host), weight, labels)
                    : this;
        }

        public NextHop withWeight(int newWeight) {
            return new NextHop(interfaceId, gatewayHigh, gatewayLow, newWeight, labels);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other
                    || (other instanceof NextHop hop
                            && interfaceId == hop.interfaceId
                            && gatewayHigh == hop.gatewayHigh
                            && gatewayLow == hop.gatewayLow
                            && weight == hop.weight
                            && Objects.equals(labels, hop.labels));
        }

        @Override
        public int hashCode() {
            return 31 * (Long.hashCode(31 * gatewayHigh + gatewayLow) + interfaceId)
                    + weight
                    + Objects.hashCode(labels);
        }
    }

    public static ForwardingRoute of(RouteKind kind) {
        return new ForwardingRoute(kind, List.of());
    }

    /** What an event of the data plane says. */
    public static ForwardingRoute of(RouteKind kind, NextHops nextHops) {
        List<NextHop> found = new ArrayList<>(nextHops.size());
        for (int i = 0; i < nextHops.size(); i++) {
            found.add(new NextHop(
                    nextHops.interfaceId(i),
                    nextHops.gatewayHigh(i),
                    nextHops.gatewayLow(i),
                    nextHops.weight(i),
                    labels(nextHops, i)));
        }
        return new ForwardingRoute(kind, List.copyOf(found));
    }

    private static @Nullable OutgoingLabels labels(NextHops nextHops, int index) {
        if (nextHops.labelCount(index) == 0) {
            return null;
        }
        List<Integer> labels = new ArrayList<>(nextHops.labelCount(index));
        for (int n = 0; n < nextHops.labelCount(index); n++) {
            labels.add(nextHops.label(index, n));
        }
        return new OutgoingLabels(labels, nextHops.labelTtl(index, 0));
    }

    /** Whether packets of it may leave with labels. */
    public boolean hasLabels() {
        for (NextHop nextHop : nextHops) {
            if (nextHop.labels != null) {
                return true;
            }
        }
        return false;
    }

    /**
     * The route as it is for that prefix: of one as long as an address, the neighbour that is on-link is the destination itself,
     * and known by its MAC address like any gateway.
     */
    public ForwardingRoute towards(IpPrefix prefix) {
        if (prefix.prefixLength() < prefix.family().bits() || nextHops.stream().noneMatch(NextHop::isOnLink)) {
            return this;
        }
        return new ForwardingRoute(
                kind,
                nextHops.stream()
                        .map(nextHop -> nextHop.towards(prefix.network()))
                        .toList());
    }

    /** Writes the first {@code max} next hops into {@code target}, which is returned. */
    public NextHops into(NextHops target, int max) {
        target.clear();
        for (NextHop nextHop : nextHops.subList(0, Math.min(max, nextHops.size()))) {
            target.add(nextHop.interfaceId(), nextHop.gatewayHigh(), nextHop.gatewayLow(), nextHop.weight());
            if (nextHop.labels != null) {
                nextHop.labels.labels().forEach(label -> target.push(label, nextHop.labels.ttl()));
            }
        }
        return target;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ForwardingRoute forwarding
                        && kind == forwarding.kind
                        && nextHops.equals(forwarding.nextHops));
    }

    @Override
    public int hashCode() { // as of IpAddress: a record's own is slow
        return 31 * nextHops.hashCode() + kind.code();
    }
}
