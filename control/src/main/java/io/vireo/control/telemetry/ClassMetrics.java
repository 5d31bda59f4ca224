package io.vireo.control.telemetry;

import static io.vireo.control.telemetry.MetricPoints.count;
import static io.vireo.control.telemetry.MetricPoints.counter;
import static io.vireo.control.telemetry.MetricPoints.gauge;
import static io.vireo.control.telemetry.MetricPoints.point;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.vireo.control.view.ClassStatus;
import io.vireo.control.view.CurveStatus;
import io.vireo.control.view.DelayCount;
import io.vireo.control.view.DelayStatus;
import io.vireo.control.view.DropCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Classes of the scheduling trees as metrics. The label {@code class} is empty for an interface's own class. */
final class ClassMetrics {
    private static final double NS_PER_SECOND = 1e9;

    /** Two octaves each, of the data plane's eight buckets: a hundred thousand classes are to fit into one answer. */
    private static final long FIRST_BOUND_NS = 1 << 12;

    private static final long LAST_BOUND_NS = 1L << 32;
    private static final int BOUND_STEP_BITS = 2;

    private static final List<Count> COUNTERS = List.of(
            new Count("sent_packets", "packets sent", ClassStatus::sentPackets),
            new Count("sent_bytes", "bytes of these, with Ethernet header", ClassStatus::sentBytes),
            new Count(
                    "wire_bytes",
                    "bytes of link time used by the class and all below it, overhead included",
                    ClassStatus::wireBytes),
            new Count(
                    "guaranteed_wire_bytes",
                    "of these, what was sent by the guarantee (real-time criterion), not by link sharing",
                    ClassStatus::guaranteedWireBytes),
            new Count("marked_packets", "packets marked congestion experienced", ClassStatus::markedPackets));

    private static final List<Count> GAUGES = List.of(
            new Count("queued_packets", "packets queued now", ClassStatus::queuedPackets),
            new Count("queued_bytes", "bytes of these", ClassStatus::queuedBytes));

    private ClassMetrics() {}

    private record Count(String name, String help, ToLongFunction<ClassStatus> value) {}

    static List<MetricSnapshot> snapshots(List<ClassStatus> classes) {
        List<MetricSnapshot> all = new ArrayList<>();
        all.add(rates("guaranteed", "rate the class is guaranteed in the long run", classes, ClassStatus::realTime));
        all.add(rates("limit", "rate the class may not exceed in the long run", classes, ClassStatus::upperLimit));
        for (Count count : COUNTERS) {
            all.add(counter(
                    "vireo_class_" + count.name(),
                    count.help(),
                    classes.stream()
                            .map(each -> count(labels(each), count.value().applyAsLong(each)))
                            .toList()));
        }
        for (Count count : GAUGES) {
            all.add(gauge(
                    "vireo_class_" + count.name(),
                    count.help(),
                    classes.stream()
                            .map(each ->
                                    point(labels(each), (double) count.value().applyAsLong(each)))
                            .toList()));
        }
        all.add(counter(
                "vireo_class_drop_packets",
                "packets the class dropped, by reason",
                classes.stream()
                        .flatMap(each -> each.drops().stream()
                                .map(drop -> count(labels(each).merge(reason(drop)), drop.packets())))
                        .toList()));
        all.add(delays(classes));
        return all;
    }

    private static MetricSnapshot rates(
            String name, String help, List<ClassStatus> classes, Function<ClassStatus, @Nullable CurveStatus> curve) {
        return gauge(
                "vireo_class_" + name + "_bits_per_second",
                help,
                classes.stream()
                        .filter(each -> curve.apply(each) != null)
                        .map(each -> point(labels(each), (double)
                                Objects.requireNonNull(curve.apply(each)).secondRateBitsPerSecond()))
                        .toList());
    }

    private static MetricSnapshot delays(List<ClassStatus> classes) {
        // A class with children has no packets of its own.
        var parents = classes.stream().map(ClassStatus::parent).collect(Collectors.toSet());
        HistogramSnapshot.Builder builder =
                HistogramSnapshot.builder().name("vireo_class_delay_seconds").help("time the packets sent were queued");
        classes.stream()
                .filter(each -> !parents.contains(each.key()))
                .forEach(each -> builder.dataPoint(HistogramDataPointSnapshot.builder()
                        .labels(labels(each))
                        .classicHistogramBuckets(buckets(each.delays()))
                        .build()));
        return builder.build();
    }

    private static ClassicHistogramBuckets buckets(DelayStatus delays) {
        ClassicHistogramBuckets.Builder builder = ClassicHistogramBuckets.builder();
        long lowestNs = 0;
        for (long boundNs = FIRST_BOUND_NS; boundNs <= LAST_BOUND_NS; boundNs <<= BOUND_STEP_BITS) {
            builder.bucket(boundNs / NS_PER_SECOND, packets(delays, lowestNs, boundNs));
            lowestNs = boundNs;
        }
        return builder.bucket(Double.POSITIVE_INFINITY, packets(delays, lowestNs, Long.MAX_VALUE))
                .build();
    }

    /** Packets of the data plane's buckets that end after {@code lowestNs}, and at {@code boundNs} at the latest. */
    private static long packets(DelayStatus delays, long lowestNs, long boundNs) {
        return delays.buckets().stream()
                .filter(bucket -> bucket.belowNs() > lowestNs && bucket.belowNs() <= boundNs)
                .mapToLong(DelayCount::packets)
                .sum();
    }

    private static Labels labels(ClassStatus status) {
        return Labels.of(
                "port", status.port(),
                "vpn", status.vpn(),
                "router", status.router(),
                "interface", status.interfaceName(),
                "class", status.key().contains(":") ? status.name() : "");
    }

    private static Labels reason(DropCount drop) {
        return Labels.of("reason", drop.reason());
    }
}
