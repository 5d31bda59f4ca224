package io.vireo.control.telemetry;

import static io.vireo.control.telemetry.MetricPoints.count;
import static io.vireo.control.telemetry.MetricPoints.counter;
import static io.vireo.control.telemetry.MetricPoints.gauge;
import static io.vireo.control.telemetry.MetricPoints.point;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.vireo.control.view.RoutingStatus;
import java.util.List;

/** Routing daemons as metrics. */
final class RoutingMetrics {

    private RoutingMetrics() {}

    static List<MetricSnapshot> snapshots(List<RoutingStatus> routing) {
        return List.of(
                gauge(
                        "vireo_routing_up",
                        "1 while all routing daemons of the router run",
                        routing.stream()
                                .map(each -> point(
                                        labels(each).add("protocol", each.protocol()),
                                        each.state().equals(RoutingStatus.UP) ? 1 : 0))
                                .toList()),
                counter(
                        "vireo_routing_restarts",
                        "how often a routing daemon was started again since control began",
                        routing.stream()
                                .flatMap(each -> each.daemons().stream()
                                        .map(daemon ->
                                                count(labels(each).add("daemon", daemon.name()), daemon.restarts())))
                                .toList()),
                gauge(
                        "vireo_routing_neighbours",
                        "neighbours with whom the router's daemons exchange routes or, of bfd, hellos",
                        routing.stream()
                                .map(each -> point(labels(each), (double) neighboursUp(each)))
                                .toList()),
                gauge(
                        "vireo_routing_routes",
                        "routes of a protocol that are in use, the best of their prefixes",
                        routing.stream()
                                .flatMap(each -> each.routes().stream()
                                        .map(routes -> point(
                                                labels(each)
                                                        .add("protocol", routes.protocol())
                                                        .add("family", routes.family()),
                                                (double) routes.used())))
                                .toList()));
    }

    private static long neighboursUp(RoutingStatus routing) {
        return routing.neighbours().stream().filter(RoutingStatus.Neighbour::up).count();
    }

    private static Labels labels(RoutingStatus routing) {
        return Labels.of("vpn", routing.vpn(), "router", routing.router());
    }
}
