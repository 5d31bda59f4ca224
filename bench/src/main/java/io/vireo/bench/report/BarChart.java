package io.vireo.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Bars, one for each contender of each scenario, as SVG. The thin line on a bar goes from the smallest to the largest reading. */
final class BarChart {
    private static final int WIDTH = 900;
    private static final int LABEL_WIDTH = 330;
    private static final int VALUE_WIDTH = 90;
    private static final int BAR_HEIGHT = 14;
    private static final int ROW_HEIGHT = 18;
    private static final int GAP = 8;
    private static final String VIREO = "#1f6f54";
    private static final String PEER = "#9aa5b1";

    /** One contender's bar. */
    private record Bar(String label, Samples samples, String colour, boolean startsScenario) {}

    private BarChart() {}

    static String draw(List<Measurement> measurements) {
        List<Bar> bars = bars(measurements);
        double max = bars.stream().mapToDouble(bar -> bar.samples().max()).max().orElse(1);
        double scale = (WIDTH - LABEL_WIDTH - VALUE_WIDTH) / (max > 0 ? max : 1);
        StringBuilder body = new StringBuilder();
        int y = 0;
        for (Bar bar : bars) {
            y += bar.startsScenario() ? GAP : 0;
            body.append(row(bar, y, scale));
            y += ROW_HEIGHT;
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\">\n"
                        .formatted(WIDTH, y + GAP, WIDTH)
                + body
                + "</svg>\n";
    }

    private static List<Bar> bars(List<Measurement> measurements) {
        List<Bar> bars = new ArrayList<>();
        String last = "";
        for (Measurement measurement : measurements) {
            String scenario = name(measurement);
            if (!scenario.equals(last)) {
                bars.add(new Bar(scenario, measurement.vireo(), VIREO, true));
            }
            last = scenario;
            Samples peer = measurement.peerSamples();
            if (peer != null) {
                bars.add(new Bar(measurement.peer(), peer, PEER, false));
            }
        }
        return bars;
    }

    private static String name(Measurement measurement) {
        String what = measurement.scenario().replaceFirst("^[^/]*/", "");
        return measurement.frameBytes() == 0 ? what : what + ", " + measurement.frameBytes() + " B";
    }

    private static String row(Bar bar, int y, double scale) {
        double length = bar.samples().median() * scale;
        double middle = y + BAR_HEIGHT / 2.0;
        return String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                        + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>"
                        + "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#1a1a1a\"/>"
                        + "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
                LABEL_WIDTH - 6,
                y + 11,
                HtmlReport.escape(bar.label()),
                LABEL_WIDTH,
                y,
                Math.max(1, length),
                BAR_HEIGHT,
                bar.colour(),
                LABEL_WIDTH + bar.samples().min() * scale,
                middle,
                LABEL_WIDTH + bar.samples().max() * scale,
                middle,
                LABEL_WIDTH + bar.samples().max() * scale + 6,
                y + 11,
                TextReport.number(bar.samples().median()));
    }
}
