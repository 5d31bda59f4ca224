package io.vireo.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link Report} as one HTML page that needs nothing else: styles and drawings are inside, nothing is loaded. */
public final class HtmlReport {
    private static final String STYLE = """
            body { font: 15px/1.45 system-ui, sans-serif; color: #1a1a1a; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
            table { border-collapse: collapse; width: 100%; font-size: .85rem; }
            th, td { text-align: left; padding: .2rem .5rem; border-bottom: 1px solid #ddd; vertical-align: top; }
            .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
            .faster { color: #11643a; font-weight: 600; } .slower { color: #a3162e; font-weight: 600; }
            svg { max-width: 100%; height: auto; break-inside: avoid; } svg text { font: 12px system-ui, sans-serif; fill: #1a1a1a; }
            figure { margin: 1rem 0; break-inside: avoid; } figcaption { font-weight: 600; margin-bottom: .3rem; }
            @media print { body { margin: 0; max-width: none; font-size: 11px; } tr { break-inside: avoid; } @page { margin: 15mm; } }
            """;

    private HtmlReport() {}

    /** The page; {@code comparison} is shown when there is one. */
    public static String page(Report report, @Nullable Comparison comparison) {
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<title>")
                .append(escape(report.title()))
                .append("</title><style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>")
                .append(escape(report.title()))
                .append("</h1>\n");
        html.append(conditions(report.conditions()));
        bars(report).forEach((group, members) -> html.append(figure(group, BarChart.draw(members))));
        curves(report).forEach((curve, points) -> html.append(figure(curve, CurveChart.draw(points))));
        html.append(figures(report));
        if (comparison != null) {
            html.append(compared(comparison));
        }
        return html.append("</body></html>\n").toString();
    }

    /** Text that means itself in HTML. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Figures of one command and unit share a chart. */
    private static Map<String, List<Measurement>> bars(Report report) {
        Map<String, List<Measurement>> groups = new LinkedHashMap<>();
        for (Measurement measurement : report.measurements()) {
            if (measurement.point() == null) {
                String group = measurement.scenario().split("/", 2)[0] + ", "
                        + measurement.unit().symbol();
                groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(measurement);
            }
        }
        return groups;
    }

    private static Map<String, List<Measurement>> curves(Report report) {
        Map<String, List<Measurement>> groups = new LinkedHashMap<>();
        for (Measurement measurement : report.measurements()) {
            CurvePoint point = measurement.point();
            if (point != null) {
                String group = point.curve() + ", " + measurement.unit().symbol();
                groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(measurement);
            }
        }
        return groups;
    }

    private static String figure(String caption, String svg) {
        return "<figure><figcaption>" + escape(caption) + "</figcaption>\n" + svg + "</figure>\n";
    }

    private static String conditions(Map<String, String> conditions) {
        StringBuilder rows = new StringBuilder("<table>\n");
        conditions.forEach((name, value) -> rows.append("<tr><th>")
                .append(escape(name))
                .append("</th><td>")
                .append(escape(value))
                .append("</td></tr>\n"));
        return rows.append("</table>\n").toString();
    }

    private static String figures(Report report) {
        StringBuilder rows = new StringBuilder(
                        "<h2>All figures</h2>\n<table>\n<tr><th>scenario</th><th class=\"n\">bytes</th>")
                .append("<th class=\"n\">Vireo</th><th>peer</th><th class=\"n\">peer</th><th class=\"n\">ratio</th>")
                .append("<th class=\"n\">spread</th><th>unit</th></tr>\n");
        for (Measurement measurement : report.measurements()) {
            Samples peer = measurement.peerSamples();
            Double ratio = measurement.ratio();
            rows.append("<tr>")
                    .append(cell(measurement.scenario()))
                    .append(number(measurement.frameBytes() == 0 ? "" : Integer.toString(measurement.frameBytes())))
                    .append(number(TextReport.number(measurement.vireo().median())))
                    .append(cell(measurement.peer()))
                    .append(number(peer == null ? "" : TextReport.number(peer.median())))
                    .append(number(ratio == null ? "" : String.format(Locale.ROOT, "%.2f", ratio)))
                    .append(number(String.format(
                            Locale.ROOT, "%.0f%%", 100 * measurement.vireo().spread())))
                    .append(cell(measurement.unit().symbol()))
                    .append("</tr>\n");
        }
        return rows.append("</table>\n").toString();
    }

    private static String compared(Comparison comparison) {
        StringBuilder rows = new StringBuilder("<h2>Compared with the older run</h2>\n<table>\n<tr><th>scenario</th>")
                .append(
                        "<th class=\"n\">before</th><th class=\"n\">now</th><th class=\"n\">change</th><th></th></tr>\n");
        for (Comparison.Row row : comparison.rows()) {
            Measurement shown = row.now() == null ? row.before() : row.now();
            if (shown != null) {
                rows.append("<tr class=\"")
                        .append(row.verdict().name().toLowerCase(Locale.ROOT))
                        .append("\">")
                        .append(cell(shown.scenario()))
                        .append(number(Comparison.median(row.before())))
                        .append(number(Comparison.median(row.now())))
                        .append(number(Comparison.percent(row.change())))
                        .append(cell(row.verdict().words()))
                        .append("</tr>\n");
            }
        }
        return rows.append("</table>\n").toString();
    }

    private static String cell(String text) {
        return "<td>" + escape(text) + "</td>";
    }

    private static String number(String text) {
        return "<td class=\"n\">" + escape(text) + "</td>";
    }
}
