package io.vireo.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class HtmlReportTest {
    private static final Report REPORT = new Report(
            "bench <everything>",
            Map.of("machine", "R&D \"box\""),
            List.of(
                    Figures.speed("forward/plain", 10, 12, 11).ofFrames(64).beside("l3fwd", Samples.of(5)),
                    Figures.speed("forward/plain", 10, 12, 11).ofFrames(64).beside("testpmd", Samples.of(20)),
                    curve(1, 30),
                    curve(1000, 20),
                    curve(1_000_000, 10)));

    private static Measurement curve(double routes, double rate) {
        return Figures.speed("scale/routes=" + (long) routes, rate)
                .at(new CurvePoint("forwarding over routes", "routes", routes));
    }

    @Test
    void shouldLoadNothingFromOutside() {
        String page = HtmlReport.page(REPORT, null).replace("http://www.w3.org/2000/svg", "");
        assertThat(page).doesNotContain("http:", "https:", "src=", "url(", "@import", "<script", "<link");
    }

    @Test
    void shouldDrawWellFormedPictures() throws Exception {
        Matcher pictures = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(HtmlReport.page(REPORT, null));
        int count = 0;
        while (pictures.find()) {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(pictures.group())));
            count++;
        }
        assertThat(count).isEqualTo(2);
    }

    @Test
    void shouldDrawVireoOncePerScenarioAndEachPeer() {
        String bars = BarChart.draw(REPORT.measurements().subList(0, 2));
        assertThat(bars.split("<rect", -1)).hasSize(1 + 3);
    }

    @Test
    void shouldDrawACurveThroughItsPointsFromTopToBottom() {
        String chart = CurveChart.draw(REPORT.measurements().subList(2, 5));
        assertThat(chart).contains("points=\"70.0,14.0 ").contains("1,000,000").contains("routes");
    }

    @Test
    void shouldShowTextAsText() {
        assertThat(HtmlReport.page(REPORT, null))
                .contains("bench &lt;everything&gt;")
                .contains("R&amp;D &quot;box&quot;")
                .doesNotContain("<everything>");
    }

    @Test
    void shouldShowWhatBecameFaster() {
        Comparison comparison =
                Comparison.of(List.of(Figures.speed("forward/plain", 5).ofFrames(64)), REPORT.measurements());
        assertThat(HtmlReport.page(REPORT, comparison))
                .contains("<tr class=\"faster\">")
                .contains("+120.0%");
    }
}
