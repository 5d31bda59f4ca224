package io.vireo.control.network.plan;

import io.vireo.control.model.Problem;
import io.vireo.control.network.model.NetworkDocument;
import io.vireo.control.network.model.NetworkLink;
import io.vireo.control.network.model.NetworkVpn;
import io.vireo.control.network.model.NetworkVpn.VpnLink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds a path for each virtual link, and takes its rate. One thread, used once. */
final class LinkRouting {
    private final Map<String, String> places;
    private final PathFinder finder;
    private final Capacity capacity;
    private final Allocations allocations;
    private final List<Problem> problems;
    private final List<RoutedLink> routed = new ArrayList<>();

    /** @param places the node of each router, by {@code VPN/ROUTER} */
    LinkRouting(
            NetworkDocument document,
            Map<String, String> places,
            Capacity capacity,
            Allocations allocations,
            List<Problem> problems) {
        this.places = places;
        this.capacity = capacity;
        this.allocations = allocations;
        this.problems = problems;
        finder = new PathFinder(document.links());
    }

    List<RoutedLink> route(NetworkDocument document) {
        for (NetworkVpn vpn : document.vpns()) {
            vpn.links().forEach(link -> route(vpn, link));
        }
        return routed;
    }

    private void route(NetworkVpn vpn, VpnLink link) {
        String path = "vpns[" + vpn.name() + "].links[" + link.name() + "]";
        String nodeA = places.get(vpn.name() + "/" + link.a());
        String nodeB = places.get(vpn.name() + "/" + link.b());
        if (nodeA == null || nodeB == null || link.a().equals(link.b())) {
            problems.add(Problem.at(
                    path,
                    link.a().equals(link.b())
                            ? "has both ends at router " + link.a()
                            : "there is no router " + (nodeA == null ? link.a() : link.b()) + " in VPN " + vpn.name()));
            return;
        }
        List<NetworkLink> found = nodeA.equals(nodeB) ? List.of() : path(vpn, link, nodeA, nodeB);
        if (found == null) {
            problems.add(Problem.at(path, refusal(vpn, link, nodeA, nodeB)));
            return;
        }
        found.forEach(taken -> capacity.take(taken, link.rateBitsPerSecond()));
        RoutedLink result = new RoutedLink(vpn, link, nodeA, nodeB, found);
        allocations.putPath(result.name(), result.pathNames());
        routed.add(result);
    }

    private @Nullable List<NetworkLink> path(NetworkVpn vpn, VpnLink link, String nodeA, String nodeB) {
        Predicate<NetworkLink> isAllowed = allowed(vpn, link);
        if (!link.via().isEmpty()) {
            List<NetworkLink> said = finder.named(nodeA, nodeB, link.via());
            return said != null && said.stream().allMatch(isAllowed) ? said : null;
        }
        List<NetworkLink> before = finder.named(nodeA, nodeB, allocations.pathBefore(vpn.name() + "/" + link.name()));
        if (before != null && before.stream().allMatch(isAllowed) && isFastEnough(link, before)) {
            return before;
        }
        List<NetworkLink> shortest = finder.shortest(nodeA, nodeB, isAllowed);
        return shortest != null && isFastEnough(link, shortest) ? shortest : null;
    }

    private Predicate<NetworkLink> allowed(NetworkVpn vpn, VpnLink link) {
        Set<String> excluded = excluded(vpn, link);
        return candidate -> capacity.isUp(candidate)
                && capacity.left(candidate) >= link.rateBitsPerSecond()
                && !excluded.contains(candidate.name());
    }

    /** What the links that it is to be disjoint from have taken. */
    private Set<String> excluded(NetworkVpn vpn, VpnLink link) {
        Set<String> excluded = new HashSet<>();
        for (RoutedLink other : routed) {
            boolean isOfVpn = other.vpn().name().equals(vpn.name());
            if (isOfVpn
                    && (link.disjointFrom().contains(other.link().name())
                            || other.link().disjointFrom().contains(link.name()))) {
                excluded.addAll(other.pathNames());
            }
        }
        return excluded;
    }

    private static boolean isFastEnough(VpnLink link, List<NetworkLink> path) {
        return link.maxDelayNs() == 0 || delayNs(path) <= link.maxDelayNs();
    }

    private static long delayNs(List<NetworkLink> path) {
        return path.stream().mapToLong(NetworkLink::delayNs).sum();
    }

    /** What is wanted, what is left and where, and what would fit. */
    private String refusal(NetworkVpn vpn, VpnLink link, String nodeA, String nodeB) {
        String ends = " from node " + nodeA + " to node " + nodeB;
        if (!link.via().isEmpty() && finder.named(nodeA, nodeB, link.via()) == null) {
            return "via " + String.join(", ", link.via()) + " is no path" + ends;
        }
        Set<String> excluded = excluded(vpn, link);
        Predicate<NetworkLink> exists = candidate -> capacity.isUp(candidate) && !excluded.contains(candidate.name());
        List<NetworkLink> widest = link.via().isEmpty()
                ? finder.widest(nodeA, nodeB, exists, capacity)
                : finder.named(nodeA, nodeB, link.via());
        if (widest == null) {
            return "there is no path" + ends
                    + (excluded.isEmpty() ? "" : " that avoids " + String.join(", ", excluded));
        }
        NetworkLink narrow = widest.stream()
                .min((first, second) -> Long.compare(capacity.left(first), capacity.left(second)))
                .orElseThrow();
        long left = capacity.left(narrow);
        if (left < link.rateBitsPerSecond()) {
            return "wants " + rate(link.rateBitsPerSecond()) + ends + ", of which at most " + rate(left)
                    + " are left: at substrate link " + narrow.name() + " " + rate(capacity.sold(narrow)) + " of "
                    + rate(narrow.reservableBitsPerSecond()) + " are sold; with a rate of " + rate(left)
                    + ", or with " + rate(link.rateBitsPerSecond() - left) + " less sold there, it would fit";
        }
        List<NetworkLink> fastest = finder.shortest(nodeA, nodeB, allowed(vpn, link));
        return fastest == null
                ? "there is no path" + ends + " with " + rate(link.rateBitsPerSecond()) + " left"
                : "wants a delay of at most " + millis(link.maxDelayNs()) + ends + ", and the path of least delay with "
                        + rate(link.rateBitsPerSecond()) + " left has " + millis(delayNs(fastest));
    }

    private static String rate(long bitsPerSecond) {
        return bitsPerSecond % 1_000_000 == 0 ? bitsPerSecond / 1_000_000 + " Mbit/s" : bitsPerSecond + " bit/s";
    }

    private static String millis(long ns) {
        return ns / 1_000_000.0 + " ms";
    }
}
