package io.vireo.control.node.mirror;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.node.forwarding.ForwardingRoute;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The neighbours to which a router's routes send packets with labels. No kernel looks for them, for the data plane drops what has no
 * Ethernet address yet. A full table may lead over LDP's labels, each prefix with its own, to a few neighbours; so those are counted as
 * routes change.
 */
final class LabelledNeighbours {
    private final Map<IpPrefix, ForwardingRoute> routes = new HashMap<>();
    private final Map<Neighbour, Integer> counts = new HashMap<>();

    /** @param interfaceId the data plane's number of the interface on whose link it is. */
    record Neighbour(int interfaceId, IpAddress address) {}

    /** The data plane is given a route of a prefix, or has none any more. */
    void note(IpPrefix prefix, @Nullable ForwardingRoute route) {
        ForwardingRoute after = route != null && route.hasLabels() ? route : null;
        if (after == null && routes.isEmpty()) {
            return; // most routers have none, and a million routes
        }
        ForwardingRoute before = after == null ? routes.remove(prefix) : routes.put(prefix, after);
        if (before != null) {
            count(prefix, before, -1);
        }
        if (after != null) {
            count(prefix, after, 1);
        }
    }

    private void count(IpPrefix prefix, ForwardingRoute route, int change) {
        for (ForwardingRoute.NextHop nextHop : route.nextHops()) {
            IpAddress gateway = nextHop.gateway(prefix.family());
            if (nextHop.labels() != null && gateway != null) {
                counts.merge(
                        new Neighbour(nextHop.interfaceId(), gateway),
                        change,
                        (known, more) -> known + more == 0 ? null : known + more);
            }
        }
    }

    Set<Neighbour> all() {
        return Collections.unmodifiableSet(counts.keySet());
    }
}
