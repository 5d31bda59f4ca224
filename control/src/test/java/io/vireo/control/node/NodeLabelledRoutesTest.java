package io.vireo.control.node;

import static io.vireo.control.node.FakeNode.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.Shell;
import io.vireo.control.model.OutgoingLabels;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.control.view.RouteStatus;
import io.vireo.control.view.TableQuery;
import io.vireo.dataplane.wire.code.RouteKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Static routes whose packets leave with labels, on their way to the data plane, whether this machine's kernel has {@code mpls_iptunnel} or
 * not: never is one there without labels.
 */
class NodeLabelledRoutesTest {
    private static final String DOCUMENT = """
            ports: [{name: p1, device: null}]
            vpns:
              - name: core
                id: 1
                routers:
                  - name: pe
                    interfaces:
                      - {name: wan, port: p1, addresses: [192.0.2.1/24, "2001:db8::1/64"]}
                      - {name: near, port: p1, vlan: 2, addresses: [203.0.113.1/24]}
                    routes:
                      - {prefix: 10.1.0.0/16, via: [192.0.2.2, 203.0.113.2], labels: [100, 200], ttl: pipe}
                      - {prefix: "2001:db8:2::/48", via: "fe80::2", interface: wan, labels: 300}
                      - {prefix: 10.3.0.0/16, via: 192.0.2.2}
            """;

    @TempDir
    private Path directory;

    private FakeNode node;

    @BeforeEach
    void start() {
        node = new FakeNode(directory, "r");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private ForwardingRoute.NextHop hop(String name, long high, long low, int ttl, Integer... labels) {
        return new ForwardingRoute.NextHop(
                node.interfaceId("core/pe/" + name), high, low, 1, new OutgoingLabels(List.of(labels), ttl));
    }

    private void assertProgrammed(Integer outer) {
        waitUntil(() -> routes().keySet().containsAll(List.of("10.1.0.0/16", "2001:db8:2::/48", "10.3.0.0/16"))
                && route("10.1.0.0/16").nextHops().getFirst().equals(hop("wan", 0, 0xc000_0202L, 255, outer, 200)));
        assertThat(route("10.1.0.0/16").nextHops())
                .containsExactlyInAnyOrder(
                        hop("wan", 0, 0xc000_0202L, 255, outer, 200), hop("near", 0, 0xcb00_7102L, 255, outer, 200));
        assertThat(route("2001:db8:2::/48").nextHops()).containsExactly(hop("wan", 0xfe80_0000_0000_0000L, 2, 0, 300));
        assertThat(route("10.3.0.0/16").hasLabels()).isFalse();
    }

    /** Of the router, by prefix. */
    private Map<String, ForwardingRoute> routes() {
        return node.dataplane.routes.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().split(" ", 2)[1], Map.Entry::getValue));
    }

    private ForwardingRoute route(String prefix) {
        return Objects.requireNonNull(routes().get(prefix), prefix);
    }

    @Test
    void shouldProgramLabels() throws Exception {
        node.apply(DOCUMENT);
        assertProgrammed(100);
    }

    @Test
    void shouldFollowAChangeOfLabelsAlone() throws Exception {
        node.apply(DOCUMENT);
        node.apply(DOCUMENT.replace("[100, 200]", "[101, 200]"));
        assertProgrammed(101);
        node.apply(DOCUMENT.replace(", labels: [100, 200], ttl: pipe", ""));
        waitUntil(() -> !route("10.1.0.0/16").hasLabels());
        assertThat(route("10.1.0.0/16").nextHops()).hasSize(2);
    }

    /** Even where the kernel's own route does not change, and so nothing is notified. */
    @Test
    void shouldHaveTheirNextHopsLookedFor() throws Exception {
        String labelled = "via: [192.0.2.2, 203.0.113.2], labels: [100, 200], ttl: pipe";
        String one = DOCUMENT.replace(", labels: 300", "");
        node.apply(one.replace(labelled, "unreachable: true"));
        node.apply(one);
        waitUntil(() -> route("10.1.0.0/16").hasLabels());
        String neighbours = "ip netns exec " + node.namespace("core", "pe") + " ip neighbour show nud all";
        waitUntil(() -> Shell.run(neighbours).contains("192.0.2.2 dev wan"));
    }

    @Test
    void shouldProgramThemAgainAfterTheDataPlaneRestarts() throws Exception {
        node.apply(DOCUMENT);
        node.restartDataplane();
        assertProgrammed(100);
    }

    @Test
    void shouldKeepThemInAnAudit() throws Exception {
        node.apply(DOCUMENT);
        assertProgrammed(100);
        assertThat(node.service.audit().differences()).isEmpty();
        ForwardingRoute wrong = new ForwardingRoute(RouteKind.UNICAST, List.of(hop("wan", 0, 0xc000_0202L, 255, 999)));
        node.dataplane.routes.replaceAll((key, route) -> key.endsWith(" 10.1.0.0/16") ? wrong : route);
        assertThat(node.service.audit().differences()).hasSize(1);
        assertProgrammed(100);
    }

    @Test
    void shouldShowThem() throws Exception {
        node.apply(DOCUMENT);
        assertProgrammed(100);
        assertThat(node.service.routes("core", "pe", TableQuery.ALL).rows())
                .contains(new RouteStatus(
                        "2001:db8:2::/48", "unicast", List.of(new RouteStatus.NextHop("wan", "fe80::2", 1, "300"))));
    }

    /** No packet of the kernel's own leaves without labels. */
    @Test
    void shouldHaveLabelsInTheKernelOrNoWay() throws Exception {
        node.apply(DOCUMENT);
        String routes =
                Shell.run("ip netns exec " + node.namespace("core", "pe") + " ip route show 10.1.0.0/16 proto 86");
        boolean isLabelled = routes.contains("encap mpls");
        assertThat(isLabelled || routes.startsWith("unreachable 10.1.0.0/16"))
                .as(routes)
                .isTrue();
        if (!isLabelled) {
            waitUntil(() -> node.events.stream()
                    .anyMatch(event -> event.text().contains("its own packets find 2 of them unreachable")));
        }
    }
}
