package io.vireo.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Curves over a logarithmic axis, as SVG: Vireo's, and one for each peer. The value axis begins at zero, so that heights
 * can be compared.
 */
final class CurveChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 360;
    private static final int LEFT = 70;
    private static final int RIGHT = 170;
    private static final int TOP = 14;
    private static final int BOTTOM = 44;
    private static final int GRID_LINES = 5;
    private static final int POSITION_WIDTH = 48;
    private static final List<String> COLOURS =
            List.of("#1f6f54", "#c0562b", "#46629e", "#8a6d1c", "#7a3b78", "#4b4f56", "#b0345a");

    /** A position and its value. */
    private record Dot(double x, double y) {}

    private final Map<String, List<Dot>> lines = new LinkedHashMap<>();
    private final String axis;
    private final double minX;
    private final double maxX;
    private final double top;

    private CurveChart(List<Measurement> measurements) {
        String name = "";
        for (Measurement measurement : measurements) {
            CurvePoint point = measurement.point();
            if (point != null) {
                name = point.axis();
                add("vireo", point.x(), measurement.vireo());
                Samples peer = measurement.peerSamples();
                if (peer != null) {
                    add(measurement.peer(), point.x(), peer);
                }
            }
        }
        axis = name;
        minX = dots().stream().mapToDouble(Dot::x).min().orElse(1);
        maxX = dots().stream().mapToDouble(Dot::x).max().orElse(10);
        top = Math.max(dots().stream().mapToDouble(Dot::y).max().orElse(1), Double.MIN_NORMAL);
    }

    static String draw(List<Measurement> measurements) {
        return new CurveChart(measurements).svg();
    }

    private void add(String line, double x, Samples samples) {
        Dot dot = new Dot(x, samples.median());
        List<Dot> dots = lines.computeIfAbsent(line, _ -> new ArrayList<>());
        if (!dots.contains(dot)) { // Vireo's stands beside each peer
            dots.add(dot);
        }
    }

    private List<Dot> dots() {
        return lines.values().stream().flatMap(List::stream).toList();
    }

    private String svg() {
        StringBuilder svg = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\">%n"
                        .formatted(WIDTH, HEIGHT, WIDTH));
        grid(svg);
        int index = 0;
        for (Map.Entry<String, List<Dot>> line : lines.entrySet()) {
            draw(svg, line.getKey(), line.getValue(), index++);
        }
        return svg.append("</svg>\n").toString();
    }

    private void grid(StringBuilder svg) {
        for (int i = 0; i <= GRID_LINES; i++) {
            double value = top * i / GRID_LINES;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                    LEFT,
                    down(value),
                    WIDTH - RIGHT,
                    down(value),
                    LEFT - 6,
                    down(value) + 4,
                    TextReport.number(value)));
        }
        positions(svg);
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                (LEFT + WIDTH - RIGHT) / 2,
                HEIGHT - 6,
                HtmlReport.escape(axis)));
    }

    /** As many positions as there is room for. */
    private void positions(StringBuilder svg) {
        double free = 0;
        for (double x : dots().stream().mapToDouble(Dot::x).distinct().sorted().toArray()) {
            if (across(x) >= free) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                        across(x),
                        HEIGHT - BOTTOM + 18,
                        position(x)));
                free = across(x) + POSITION_WIDTH;
            }
        }
    }

    private void draw(StringBuilder svg, String name, List<Dot> dots, int index) {
        String colour = COLOURS.get(index % COLOURS.size());
        StringBuilder points = new StringBuilder();
        for (Dot dot : dots) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", across(dot.x()), down(dot.y())));
        }
        svg.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"")
                .append(colour)
                .append("\" points=\"")
                .append(points.toString().strip())
                .append("\"/>\n");
        svg.append("<text style=\"fill:%s\" x=\"%d\" y=\"%d\">%s</text>%n"
                .formatted(colour, WIDTH - RIGHT + 12, TOP + 14 + 18 * index, HtmlReport.escape(name)));
    }

    private double across(double x) {
        int room = WIDTH - LEFT - RIGHT;
        return maxX == minX ? LEFT + room / 2.0 : LEFT + room * Math.log(x / minX) / Math.log(maxX / minX);
    }

    private double down(double y) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * y / top;
    }

    private static String position(double x) {
        return x == Math.rint(x) && x < 1e15 ? String.format(Locale.ROOT, "%,d", (long) x) : TextReport.number(x);
    }
}
