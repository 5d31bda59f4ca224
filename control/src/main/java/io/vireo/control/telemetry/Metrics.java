package io.vireo.control.telemetry;

import static io.vireo.control.telemetry.MetricPoints.count;
import static io.vireo.control.telemetry.MetricPoints.counter;
import static io.vireo.control.telemetry.MetricPoints.gauge;
import static io.vireo.control.telemetry.MetricPoints.point;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.vireo.control.view.ClassStatus;
import io.vireo.control.view.DataplaneStatus;
import io.vireo.control.view.DropCount;
import io.vireo.control.view.InterfaceStatus;
import io.vireo.control.view.LinkStatus;
import io.vireo.control.view.NodeStatus;
import io.vireo.control.view.PortStatus;
import io.vireo.control.view.RouterStatus;
import io.vireo.control.view.SystemCount;
import io.vireo.control.view.WorkerStatus;
import io.vireo.dataplane.wire.counters.PortCounts;
import io.vireo.dataplane.wire.counters.TrafficCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** A node as metrics. Counters are reset when the data plane restarts, as Prometheus expects of counters. */
public final class Metrics {
    /** Media type of {@link #toText}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final List<Count<TrafficCounts>> TRAFFIC = List.of(
            new Count<>("rx_packets", "packets received", TrafficCounts::rxPackets),
            new Count<>("rx_bytes", "bytes received, with Ethernet header", TrafficCounts::rxBytes),
            new Count<>("tx_packets", "packets sent", TrafficCounts::txPackets),
            new Count<>("tx_bytes", "bytes sent, with Ethernet header", TrafficCounts::txBytes),
            new Count<>("drop_packets", "packets dropped", TrafficCounts::dropPackets),
            new Count<>("punt_packets", "packets handed to the control plane", TrafficCounts::puntPackets),
            new Count<>(
                    "punt_limited_packets",
                    "packets that the punt limit kept from the control plane",
                    TrafficCounts::puntLimitedPackets));

    private static final List<Count<PortCounts>> PORT = List.of(
            new Count<>("rx_packets", "frames received from the device", PortCounts::rxPackets),
            new Count<>("rx_bytes", "bytes of these", PortCounts::rxBytes),
            new Count<>("tx_packets", "frames handed to the device", PortCounts::txPackets),
            new Count<>("tx_bytes", "bytes of these", PortCounts::txBytes),
            new Count<>(
                    "tx_dropped_packets",
                    "frames dropped because the device's tx queue was full",
                    PortCounts::txDroppedPackets),
            new Count<>(
                    "own_control_packets",
                    "network control of the routers themselves that left before what was queued in classes",
                    PortCounts::ownControlPackets),
            new Count<>(
                    "own_control_limited_packets",
                    "the same beyond the bound for that, queued in its classes",
                    PortCounts::ownControlLimitedPackets),
            new Count<>(
                    "rx_missed_packets",
                    "frames the device dropped because its rx queue was full",
                    PortCounts::missedPackets),
            new Count<>("rx_errors", "frames received with an error", PortCounts::inputErrors),
            new Count<>("tx_errors", "frames the device failed to send", PortCounts::outputErrors),
            new Count<>("rx_no_buffer_packets", "frames without a packet buffer", PortCounts::noBufferPackets));

    private Metrics() {}

    private record Count<T>(String name, String help, ToLongFunction<T> value) {}

    /** The status, the scheduling classes and the virtual links in the text format of Prometheus. */
    public static String toText(NodeStatus status, List<ClassStatus> classes, List<LinkStatus> links) {
        return MetricPoints.toText(snapshots(status, classes, links));
    }

    private static List<MetricSnapshot> snapshots(
            NodeStatus status, List<ClassStatus> classes, List<LinkStatus> links) {
        List<MetricSnapshot> all = new ArrayList<>();
        all.add(gauge(
                "vireo_dataplane_up",
                "1 while the data plane runs and is fully programmed",
                List.of(point(Labels.EMPTY, status.dataplane().state() == DataplaneStatus.State.RUNNING ? 1 : 0))));
        addWorkers(all, status.dataplane().workers());
        for (Count<PortCounts> count : PORT) {
            all.add(counter(
                    "vireo_port_" + count.name(),
                    count.help(),
                    status.ports().stream()
                            .map(port -> count(port(port), count.value().applyAsLong(port.counts())))
                            .toList()));
        }
        all.add(gauge(
                "vireo_port_up",
                "1 while the port has a link",
                status.ports().stream()
                        .map(port -> point(port(port), port.state().equals("up") ? 1 : 0))
                        .toList()));
        all.add(gauge(
                "vireo_port_rate_bits_per_second",
                "rate the port is shaped to",
                status.ports().stream()
                        .filter(port -> port.rateBitsPerSecond() > 0)
                        .map(port -> point(port(port), (double) port.rateBitsPerSecond()))
                        .toList()));
        all.add(gauge(
                "vireo_active_alarms",
                "active alarms: commands the data plane refuses at each attempt; vireo status names them",
                List.of(point(Labels.EMPTY, status.alarms().size()))));
        all.addAll(ClassMetrics.snapshots(classes));
        all.addAll(LinkMetrics.snapshots(links));
        all.addAll(LinkMetrics.keepalives(links));
        all.addAll(RoutingMetrics.snapshots(status.routing()));
        for (Count<TrafficCounts> count : TRAFFIC) {
            all.add(counter("vireo_router_" + count.name(), count.help(), routerPoints(status, count)));
            all.add(counter("vireo_interface_" + count.name(), count.help(), interfacePoints(status, count)));
        }
        all.add(counter(
                "vireo_router_punt_class_packets",
                "packets handed to the control plane, by class; what was over a budget is in vireo_drop_packets",
                puntPoints(status)));
        all.add(counter(
                "vireo_router_answers",
                "packets that the data plane answered in place of the control plane, by kind",
                answerPoints(status)));
        all.add(counter(
                "vireo_drop_packets",
                "packets dropped, by reason",
                status.drops().stream()
                        .map(drop -> count(drop(drop), drop.packets()))
                        .toList()));
        for (SystemCount count : status.counters()) {
            all.add(counter(
                    "vireo_system_" + count.name().toLowerCase(Locale.ROOT),
                    count.description(),
                    List.of(count(Labels.EMPTY, count.value()))));
        }
        return all;
    }

    private static void addWorkers(List<MetricSnapshot> all, List<WorkerStatus> workers) {
        all.add(gauge(
                "vireo_worker_heartbeat_age_seconds",
                "time since the worker's last heartbeat",
                workers.stream()
                        .map(worker -> point(worker(worker), worker.heartbeatAgeMs() / 1_000.0))
                        .toList()));
        all.add(counter(
                "vireo_worker_duty_cycles",
                "duty cycles (iterations) of the worker's loop",
                workers.stream()
                        .map(worker -> count(worker(worker), worker.dutyCycles()))
                        .toList()));
        all.add(counter(
                "vireo_worker_busy_cycles",
                "duty cycles that found work",
                workers.stream()
                        .map(worker -> count(worker(worker), worker.busyCycles()))
                        .toList()));
    }

    private static List<CounterDataPointSnapshot> routerPoints(NodeStatus status, Count<TrafficCounts> count) {
        return status.routers().stream()
                .map(router -> count(router(router), count.value().applyAsLong(router.counts())))
                .toList();
    }

    private static List<CounterDataPointSnapshot> puntPoints(NodeStatus status) {
        List<CounterDataPointSnapshot> points = new ArrayList<>();
        for (RouterStatus router : status.routers()) {
            router.punts().forEach(punt -> points.add(count(router(router).add("class", punt.name()), punt.packets())));
        }
        return points;
    }

    private static List<CounterDataPointSnapshot> answerPoints(NodeStatus status) {
        return status.routers().stream()
                .flatMap(router -> router.answers().stream()
                        .map(answer -> count(router(router).add("kind", answer.name()), answer.packets())))
                .toList();
    }

    private static List<CounterDataPointSnapshot> interfacePoints(NodeStatus status, Count<TrafficCounts> count) {
        List<CounterDataPointSnapshot> points = new ArrayList<>();
        for (RouterStatus router : status.routers()) {
            for (InterfaceStatus each : router.interfaces()) {
                points.add(count(
                        router(router).add("interface", each.name()),
                        count.value().applyAsLong(each.counts())));
            }
        }
        return points;
    }

    private static Labels worker(WorkerStatus worker) {
        return Labels.of("worker", Integer.toString(worker.worker()));
    }

    private static Labels port(PortStatus port) {
        return Labels.of("port", port.name());
    }

    private static Labels router(RouterStatus router) {
        return Labels.of("vpn", router.vpn(), "router", router.router());
    }

    private static Labels drop(DropCount drop) {
        return Labels.of("vpn", text(drop.vpn()), "router", text(drop.router()), "reason", drop.reason());
    }

    private static String text(@org.jspecify.annotations.Nullable String name) {
        return name == null ? "" : name;
    }
}
