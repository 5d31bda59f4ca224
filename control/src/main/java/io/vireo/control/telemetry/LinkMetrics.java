package io.vireo.control.telemetry;

import static io.vireo.control.telemetry.MetricPoints.count;
import static io.vireo.control.telemetry.MetricPoints.counter;
import static io.vireo.control.telemetry.MetricPoints.gauge;
import static io.vireo.control.telemetry.MetricPoints.point;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.vireo.control.view.KeepaliveStatus;
import io.vireo.control.view.LinkStatus;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Virtual links as metrics. What they carry is counted by their interfaces and classes, whose metrics have the same labels. */
final class LinkMetrics {
    private static final double MS_PER_SECOND = 1e3;
    private static final double NS_PER_SECOND = 1e9;

    private LinkMetrics() {}

    static List<MetricSnapshot> snapshots(List<LinkStatus> links) {
        return List.of(
                gauge(
                        "vireo_link_up",
                        "1 while packets pass by the virtual link; kind, underlay and ends are labels",
                        points(
                                links,
                                link -> point(
                                        labels(link)
                                                .add("kind", link.kind())
                                                .add("underlay", link.underlay())
                                                .add("local", link.local())
                                                .add("remote", link.remote()),
                                        link.state() == LinkStatus.State.UP ? 1 : 0))),
                gauge(
                        "vireo_link_state_changed_seconds",
                        "when its carrier came or went, in seconds of the epoch",
                        points(
                                links.stream()
                                        .filter(link -> link.since() != null)
                                        .toList(),
                                link -> point(labels(link), sinceSeconds(link)))),
                gauge(
                        "vireo_link_mtu_bytes",
                        "its largest packet inside",
                        points(links, link -> point(labels(link), link.mtu()))),
                gauge(
                        "vireo_link_guaranteed_bits_per_second",
                        "what it is guaranteed in the sending direction; 0: nothing",
                        points(links, link -> point(labels(link), (double) link.guaranteedBitsPerSecond()))));
    }

    /** Of those tunnels that have keepalives. */
    static List<MetricSnapshot> keepalives(List<LinkStatus> links) {
        List<LinkStatus> watched =
                links.stream().filter(link -> link.keepalive() != null).toList();
        return List.of(
                gauge(
                        "vireo_link_keepalive_round_trip_seconds",
                        "of the last keepalive that was answered; 0: none was",
                        points(
                                watched,
                                link -> point(labels(link), keepalive(link).roundTripNs() / NS_PER_SECOND))),
                counter(
                        "vireo_link_keepalive_requests",
                        "keepalives sent since the tunnel is there",
                        points(
                                watched,
                                link -> count(labels(link), keepalive(link).requests()))),
                counter(
                        "vireo_link_keepalive_lost",
                        "of these, not answered before the next one was sent",
                        points(
                                watched,
                                link -> count(labels(link), keepalive(link).lost()))));
    }

    private static KeepaliveStatus keepalive(LinkStatus link) {
        return Objects.requireNonNull(link.keepalive());
    }

    private static double sinceSeconds(LinkStatus link) {
        return link.since() == null ? 0 : link.since().toEpochMilli() / MS_PER_SECOND;
    }

    private static <T> List<T> points(List<LinkStatus> links, Function<LinkStatus, T> point) {
        return links.stream().map(point).toList();
    }

    private static Labels labels(LinkStatus link) {
        String[] names = link.path().split("/", -1);
        return Labels.of("vpn", names[0], "router", names[1], "interface", names[2]);
    }
}
