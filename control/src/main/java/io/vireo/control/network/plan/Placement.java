package io.vireo.control.network.plan;

import io.vireo.control.model.Problem;
import io.vireo.control.network.model.NetworkDocument;
import io.vireo.control.network.model.NetworkNode;
import io.vireo.control.network.model.NetworkVpn;
import io.vireo.control.network.model.NetworkVpn.NetworkRouter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds a node for each virtual router: the one it says, or of those that it may be on the one with fewest routers. */
final class Placement {
    private final NetworkDocument document;
    private final List<Problem> problems;
    private final Map<String, String> places = new TreeMap<>();
    private final Map<String, Integer> routers = new HashMap<>();

    Placement(NetworkDocument document, List<Problem> problems) {
        this.document = document;
        this.problems = problems;
    }

    /** The node of each router, by {@code VPN/ROUTER}. */
    Map<String, String> place() {
        for (NetworkVpn vpn : document.vpns()) {
            vpn.routers().stream().filter(router -> router.node() != null).forEach(router -> put(vpn, router));
        }
        for (NetworkVpn vpn : document.vpns()) {
            vpn.routers().stream().filter(router -> router.node() == null).forEach(router -> put(vpn, router));
        }
        return places;
    }

    private void put(NetworkVpn vpn, NetworkRouter router) {
        String path = "vpns[" + vpn.name() + "].routers[" + router.name() + "]";
        List<String> nodes = document.nodes().stream().map(NetworkNode::name).toList();
        Optional<String> place = nodes.stream()
                .filter(node -> router.node() == null || router.node().equals(node))
                .filter(node -> router.on().isEmpty() || router.on().contains(node))
                .filter(node -> router.apartFrom().stream()
                        .noneMatch(other -> node.equals(places.get(vpn.name() + "/" + other))))
                .min(Comparator.comparingInt(node -> routers.getOrDefault(node, 0)));
        if (place.isEmpty()) {
            problems.add(Problem.at(
                    path,
                    "there is no node that it may be on"
                            + (router.node() == null ? "" : ": it says node " + router.node())
                            + (router.on().isEmpty() ? "" : ", on " + String.join(", ", router.on()))
                            + (router.apartFrom().isEmpty()
                                    ? ""
                                    : ", apart from " + String.join(", ", router.apartFrom()))));
            return;
        }
        places.put(vpn.name() + "/" + router.name(), place.get());
        routers.merge(place.get(), 1, Integer::sum);
    }
}
