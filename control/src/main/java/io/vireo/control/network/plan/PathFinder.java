package io.vireo.control.network.plan;

import io.vireo.control.network.model.NetworkLink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/** Paths over substrate links. E. W. Dijkstra, "A note on two problems in connexion with graphs", 1959. */
final class PathFinder {
    /** A link costs its delay, and a little, so that of paths of no delay the shortest wins. */
    private static final long HOP_NS = 1_000;

    private final Map<String, List<NetworkLink>> byNode = new HashMap<>();
    private final Map<String, NetworkLink> byName = new HashMap<>();

    PathFinder(Collection<NetworkLink> links) {
        for (NetworkLink link : links) {
            byNode.computeIfAbsent(link.a().node(), unknown -> new ArrayList<>())
                    .add(link);
            byNode.computeIfAbsent(link.b().node(), unknown -> new ArrayList<>())
                    .add(link);
            byName.put(link.name(), link);
        }
    }

    private record Reached(
            String node,
            long cost,
            @Nullable NetworkLink by,
            @Nullable Reached from) {}

    /** The path of least delay over links that are allowed, or null. */
    @Nullable
    List<NetworkLink> shortest(String from, String to, Predicate<NetworkLink> isAllowed) {
        return best(from, to, isAllowed, (link, cost) -> cost + link.delayNs() + HOP_NS);
    }

    /** The path whose smallest capacity is largest, or null. */
    @Nullable
    List<NetworkLink> widest(String from, String to, Predicate<NetworkLink> isAllowed, Capacity capacity) {
        return best(from, to, isAllowed, (link, cost) -> Math.max(cost, Long.MAX_VALUE - capacity.left(link)));
    }

    /** @param cost of a path that had a cost and goes on by a link; it does not fall. */
    private @Nullable List<NetworkLink> best(
            String from, String to, Predicate<NetworkLink> isAllowed, ToLongBiFunction<NetworkLink, Long> cost) {
        PriorityQueue<Reached> queue =
                new PriorityQueue<>(Comparator.comparingLong(Reached::cost).thenComparing(Reached::node));
        Set<String> done = new HashSet<>();
        queue.add(new Reached(from, 0, null, null));
        while (!queue.isEmpty()) {
            Reached reached = queue.remove();
            if (reached.node().equals(to)) {
                return links(reached);
            }
            if (done.add(reached.node())) {
                for (NetworkLink link : byNode.getOrDefault(reached.node(), List.of())) {
                    if (isAllowed.test(link)) {
                        queue.add(new Reached(
                                link.farNode(reached.node()), cost.applyAsLong(link, reached.cost()), link, reached));
                    }
                }
            }
        }
        return null;
    }

    private static List<NetworkLink> links(Reached last) {
        List<NetworkLink> links = new ArrayList<>();
        for (Reached at = last; at.by() != null && at.from() != null; at = at.from()) {
            links.add(at.by());
        }
        return links.reversed();
    }

    /** The links of these names, if they lead from one node to the other; else null. */
    @Nullable
    List<NetworkLink> named(String from, String to, List<String> names) {
        List<NetworkLink> links = new ArrayList<>();
        String at = from;
        for (String name : names) {
            NetworkLink link = byName.get(name);
            if (link == null || link.at(at) == null) {
                return null;
            }
            links.add(link);
            at = link.farNode(at);
        }
        return at.equals(to) && !links.isEmpty() ? links : null;
    }
}
