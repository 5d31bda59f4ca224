package io.vireo.control.node.routing;

import io.vireo.control.node.events.Events;
import io.vireo.control.node.routing.suite.Observation;
import io.vireo.control.view.RoutingStatus.Neighbour;
import java.util.List;

/** What the daemons of a router say of themselves, and an event for each neighbour that comes or goes. One thread at a time. */
final class NeighbourWatch {
    private final String router;
    private final Events events;
    private Observation last = Observation.NONE;

    NeighbourWatch(String router, Events events) {
        this.router = router;
        this.events = events;
    }

    Observation last() {
        return last;
    }

    void onObservation(Observation next) {
        List<String> before = namesOfThoseUp(last);
        List<String> now = namesOfThoseUp(next);
        last = next;
        now.stream()
                .filter(name -> !before.contains(name))
                .forEach(name -> events.info("routing.state", router, name + " is up"));
        before.stream()
                .filter(name -> !now.contains(name))
                .forEach(name -> events.warning("routing.state", router, name + " is down"));
    }

    private static List<String> namesOfThoseUp(Observation observation) {
        return observation.neighbours().stream()
                .filter(Neighbour::up)
                .map(NeighbourWatch::name)
                .distinct()
                .toList();
    }

    private static String name(Neighbour neighbour) {
        String by = neighbour.interfaceName().isEmpty() ? "" : " by " + neighbour.interfaceName();
        return neighbour.protocol() + " neighbour " + neighbour.address() + by;
    }
}
