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

/** The scheduling trees, with the rates between two samples of their counters. Time is a parameter. */
final class ClassView implements LiveView {
    private static final String NONE = "";

    private final @Nullable String interfacePath;
    private Map<String, ClassStatus> before = Map.of();
    private Map<String, ClassStatus> now = Map.of();
    private Map<String, Long> portRates = Map.of();
    private long beforeNs;
    private long nowNs;

    /** @param interfacePath the interface to show, as {@code VPN/ROUTER/INTERFACE}; null for all */
    ClassView(@Nullable String interfacePath) {
        this.interfacePath = interfacePath;
    }

    @Override
    public JsonNode sample(ControlClient client) {
        JsonNode ports = client.get("/v1/ports");
        JsonNode classes = client.get(
                new Queries("/v1/classes").with("interface", interfacePath).toString());
        add(ports, classes, System.nanoTime());
        return ControlClient.JSON.valueToTree(rates());
    }

    /** Adds answers of {@code /v1/ports} and {@code /v1/classes}, and the time of the latter. */
    void add(JsonNode ports, JsonNode classes, long timeNs) {
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

    /** What each class did between the last two samples, parents before their children. */
    List<ClassRates> rates() {
        return now.values().stream()
                .map(each -> ClassRates.between(before.get(each.key()), each, nowNs - beforeNs))
                .toList();
    }

    @Override
    public String table(int maxRows) {
        Table table = new Table(
                "class",
                "guaranteed",
                "initial",
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
        Map<String, List<ClassRates>> ofPort = new LinkedHashMap<>();
        Map<String, List<ClassRates>> below = new HashMap<>();
        for (ClassRates rates : rates()) {
            ClassStatus status = rates.status();
            (status.parent() == null
                            ? ofPort.computeIfAbsent(status.port(), ignored -> new ArrayList<>())
                            : below.computeIfAbsent(status.parent(), ignored -> new ArrayList<>()))
                    .add(rates);
        }
        List<Object[]> rows = new ArrayList<>();
        ofPort.forEach((port, tops) -> {
            rows.add(portRow(port, tops));
            addRows(tops, NONE, below, rows);
        });
        return rows;
    }

    private static void addRows(
            List<ClassRates> siblings, String indent, Map<String, List<ClassRates>> below, List<Object[]> rows) {
        for (int i = 0; i < siblings.size(); i++) {
            boolean isLast = i == siblings.size() - 1;
            ClassRates rates = siblings.get(i);
            List<ClassRates> children = below.getOrDefault(rates.status().key(), List.of());
            rows.add(classRow(indent + (isLast ? "└ " : "├ "), rates, children.isEmpty()));
            addRows(children, indent + (isLast ? "  " : "│ "), below, rows);
        }
    }

    private Object[] portRow(String port, List<ClassRates> tops) {
        long rate = portRates.getOrDefault(port, 0L);
        long delivered =
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

    private static Object[] classRow(String branch, ClassRates rates, boolean isLeaf) {
        ClassStatus status = rates.status();
        return new Object[] {
            branch + (status.parent() == null ? status.key() : status.name()),
            rate(status.realTime()),
            initialSlope(status.realTime()),
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

    private static String rate(@Nullable CurveStatus curve) {
        return curve == null ? NONE : Scaled.of(curve.secondRateBitsPerSecond());
    }

    /** Nothing for a linear curve, whose rate says it all. */
    private static String initialSlope(@Nullable CurveStatus curve) {
        if (curve == null || curve.firstSpanNs() == 0) {
            return NONE;
        }
        return Scaled.of(curve.firstRateBitsPerSecond()) + " for " + Scaled.time(curve.firstSpanNs());
    }

    private static String delay(ClassRates rates, long ns) {
        return rates.sentPackets() == 0 ? NONE : Scaled.time(ns);
    }
}
