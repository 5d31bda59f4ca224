package io.vireo.control.node.routing.suite;

import io.vireo.control.view.RoutingStatus.Learned;
import io.vireo.control.view.RoutingStatus.Neighbour;
import java.util.List;

/** What the daemons of a router say at one moment. */
public record Observation(List<Neighbour> neighbours, List<Learned> routes) {
    public static final Observation NONE = new Observation(List.of(), List.of());

    public Observation {
        neighbours = List.copyOf(neighbours);
        routes = List.copyOf(routes);
    }
}
