package io.vireo.control.network.api;

import static io.vireo.control.telemetry.MetricPoints.count;
import static io.vireo.control.telemetry.MetricPoints.counter;
import static io.vireo.control.telemetry.MetricPoints.gauge;
import static io.vireo.control.telemetry.MetricPoints.point;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.vireo.control.network.controller.SubstrateLoad;
import io.vireo.control.network.watch.NodeView;
import io.vireo.control.network.watch.VirtualLinkView;
import io.vireo.control.telemetry.MetricPoints;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** A network as metrics. What the nodes count they serve themselves; here is what only the network knows. */
final class NetworkMetrics {

    private NetworkMetrics() {}

    private record End(VirtualLinkView link, VirtualLinkView.End end) {
        Labels labels() {
            return Labels.of("vpn", link.vpn(), "link", link.link(), "node", end.node());
        }
    }

    static String toText(List<NodeView> nodes, List<VirtualLinkView> links, List<SubstrateLoad> loads) {
        List<End> ends = links.stream()
                .flatMap(link -> Stream.of(new End(link, link.a()), new End(link, link.b())))
                .toList();
        return MetricPoints.toText(List.of(
                node("up", "1 while the node's API answers", nodes, node -> node.reachable() ? 1 : 0),
                node("forwarding", "1 while its data plane runs", nodes, node -> node.forwarding() ? 1 : 0),
                node("in_sync", "1 while it has what it should", nodes, node -> node.inSync() ? 1 : 0),
                gauge(
                        "vireo_network_link_up",
                        "1 while both ends of the virtual link say that packets pass",
                        links.stream()
                                .map(link ->
                                        point(Labels.of("vpn", link.vpn(), "link", link.link()), link.up() ? 1 : 0))
                                .toList()),
                end("planned", "what it is to have", ends, end -> end.link().plannedBitsPerSecond()),
                end(
                        "guaranteed",
                        "what its node guarantees it",
                        ends,
                        end -> end.end().guaranteedBitsPerSecond()),
                end("sent", "what this end sent of late", ends, end -> end.end().sentBitsPerSecond()),
                counter(
                        "vireo_network_link_dropped_packets",
                        "dropped by the queues of the end's classes",
                        ends.stream()
                                .map(end -> count(end.labels(), end.end().droppedPackets()))
                                .toList()),
                substrate("reservable", "what may be guaranteed", loads, SubstrateLoad::reservableBitsPerSecond),
                substrate("sold", "what is guaranteed", loads, SubstrateLoad::soldBitsPerSecond),
                gauge(
                        "vireo_network_substrate_up",
                        "1 while virtual links are planned over it",
                        loads.stream()
                                .map(load -> point(labels(load), load.up() ? 1 : 0))
                                .toList())));
    }

    private static GaugeSnapshot node(
            String name, String help, List<NodeView> nodes, ToDoubleFunction<NodeView> value) {
        return gauge(
                "vireo_network_node_" + name,
                help,
                nodes.stream()
                        .map(node -> point(Labels.of("node", node.node()), value.applyAsDouble(node)))
                        .toList());
    }

    private static GaugeSnapshot end(String name, String help, List<End> ends, ToDoubleFunction<End> value) {
        return gauge(
                "vireo_network_link_" + name + "_bits_per_second",
                help + ", in the direction from this node",
                ends.stream()
                        .map(end -> point(end.labels(), value.applyAsDouble(end)))
                        .toList());
    }

    private static GaugeSnapshot substrate(
            String name, String help, List<SubstrateLoad> loads, ToDoubleFunction<SubstrateLoad> value) {
        return gauge(
                "vireo_network_substrate_" + name + "_bits_per_second",
                help + " in the direction from this node",
                loads.stream()
                        .map(load -> point(labels(load), value.applyAsDouble(load)))
                        .toList());
    }

    private static Labels labels(SubstrateLoad load) {
        return Labels.of("link", load.link(), "from", load.from());
    }
}
