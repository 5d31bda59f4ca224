package io.vireo.control.network.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.network.controller.PlannedNetwork;
import io.vireo.control.network.controller.SubstrateLoad;
import io.vireo.control.network.controller.VirtualLinkPath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Three nodes in a triangle: n1-n2 and n2-n3 of 1 ms, n1-n3 of 5 ms, 100 Mbit/s each, of which 90 % may be sold. */
class NetworkPlannerTest {
    private static final String SUBSTRATE = """
        network: acme
        nodes:
          - {name: n1, api: "unix:/n1", configuration: {ports: [{name: p2, device: null}, {name: p3, device: null}]}}
          - {name: n2, api: "unix:/n2", configuration: {ports: [{name: p1, device: null}, {name: p3, device: null}]}}
          - {name: n3, api: "unix:/n3", configuration: {ports: [{name: p1, device: null}, {name: p2, device: null}]}}
        substrate:
          links:
            - {name: n1-n2, a: {node: n1, port: p2}, b: {node: n2, port: p1}, rate: 100Mbit, delay: 1ms, reservable: 90%}
            - {name: n2-n3, a: {node: n2, port: p3}, b: {node: n3, port: p2}, rate: 100Mbit, delay: 1ms, reservable: 90%}
            - {name: n1-n3, a: {node: n1, port: p3}, b: {node: n3, port: p1}, rate: 100Mbit, delay: 5ms, reservable: 90%}
        vpns:
        """;

    private final NetworkPlanner planner = new NetworkPlanner();

    private static String vpn(String name, String links) {
        return """
              - name: %s
                routers: [{name: r1, node: n1}, {name: r2, node: n2}, {name: r3, node: n3}]
                links: [%s]
            """.formatted(name, links);
    }

    private PlannedNetwork plan(String vpns) throws InvalidConfigurationException {
        return planner.plan(SUBSTRATE + vpns, "", Set.of());
    }

    private static List<String> path(PlannedNetwork plan, String name) {
        return plan.links().stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .map(VirtualLinkPath::substrateLinks)
                .orElseThrow();
    }

    @Test
    void shouldTakeThePathOfLeastDelayWithItsRateLeft() throws Exception {
        PlannedNetwork plan = plan(vpn("red", "{name: west, a: r1, b: r3, rate: 60Mbit}")
                + vpn("blue", "{name: west, a: r1, b: r3, rate: 60Mbit}, {name: free, a: r1, b: r3}"));
        assertThat(path(plan, "red/west")).containsExactly("n1-n2", "n2-n3");
        assertThat(path(plan, "blue/west")).containsExactly("n1-n3");
        assertThat(path(plan, "blue/free")).containsExactly("n1-n2", "n2-n3");
        SubstrateLoad first = plan.loads().getFirst();
        assertThat(first.soldBitsPerSecond()).isEqualTo(60_000_000);
        assertThat(first.leftBitsPerSecond()).isEqualTo(30_000_000);
    }

    @Test
    void shouldWritePartsThatNodesUnderstand() throws Exception {
        PlannedNetwork plan = plan(vpn("red", "{name: west, a: r1, b: r3, rate: 60Mbit}"));
        Configuration first = ConfigurationReader.read(plan.parts().getOrDefault("n1", ""));
        assertThat(first.vpns().getFirst().name()).isEqualTo("red");
        assertThat(plan.parts().get("n1")).contains("guarantee: 60000000bit", "100.64.0.1/30", "rate: 100000000bit");
        assertThat(plan.parts().get("n2")).contains("crossings:", "guarantee: 60000000bit");
        assertThat(plan.parts().get("n3")).contains("100.64.0.2/30").doesNotContain("crossings:");
    }

    @Test
    void shouldRefuseByNamePlaceAndAmount() {
        assertThatThrownBy(() -> plan(vpn("red", "{name: west, a: r1, b: r3, rate: 60Mbit}")
                        + vpn("blue", "{name: west, a: r1, b: r3, rate: 60Mbit}")
                        + vpn("green", "{name: west, a: r1, b: r3, rate: 40Mbit}")))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("vpns[green].links[west]")
                .hasMessageContaining("wants 40 Mbit/s from node n1 to node n3, of which at most 30 Mbit/s are left")
                .hasMessageContaining("60 Mbit/s of 90 Mbit/s are sold")
                .hasMessageContaining("with a rate of 30 Mbit/s, or with 10 Mbit/s less sold there, it would fit");
        assertThatThrownBy(() -> plan(vpn("red", "{name: west, a: r1, b: r3, rate: 60Mbit, delay: 1ms}")))
                .hasMessageContaining("wants a delay of at most 1.0 ms")
                .hasMessageContaining("has 2.0 ms");
    }

    @Test
    void shouldKeepPathsDisjointAndFollowTheOnesThatAreSaid() throws Exception {
        PlannedNetwork plan = plan(vpn(
                "red",
                "{name: one, a: r1, b: r3, rate: 1Mbit}, {name: two, a: r1, b: r3, rate: 1Mbit, disjointFrom: [one]},"
                        + " {name: said, a: r1, b: r2, rate: 1Mbit, via: [n1-n3, n2-n3]}"));
        assertThat(path(plan, "red/one")).containsExactly("n1-n2", "n2-n3");
        assertThat(path(plan, "red/two")).containsExactly("n1-n3");
        assertThat(path(plan, "red/said")).containsExactly("n1-n3", "n2-n3");
        assertThatThrownBy(() -> plan(vpn("red", "{name: said, a: r1, b: r2, via: [n2-n3]}")))
                .hasMessageContaining("via n2-n3 is no path from node n1 to node n2");
    }

    @Test
    void shouldAvoidLinksThatAreDown() throws Exception {
        String document = SUBSTRATE + vpn("red", "{name: west, a: r1, b: r3, rate: 60Mbit}");
        PlannedNetwork plan = planner.plan(document, "", Set.of("n2-n3"));
        assertThat(path(plan, "red/west")).containsExactly("n1-n3");
        assertThatThrownBy(() -> planner.plan(document, "", Set.of("n2-n3", "n1-n3")))
                .hasMessageContaining("there is no path from node n1 to node n3");
    }

    @Test
    void shouldTouchOnlyWhatChanges() throws Exception {
        PlannedNetwork before = plan(vpn("red", "{name: west, a: r1, b: r2, rate: 1Mbit}")
                + vpn("blue", "{name: west, a: r1, b: r2, rate: 1Mbit}"));
        PlannedNetwork after = planner.plan(
                SUBSTRATE
                        + vpn("green", "{name: west, a: r1, b: r2, rate: 1Mbit}")
                        + vpn("blue", "{name: west, a: r1, b: r2, rate: 1Mbit}"),
                before.allocations(),
                Set.of());
        Map<String, Long> ids = Map.of("blue", idOf(before, "blue"), "green", idOf(after, "green"));
        assertThat(idOf(after, "blue")).isEqualTo(ids.get("blue"));
        assertThat(ids.get("green")).isNotEqualTo(idOf(before, "red"));
        PlannedNetwork again = planner.plan(
                SUBSTRATE
                        + vpn("green", "{name: west, a: r1, b: r2, rate: 1Mbit}")
                        + vpn("blue", "{name: west, a: r1, b: r2, rate: 1Mbit}"),
                after.allocations(),
                Set.of());
        assertThat(again).isEqualTo(after);
    }

    private static long idOf(PlannedNetwork plan, String vpn) throws InvalidConfigurationException {
        return ConfigurationReader.read(plan.parts().getOrDefault("n1", "")).vpns().stream()
                .filter(each -> each.name().equals(vpn))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void shouldPlaceRoutersThatNameNoNode() throws Exception {
        PlannedNetwork plan = plan("""
              - name: red
                routers:
                  - {name: r1, node: n1}
                  - {name: r2, apartFrom: [r1]}
                  - {name: r3, on: [n1]}
                links: [{name: far, a: r1, b: r2, rate: 1Mbit}, {name: near, a: r1, b: r3, rate: 2Mbit}]
            """);
        assertThat(path(plan, "red/far")).hasSize(1);
        assertThat(path(plan, "red/near")).isEmpty();
        assertThat(plan.parts().get("n1")).contains("bandwidth: 2000000bit");
        assertThatThrownBy(() ->
                        plan("  - {name: red, routers: [{name: r1, node: n1}, {name: r2, on: [n1], apartFrom: [r1]}]}"))
                .hasMessageContaining("vpns[red].routers[r2]: there is no node that it may be on");
    }

    @Test
    void shouldReportEachProblemWithItsPlace() {
        assertThatThrownBy(() -> plan("""
              - name: red
                colour: blue
                routers: [{name: r1, node: n1, interfaces: [{name: h, port: p9, addresses: [10.0.0.1/24]}]}]
            """))
                .hasMessageContaining("vpns[0].colour: is not a field here")
                .hasMessageContaining("line 13");
        assertThatThrownBy(() -> plan("""
              - name: red
                routers: [{name: r1, node: n1, interfaces: [{name: h, port: p9, addresses: [10.0.0.1/24]}]}]
            """)).hasMessageContaining("nodes[n1]").hasMessageContaining("p9");
        assertThatThrownBy(() -> plan(vpn("red", "{name: west, a: r1, b: r9}")))
                .hasMessageContaining("there is no router r9 in VPN red");
    }
}
