package io.vireo.control.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Rates of interfaces, from two looks at their counters. Time is a parameter. */
final class TopView {
    private static final double NS_PER_SECOND = 1e9;

    private Map<String, JsonNode> before = new HashMap<>();
    private Map<String, JsonNode> now = new HashMap<>();
    private long beforeNs;
    private long nowNs;

    /** Takes the answer of {@code /v1/interfaces}, and when it was given. */
    void add(final JsonNode interfaces, final long timeNs) {
        before = now;
        beforeNs = nowNs;
        now = new HashMap<>();
        interfaces.forEach(face ->
                now.put(face.path("path").asString(), face.path("status").path("counts")));
        nowNs = timeNs;
    }

    /** The busiest interfaces first. */
    String table(final int maxRows) {
        final List<Row> rows = new ArrayList<>();
        now.forEach((path, counts) -> rows.add(row(path, counts)));
        rows.sort(Comparator.comparingDouble(Row::packets).reversed().thenComparing(Row::path));
        final Table table = new Table("interface", "rx pkt/s", "rx bit/s", "tx pkt/s", "tx bit/s", "drop/s", "punt/s");
        rows.stream()
                .limit(Math.max(1, maxRows))
                .forEach(row -> table.row(
                        row.path(),
                        scaled(row.rxPackets()),
                        scaled(8 * row.rxBytes()),
                        scaled(row.txPackets()),
                        scaled(8 * row.txBytes()),
                        scaled(row.drops()),
                        scaled(row.punts())));
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

    private Row row(final String path, final JsonNode counts) {
        return new Row(
                path,
                rate(path, counts, "rxPackets"),
                rate(path, counts, "rxBytes"),
                rate(path, counts, "txPackets"),
                rate(path, counts, "txBytes"),
                rate(path, counts, "dropPackets"),
                rate(path, counts, "puntPackets"));
    }

    /** Per second; 0 for an interface that is new, or whose counters began anew. */
    private double rate(final String path, final JsonNode counts, final String field) {
        final JsonNode old = before.get(path);
        if (old == null
                || nowNs <= beforeNs
                || old.path("generation").asLong() != counts.path("generation").asLong()) {
            return 0;
        }
        final long difference = counts.path(field).asLong() - old.path(field).asLong();
        return Math.max(0, difference) * NS_PER_SECOND / (nowNs - beforeNs);
    }

    /** Three significant digits and a unit: 950, 1.25k, 14.9M. */
    static String scaled(final double value) {
        double scaled = value;
        String unit = "";
        for (final String next : new String[] {"k", "M", "G", "T"}) {
            if (scaled < 999.5) {
                break;
            }
            scaled /= 1_000;
            unit = next;
        }
        if (unit.isEmpty()) {
            return String.format(Locale.ROOT, "%.0f", scaled);
        }
        final int decimals = scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f%s", scaled, unit);
    }
}
