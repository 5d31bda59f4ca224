package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.NextHop;
import io.vireo.control.linux.netlink.RouteType;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.Limits;
import io.vireo.control.model.OutgoingLabels;
import io.vireo.control.model.wire.WireAddresses;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.control.node.namespace.RouterNamespace;
import io.vireo.control.node.topology.LabelPlan;
import io.vireo.control.node.topology.LabelledRoutePlan;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.LabelSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configured routes of a router whose packets leave with labels. A kernel with {@code mpls_iptunnel} has them itself, and then they are
 * routes like others. One without has an unreachable route of ours in the place of each, so that its own packets do not leave without
 * labels; what the data plane is to do there is known only here. One thread at a time.
 */
final class LabelledStaticRoutes {
    private static final int WEIGHT = 1;

    private Map<IpPrefix, ForwardingRoute> configured = Map.of();

    /** Takes in all that there are; returns the prefixes of which something has changed. */
    Set<IpPrefix> configure(List<LabelledRoutePlan> plans) {
        Map<IpPrefix, ForwardingRoute> before = configured;
        Map<IpPrefix, ForwardingRoute> after = new HashMap<>();
        plans.forEach(plan -> after.put(plan.prefix(), route(plan)));
        configured = after;
        Set<IpPrefix> changed = new HashSet<>(before.keySet());
        changed.addAll(after.keySet());
        changed.removeIf(
                prefix -> after.containsKey(prefix) && after.get(prefix).equals(before.get(prefix)));
        return changed;
    }

    /** Those that there are. */
    Set<IpPrefix> prefixes() {
        return configured.keySet();
    }

    private static ForwardingRoute route(LabelledRoutePlan plan) {
        return new ForwardingRoute(
                RouteKind.UNICAST,
                plan.hops().stream().map(hop -> nextHop(hop, plan.labels())).toList());
    }

    private static ForwardingRoute.NextHop nextHop(LabelPlan.Hop hop, OutgoingLabels labels) {
        return new ForwardingRoute.NextHop(
                hop.interfaceId(), WireAddresses.high(hop.gateway()), WireAddresses.low(hop.gateway()), WEIGHT, labels);
    }

    /** What the data plane is to have where the kernel's best route only keeps the place of one with labels; else null. */
    @Nullable
    ForwardingRoute inPlaceOf(KernelRoute best, IpPrefix prefix) {
        boolean isOurs = best.type() == RouteType.UNREACHABLE && best.protocol() == RouterNamespace.PROTOCOL;
        return isOurs ? configured.get(prefix) : null;
    }

    /** What the kernel itself cannot do: a text, if there is any. */
    List<String> limitations(KernelRouteTable routes) {
        long unreachable = configured.keySet().stream()
                .filter(prefix -> isInPlaceOfBest(prefix, routes.get(prefix)))
                .count();
        return unreachable == 0
                ? List.of()
                : List.of("this kernel has no routes with MPLS labels (mpls_iptunnel): its own packets find "
                        + unreachable + " of them unreachable, all others leave with their labels");
    }

    private boolean isInPlaceOfBest(IpPrefix prefix, RouteCandidates candidates) {
        List<KernelRoute> eligible = RouteOrder.of(prefix.family()).eligible(candidates);
        return !eligible.isEmpty() && inPlaceOf(eligible.getFirst(), prefix) != null;
    }

    /** Whether the data plane can put before packets what the kernel would, if those are labels. */
    static boolean maySend(NextHop nextHop) {
        OutgoingLabels stack = nextHop.labels();
        return stack == null
                || (nextHop.gateway() != null
                        && stack.labels().size() <= Limits.MAX_OUT_LABELS
                        && stack.labels().stream().allMatch(LabelSpec::maySend));
    }
}
