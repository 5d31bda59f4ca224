package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.NextHop;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RouteType;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.wire.WireAddresses;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Int2IntHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Says what the data plane shall do with a prefix, given the kernel's routes, rules and next-hop objects, and which of the
 * namespace's interfaces the data plane knows. What it cannot do itself (a tunnel of the operator's own, a route for some sources
 * only) is punted, so that the kernel does it. One thread at a time.
 */
final class RouteResolver {
    private static final int NO_INTERFACE = -1;

    private final Int2IntHashMap interfaceIds = new Int2IntHashMap(NO_INTERFACE);
    private final Map<Integer, Integer> parents = new HashMap<>();
    private final Map<KernelRoute, RouteDecision> ipv4 = new HashMap<>();
    private final Map<KernelRoute, RouteDecision> ipv6 = new HashMap<>();
    private final Map<AddressFamily, PolicyRules> rules = new EnumMap<>(AddressFamily.class);
    private final NextHopObjects objects = new NextHopObjects();
    private final WidePrefixes wide = new WidePrefixes();
    private final OwnPrefixes own = new OwnPrefixes();
    private final LabelledStaticRoutes labelled = new LabelledStaticRoutes();
    private boolean hasDefaultTable;

    /** The data plane knows the kernel's interface {@code ifindex} by this number from now on. */
    void bind(int ifindex, int interfaceId) {
        interfaceIds.put(ifindex, interfaceId);
        forget();
    }

    /** The data plane does not know that interface any more. */
    void unbind(int ifindex) {
        interfaceIds.remove(ifindex);
        forget();
    }

    /** The data plane's number of a kernel's interface, or -1. */
    int interfaceId(int ifindex) {
        return interfaceIds.get(ifindex);
    }

    /** The interface that a macvlan is on top of, or 0 for none. */
    int parent(int ifindex) {
        return parents.getOrDefault(ifindex, 0);
    }

    /**
     * What leaves by a macvlan leaves by the interface it is on top of.
     *
     * @param parent that interface, or 0 when nothing leaves by the macvlan
     */
    void setParent(int ifindex, int parent) {
        if (parent == 0) {
            parents.remove(ifindex);
        } else {
            parents.put(ifindex, parent);
        }
        forget();
    }

    /** The macvlans of an interface by which packets leave. */
    List<Integer> macvlansOf(int parent) {
        return parents.entrySet().stream()
                .filter(entry -> entry.getValue() == parent)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The kernel's interfaces that share an interface of the data plane, if there are several. */
    List<Integer> sharing(int interfaceId) {
        if (parents.isEmpty()) {
            return List.of();
        }
        List<Integer> found = new ArrayList<>(2);
        interfaceIds.forEach((ifindex, id) -> {
            if (id == interfaceId) {
                found.add(ifindex);
                found.addAll(macvlansOf(ifindex));
            }
        });
        return found;
    }

    /** The data plane's number of the interface by which packets leave that Linux sends by {@code ifindex}, or -1. */
    int egressId(int ifindex) {
        int own = interfaceIds.get(ifindex);
        return own == NO_INTERFACE && !parents.isEmpty() ? interfaceIds.get(parent(ifindex)) : own;
    }

    /** The next-hop objects; {@link #forget} is to be called when they have changed. */
    NextHopObjects objects() {
        return objects;
    }

    /** The configured routes with labels. */
    LabelledStaticRoutes labelled() {
        return labelled;
    }

    /** The wide prefixes of the local table. */
    WidePrefixes wide() {
        return wide;
    }

    /** The router's own addresses; {@link #forget} is to be called when they have changed. */
    OwnPrefixes own() {
        return own;
    }

    /** The policy rules of a family. */
    PolicyRules rules(AddressFamily family) {
        return rules.getOrDefault(family, PolicyRules.NONE);
    }

    void rules(AddressFamily family, PolicyRules newRules) {
        rules.put(family, newRules);
    }

    /** There is, or was once, a route in IPv4's table "default"; returns whether that is new. */
    boolean noticeDefaultTable() {
        if (hasDefaultTable) {
            return false;
        }
        hasDefaultTable = true;
        forget();
        return true;
    }

    /** What was decided before depends on something that has changed. */
    void forget() {
        ipv4.clear();
        ipv6.clear();
    }

    /** Whether a route leads over an interface, if only as one of several next hops. */
    boolean leadsOver(KernelRoute route, int ifindex) {
        return route.nextHopId() == 0
                ? route.nextHops().stream().anyMatch(nextHop -> nextHop.ifindex() == ifindex)
                : objects.leadsOver(route.nextHopId(), ifindex);
    }

    /** Whether a route has a gateway, if only as one of several next hops, within a prefix. */
    boolean hasGatewayIn(KernelRoute route, IpPrefix prefix) {
        List<NextHop> nextHops = nextHops(route);
        return nextHops != null
                && nextHops.stream()
                        .map(NextHop::gateway)
                        .anyMatch(gateway ->
                                gateway != null && gateway.family() == prefix.family() && prefix.contains(gateway));
    }

    RouteDecision decide(IpPrefix prefix, RouteCandidates candidates) {
        PolicyRules policy = rules(prefix.family());
        List<KernelRoute> eligible = RouteOrder.of(prefix.family()).eligible(candidates);
        if (eligible.isEmpty()) {
            return policy.leftToLinux().contains(prefix)
                    ? RouteDecision.punt(PuntCause.POLICY_RULE)
                    : RouteDecision.NONE;
        }
        PuntCause cause = cause(prefix, candidates, policy);
        if (cause != null) {
            return RouteDecision.punt(cause);
        }
        ForwardingRoute withLabels = labelled.inPlaceOf(eligible.getFirst(), prefix);
        if (withLabels != null && knowsInterfacesOf(withLabels)) {
            return RouteDecision.of(withLabels);
        }
        RouteDecision first = forwarding(prefix.family(), eligible.get(0));
        for (int i = 1; i < eligible.size(); i++) {
            if (!first.equals(forwarding(prefix.family(), eligible.get(i)))) {
                return RouteDecision.punt(PuntCause.INGRESS);
            }
        }
        return first.towards(prefix);
    }

    private @Nullable PuntCause cause(IpPrefix prefix, RouteCandidates candidates, PolicyRules policy) {
        if (policy.govern(prefix)) {
            return PuntCause.POLICY_RULE;
        }
        if (candidates.routes().getFirst().table() != RouteMessage.TABLE_LOCAL && wide.contain(prefix)) {
            return PuntCause.LOCAL_TABLE;
        }
        for (KernelRoute route : candidates.routes()) {
            if (route.source() != null) {
                return PuntCause.SOURCE;
            }
            if (route.tos() != 0) {
                return PuntCause.TYPE_OF_SERVICE;
            }
            if (route.expires()) {
                return PuntCause.LIFETIME;
            }
            if (route.mtu() != 0 && route.type() == RouteType.UNICAST) {
                return PuntCause.MTU;
            }
        }
        return null;
    }

    private boolean knowsInterfacesOf(ForwardingRoute route) {
        return route.nextHops().stream().allMatch(nextHop -> interfaceIds.containsValue(nextHop.interfaceId()));
    }

    private RouteDecision forwarding(AddressFamily family, KernelRoute route) {
        Map<KernelRoute, RouteDecision> known = family == AddressFamily.IPV4 ? ipv4 : ipv6;
        return known.computeIfAbsent(route, each -> compute(family, each));
    }

    private RouteDecision compute(AddressFamily family, KernelRoute route) {
        if (route.table() == RouteMessage.TABLE_DEFAULT) {
            return RouteDecision.punt(PuntCause.DEFAULT_TABLE);
        }
        boolean isBlackhole = route.type() == RouteType.BLACKHOLE
                || (route.nextHopId() != 0 && objects.isBlackhole(route.nextHopId()));
        if (isBlackhole && family == AddressFamily.IPV4 && hasDefaultTable) {
            return RouteDecision.punt(
                    PuntCause.DEFAULT_TABLE); // an error in main is no end of the search: fib_lookup()
        }
        return switch (route.type()) {
            case UNICAST -> isBlackhole ? of(RouteKind.BLACKHOLE) : unicast(family, nextHops(route));
            case LOCAL -> of(RouteKind.LOCAL);
            case BLACKHOLE -> of(RouteKind.BLACKHOLE);
            case UNREACHABLE -> of(RouteKind.UNREACHABLE);
            case PROHIBIT -> of(RouteKind.PROHIBIT);
            case ANYCAST, BROADCAST, MULTICAST, THROW, UNSPEC -> RouteDecision.PUNT;
        };
    }

    private static RouteDecision of(RouteKind kind) {
        return RouteDecision.of(ForwardingRoute.of(kind));
    }

    private @Nullable List<NextHop> nextHops(KernelRoute route) {
        return route.nextHopId() == 0 ? route.nextHops() : objects.resolve(route.nextHopId());
    }

    private RouteDecision unicast(AddressFamily family, @Nullable List<NextHop> nextHops) {
        if (nextHops == null) {
            return RouteDecision.PUNT;
        }
        Map<ForwardingRoute.NextHop, Integer> weights = new LinkedHashMap<>();
        for (NextHop nextHop : nextHops) {
            if (KernelRoute.isDead(nextHop)) {
                continue;
            }
            if (nextHop.isEncapsulated() || !LabelledStaticRoutes.maySend(nextHop)) {
                return RouteDecision.punt(PuntCause.ENCAPSULATION);
            }
            if (nextHop.gateway() != null && own.contain(nextHop.gateway())) {
                return RouteDecision.punt(PuntCause.OWN_GATEWAY);
            }
            ForwardingRoute.NextHop resolved = nextHop(family, nextHop);
            if (resolved == null) {
                return RouteDecision.PUNT;
            }
            weights.merge(resolved, nextHop.weight(), Integer::sum); // one may be there twice
        }
        if (weights.size() > NextHops.MAX) {
            return RouteDecision.punt(PuntCause.NEXT_HOPS);
        }
        return weights.isEmpty()
                ? RouteDecision.PUNT
                : RouteDecision.of(new ForwardingRoute(RouteKind.UNICAST, NextHopWeights.applied(weights)));
    }

    /** A next hop, its weight yet to be set, or null when the data plane cannot send there. */
    private ForwardingRoute.@Nullable NextHop nextHop(AddressFamily family, NextHop nextHop) {
        int interfaceId = egressId(nextHop.ifindex());
        IpAddress gateway = nextHop.gateway();
        if (interfaceId == NO_INTERFACE || (gateway != null && !ForwardingRoute.NextHop.isPossible(family, gateway))) {
            return null;
        }
        return gateway == null
                ? new ForwardingRoute.NextHop(interfaceId, 0, 0, 1)
                : new ForwardingRoute.NextHop(
                        interfaceId, WireAddresses.high(gateway), WireAddresses.low(gateway), 1, nextHop.labels());
    }
}
