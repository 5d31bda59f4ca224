package io.vireo.control.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Rates of interfaces, from two samples of their counters. Time is a parameter. */
final class TopView implements LiveView {
    private static final double NS_PER_SECOND = 1e9;

    private Map<String, JsonNode> before = new HashMap<>();
    private Map<String, JsonNode> now = new HashMap<>();
    private long beforeNs;
    private long nowNs;

    @Override
    public JsonNode sample(ControlClient client) {
        JsonNode interfaces = client.get("/v1/interfaces");
        add(interfaces, System.nanoTime());
        return interfaces;
    }

    /** Adds an answer of {@code /v1/interfaces} and its time. */
    void add(JsonNode interfaces, long timeNs) {
        before = now;
        beforeNs = nowNs;
        now = new HashMap<>();
        interfaces.forEach(each ->
                now.put(each.path("path").asString(), each.path("status").path("counts")));
        nowNs = timeNs;
    }

    /** The busiest interfaces first. */
    @Override
    public String table(int maxRows) {
        List<Row> rows = new ArrayList<>();
        now.forEach((path, counts) -> rows.add(row(path, counts)));
        rows.sort(Comparator.comparingDouble(Row::packets).reversed().thenComparing(Row::path));
        Table table = new Table("interface", "rx pkt/s", "rx bit/s", "tx pkt/s", "tx bit/s", "drop/s", "punt/s");
        rows.stream()
                .limit(Math.max(1, maxRows))
                .forEach(row -> table.row(
                        row.path(),
                        Scaled.of(row.rxPackets()),
                        Scaled.of(8 * row.rxBytes()),
                        Scaled.of(row.txPackets()),
                        Scaled.of(8 * row.txBytes()),
                        Scaled.of(row.drops()),
                        Scaled.of(row.punts())));
        return table.toText();
    }

    private record Row(
            String path,
            double rxPackets,
            double rxBytes,
            double txPackets,
            double txBytes,
            double drops,
            double punts) {

        double packets() {
            return rxPackets + txPackets;
        }
    }

    private Row row(String path, JsonNode counts) {
        return new Row(
                path,
                rate(path, counts, "rxPackets"),
                rate(path, counts, "rxBytes"),
                rate(path, counts, "txPackets"),
                rate(path, counts, "txBytes"),
                rate(path, counts, "dropPackets"),
                rate(path, counts, "puntPackets"));
    }

    /** Per second; 0 for an interface that is new, or whose counters were reset. */
    private double rate(String path, JsonNode counts, String field) {
        JsonNode old = before.get(path);
        if (old == null
                || nowNs <= beforeNs
                || old.path("generation").asLong() != counts.path("generation").asLong()) {
            return 0;
        }
        long difference = counts.path(field).asLong() - old.path(field).asLong();
        return Math.max(0, difference) * NS_PER_SECOND / (nowNs - beforeNs);
    }
}
