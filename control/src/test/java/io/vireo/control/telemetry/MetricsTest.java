package io.vireo.control.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.view.AlarmStatus;
import io.vireo.control.view.AuditStatus;
import io.vireo.control.view.DataplaneStatus;
import io.vireo.control.view.ExampleClasses;
import io.vireo.control.view.ExampleLinks;
import io.vireo.control.view.FakeNode;
import io.vireo.control.view.NodeStatus;
import io.vireo.control.view.PuntCount;
import io.vireo.control.view.RouterStatus;
import io.vireo.dataplane.wire.counters.TrafficCounts;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MetricsTest {
    @Test
    void shouldWriteEveryFamilyWithHelpAndType() {
        NodeStatus status = new FakeNode().status();
        String text = Metrics.toText(status, ExampleClasses.after(2, 100, 5_000_000, 0), List.of(ExampleLinks.ESP));
        List<String> names = text.lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ", -1)[2])
                .toList();
        assertThat(names).allMatch(name -> name.startsWith("vireo_")).doesNotHaveDuplicates();
        assertThat(text.lines().filter(line -> line.startsWith("# HELP "))).hasSameSizeAs(names);
        assertThat(names)
                .contains("vireo_active_alarms", "vireo_class_guaranteed_bits_per_second", "vireo_class_delay_seconds");
    }

    @Test
    void shouldWriteVirtualLinksWithTheirEnds() {
        String text = Metrics.toText(new FakeNode().status(), List.of(), List.of(ExampleLinks.ESP, ExampleLinks.INNER));
        assertThat(text.lines())
                .contains(
                        "vireo_link_up{interface=\"t1\",kind=\"esp\",local=\"10.9.0.1\",remote=\"10.9.0.2\",router=\"r1\","
                                + "underlay=\"base/core\",vpn=\"blue\"} 0.0",
                        "vireo_link_up{interface=\"to-r2\",kind=\"link\",local=\"\",remote=\"blue/r2/to-r1\",router=\"r1\","
                                + "underlay=\"\",vpn=\"blue\"} 1.0",
                        "vireo_link_mtu_bytes{interface=\"t1\",router=\"r1\",vpn=\"blue\"} 1446.0",
                        "vireo_link_guaranteed_bits_per_second{interface=\"to-r2\",router=\"r1\",vpn=\"blue\"} 8000000.0");
    }

    @Test
    void shouldReportAlarmsAndADataPlaneThatIsDown() {
        NodeStatus status = new NodeStatus(
                "n",
                new DataplaneStatus(DataplaneStatus.State.ABSENT, "not running", 0, 0, null, List.of()),
                List.of(),
                List.of(),
                List.of(),
                new AuditStatus(0, 60),
                List.of(new AlarmStatus("class a", "no room"), new AlarmStatus("class b", "no room")),
                List.of(),
                List.of());
        assertThat(Metrics.toText(status, List.of(), List.of()))
                .contains("\nvireo_dataplane_up 0.0\n")
                .contains("\nvireo_active_alarms 2.0\n");
    }

    /** The buckets of a histogram are cumulative, and the last one counts all (Prometheus text format). */
    @Test
    void shouldWriteDelaysAsACumulativeHistogram() {
        String text = Metrics.toText(
                new FakeNode().status(), ExampleClasses.after(2, 100, 5_000_000, 0), List.of(ExampleLinks.ESP));
        List<Double> voice = text.lines()
                .filter(line -> line.startsWith("vireo_class_delay_seconds_bucket") && line.contains("class=\"voice\""))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
        assertThat(voice).isSorted().hasSizeGreaterThan(5).last().isEqualTo(100.0);
        assertThat(text.toLowerCase(Locale.ROOT)).contains("le=\"+inf\"");
    }

    @Test
    void shouldCountPuntsByClassAndAnswersByKind() {
        RouterStatus router = new RouterStatus(
                "blue",
                7,
                "r1",
                0,
                "vireo-blue-r1",
                new TrafficCounts(0, 0, 0, 0, 0, 0, 3, 0),
                List.of(new PuntCount("glean", 3)),
                List.of(new PuntCount("arp", 5)),
                List.of());
        NodeStatus status = new NodeStatus(
                "n",
                new DataplaneStatus(DataplaneStatus.State.ABSENT, "not running", 0, 0, null, List.of()),
                List.of(),
                List.of(router),
                List.of(),
                new AuditStatus(0, 60),
                List.of(),
                List.of(),
                List.of());
        assertThat(Metrics.toText(status, List.of(), List.of()).lines())
                .contains("vireo_router_punt_class_packets_total{class=\"glean\",router=\"r1\",vpn=\"blue\"} 3.0")
                .contains("vireo_router_answers_total{kind=\"arp\",router=\"r1\",vpn=\"blue\"} 5.0");
    }
}
