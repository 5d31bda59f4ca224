package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.api.ApiFixture;
import io.vireo.control.telemetry.Metrics;
import io.vireo.control.view.FakeNode;
import io.vireo.control.view.NodeStatus;
import io.vireo.control.view.RoutingStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ShowRoutingTest {
    private static final RoutingStatus RED = new RoutingStatus(
            "red",
            "r1",
            "ospf",
            RoutingStatus.UP,
            null,
            "/run/vireo-routing/n@7",
            "not enforced: no cgroup v2",
            List.of(new RoutingStatus.Daemon("zebra", 11, 0), new RoutingStatus.Daemon("ospfd", 12, 2)),
            List.of(
                    new RoutingStatus.Neighbour("ospf", "10.0.0.2", "east", "Full/-", true),
                    new RoutingStatus.Neighbour("ospf", "10.0.1.2", "west", "Init/-", false)),
            List.of(new RoutingStatus.Learned("ospf", "ipv4", 4, 3)));
    private static final RoutingStatus BLUE = new RoutingStatus(
            "blue",
            "r1",
            "rip",
            RoutingStatus.FAILING,
            "ripd has ended",
            "/run/vireo-routing/n@8",
            "",
            List.of(),
            List.of(),
            List.of());

    @Test
    void shouldShowDaemonsNeighboursAndRoutes() throws IOException {
        try (ApiFixture fixture = new ApiFixture()) {
            assertThat(fixture.client().get("/v1/routing").isEmpty()).isTrue();
            fixture.node.route(BLUE, RED);
            JsonNode rows = fixture.client().get("/v1/routing");
            assertThat(rows.path(0).path("reason").asString()).isEqualTo("ripd has ended");
            assertThat(rows.path(1)
                            .path("neighbours")
                            .path(0)
                            .path("interfaceName")
                            .asString())
                    .isEqualTo("east");
            assertThat(show("--socket=" + fixture.socket))
                    .contains("zebra 11, ospfd 12 (2 restarts)")
                    .contains("10.0.0.2 Full/-, 10.0.1.2 Init/-")
                    .contains("ospf ipv4 3/4");
        }
    }

    private static String show(String socket) {
        StringWriter out = new StringWriter();
        VireoCli.run(new PrintWriter(out), new PrintWriter(out), "show", "routing", socket);
        return out.toString();
    }

    @Test
    void shouldCountInMetricsAndRaiseAnAlarmForWhatFails() {
        NodeStatus status = new FakeNode().status().with(List.of(BLUE, RED));
        assertThat(status.alarms())
                .anyMatch(alarm -> alarm.subject().equals("routing of blue/r1")
                        && alarm.reason().equals("ripd has ended"));
        assertThat(Metrics.toText(status, List.of(), List.of()).lines())
                .contains(
                        "vireo_routing_up{protocol=\"rip\",router=\"r1\",vpn=\"blue\"} 0.0",
                        "vireo_routing_up{protocol=\"ospf\",router=\"r1\",vpn=\"red\"} 1.0",
                        "vireo_routing_restarts_total{daemon=\"ospfd\",router=\"r1\",vpn=\"red\"} 2.0",
                        "vireo_routing_neighbours{router=\"r1\",vpn=\"red\"} 1.0",
                        "vireo_routing_routes{family=\"ipv4\",protocol=\"ospf\",router=\"r1\",vpn=\"red\"} 3.0");
    }
}
