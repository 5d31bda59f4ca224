package io.vireo.control.cli;

import io.vireo.control.view.ClassStatus;
import io.vireo.control.view.CurveStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The scheduling trees, with the rates between two looks at their counters. Time is a parameter. */
final class ClassView implements LiveView {
    private static final String NONE = "";

    private final @Nullable String interfacePath;
    private Map<String, ClassStatus> before = Map.of();
    private Map<String, ClassStatus> now = Map.of();
    private Map<String, Long> portRates = Map.of();
    private long beforeNs;
    private long nowNs;

    /** @param interfacePath the interface to look at, as {@code VPN/ROUTER/INTERFACE}; null for all */
    ClassView(final @Nullable String interfacePath) {
        this.interfacePath = interfacePath;
    }

    @Override
    public JsonNode look(final ControlClient client) {
        final JsonNode ports = client.get("/v1/ports");
        final JsonNode classes = client.get(
                new Queries("/v1/classes").with("interface", interfacePath).toString());
        add(ports, classes, System.nanoTime());
        return ControlClient.JSON.valueToTree(rates());
    }

    /** Takes the answers of {@code /v1/ports} and {@code /v1/classes}, and when the latter was given. */
    void add(final JsonNode ports, final JsonNode classes, final long timeNs) {
        before = now;
        beforeNs = nowNs;
        nowNs = timeNs;
        now = new LinkedHashMap<>();
        Arrays.stream(ControlClient.JSON.treeToValue(classes, ClassStatus[].class))
                .forEach(each -> now.put(each.key(), each));
        portRates = new HashMap<>();
        ports.forEach(port -> portRates.put(
                port.path("name").asString(), port.path("rateBitsPerSecond").asLong()));
    }

    /** What each class did between the last two looks, parents before their children. */
    List<ClassRates> rates() {
        return now.values().stream()
                .map(each -> ClassRates.between(before.get(each.key()), each, nowNs - beforeNs))
                .toList();
    }

    @Override
    public String table(final int maxRows) {
        final Table table = new Table(
                "class",
                "promised",
                "at first",
                "limit",
                "delivered",
                "borrowed",
                "p50",
                "p99",
                "p99.9",
                "max",
                "queued",
                "dropped",
                "marked");
        rows().stream().limit(Math.max(1, maxRows)).forEach(table::row);
        return table.toText();
    }

    private List<Object[]> rows() {
        final Map<String, List<ClassRates>> ofPort = new LinkedHashMap<>();
        final Map<String, List<ClassRates>> below = new HashMap<>();
        for (final ClassRates rates : rates()) {
            final ClassStatus status = rates.status();
            (status.parent() == null
                            ? ofPort.computeIfAbsent(status.port(), ignored -> new ArrayList<>())
                            : below.computeIfAbsent(status.parent(), ignored -> new ArrayList<>()))
                    .add(rates);
        }
        final List<Object[]> rows = new ArrayList<>();
        ofPort.forEach((port, tops) -> {
            rows.add(portRow(port, tops));
            addRows(tops, NONE, below, rows);
        });
        return rows;
    }

    private static void addRows(
            final List<ClassRates> siblings,
            final String indent,
            final Map<String, List<ClassRates>> below,
            final List<Object[]> rows) {
        for (int i = 0; i < siblings.size(); i++) {
            final boolean isLast = i == siblings.size() - 1;
            final ClassRates rates = siblings.get(i);
            final List<ClassRates> children = below.getOrDefault(rates.status().key(), List.of());
            rows.add(classRow(indent + (isLast ? "└ " : "├ "), rates, children.isEmpty()));
            addRows(children, indent + (isLast ? "  " : "│ "), below, rows);
        }
    }

    private Object[] portRow(final String port, final List<ClassRates> tops) {
        final long rate = portRates.getOrDefault(port, 0L);
        final long delivered =
                tops.stream().mapToLong(ClassRates::deliveredBitsPerSecond).sum();
        return new Object[] {
            port,
            NONE,
            NONE,
            rate == 0 ? NONE : Scaled.of(rate),
            Scaled.of(delivered),
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE
        };
    }

    private static Object[] classRow(final String branch, final ClassRates rates, final boolean isLeaf) {
        final ClassStatus status = rates.status();
        return new Object[] {
            branch + (status.parent() == null ? status.key() : status.name()),
            rate(status.realTime()),
            firstPiece(status.realTime()),
            rate(status.upperLimit()),
            Scaled.of(rates.deliveredBitsPerSecond()),
            Scaled.of(rates.borrowedBitsPerSecond()),
            delay(rates, rates.delays().p50Ns()),
            delay(rates, rates.delays().p99Ns()),
            delay(rates, rates.delays().p999Ns()),
            delay(rates, rates.delays().maxNs()),
            isLeaf ? status.queuedPackets() : NONE,
            isLeaf ? rates.droppedPackets() : NONE,
            isLeaf ? rates.markedPackets() : NONE
        };
    }

    private static String rate(final @Nullable CurveStatus curve) {
        return curve == null ? NONE : Scaled.of(curve.secondRateBitsPerSecond());
    }

    /** Nothing for a straight curve, which is said by its rate alone. */
    private static String firstPiece(final @Nullable CurveStatus curve) {
        if (curve == null || curve.firstSpanNs() == 0) {
            return NONE;
        }
        return Scaled.of(curve.firstRateBitsPerSecond()) + " for " + Scaled.time(curve.firstSpanNs());
    }

    private static String delay(final ClassRates rates, final long ns) {
        return rates.sentPackets() == 0 ? NONE : Scaled.time(ns);
    }
}
