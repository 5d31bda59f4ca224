package io.vireo.control.node;

import static io.vireo.control.node.FakeNode.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.Shell;
import io.vireo.control.view.DataplaneStatus;
import io.vireo.dataplane.wire.code.KeepaliveState;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state of tunnels, as the kernel of their routers sees it: whether the routers underneath have a way to their far ends. */
class TunnelCarrierTest {
    /** A tunnel, and one within it. */
    private static final String DOCUMENT = """
        ports: [{name: p1, device: null}]
        vpns:
          - name: core
            id: 1
            routers:
              - name: r1
                interfaces: [{name: wan, port: p1, addresses: [192.0.2.1/24]}]
          - name: blue
            id: 101
            routers:
              - name: r1
                interfaces:
                  - {name: t1, encapsulation: {ipip: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2}}, addresses: [10.0.0.1/30]}
                routes: [{prefix: 10.9.0.0/16, interface: t1}]
          - name: green
            id: 102
            routers:
              - name: r1
                interfaces:
                  - {name: t2, encapsulation: {gre: {underlay: blue/r1, local: 10.0.0.1, remote: 10.9.0.2}}}
        """;

    @TempDir
    private Path directory;

    private FakeNode node;
    private String core;

    @BeforeEach
    void start() {
        node = new FakeNode(directory, "tc");
        core = node.namespace("core", "r1");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void shouldFollowTheWayUnderneath() throws Exception {
        node.apply(DOCUMENT);
        waitUntil(() -> !isUp("blue", "t1") && !isUp("green", "t2"));
        assertThat(Shell.run("ip -n " + node.namespace("blue", "r1") + " link show t1"))
                .contains("NO-CARRIER");
        assertThat(node.events)
                .anySatisfy(event -> assertThat(event.toString())
                        .contains("blue/r1/t1")
                        .contains("is down: router core/r1 has no way to 198.51.100.2"));

        Shell.run("ip -n " + core + " route add 198.51.100.0/24 via 192.0.2.254");
        waitUntil(() -> isUp("blue", "t1") && isUp("green", "t2"));
        assertThat(Shell.run("ip -n " + node.namespace("blue", "r1") + " route show 10.9.0.0/16"))
                .contains("dev t1")
                .doesNotContain("linkdown");

        // A prefix that is unreachable is no way, nor is a link that is down.
        Shell.run("ip -n " + core + " route add unreachable 198.51.100.2/32");
        waitUntil(() -> !isUp("blue", "t1") && !isUp("green", "t2"));
        Shell.run("ip -n " + core + " route del unreachable 198.51.100.2/32");
        waitUntil(() -> isUp("blue", "t1"));
        Shell.run("ip -n " + core + " link set wan down");
        waitUntil(() -> !isUp("blue", "t1"));
    }

    @Test
    void shouldHaveTheMtuThatTheWayLeavesUnlessOneIsConfigured() throws Exception {
        String document = DOCUMENT.replace(
                "remote: 10.9.0.2}}}",
                "remote: 10.9.0.2}}}\n          - {name: t3, mtu: 1480, encapsulation: "
                        + "{ipip: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.3}}}");
        node.apply(document);
        Shell.run("ip -n " + core + " route add 198.51.100.0/24 via 192.0.2.254");
        waitUntil(() -> mtu("blue", "t1") == 1_480 && mtu("green", "t2") == 1_456);

        Shell.run("ip -n " + core + " link set wan mtu 1400");
        waitUntil(() -> mtu("blue", "t1") == 1_380 && mtu("green", "t2") == 1_356);
        assertThat(mtu("green", "t3")).isEqualTo(1_480);
        assertThat(node.dataplane.interfaces.values())
                .anySatisfy(each -> assertThat(each).startsWith("t1 of").endsWith("mtu 1380"));

        // No less than IPv6 needs, and nothing of it is a difference from the configuration, nor undone by it.
        Shell.run("ip -n " + core + " link set wan mtu 1290");
        waitUntil(() -> mtu("blue", "t1") == 1_280);
        node.apply(document);
        Shell.run("ip -n " + core + " link set wan mtu 1500");
        waitUntil(() -> mtu("blue", "t1") == 1_480);
        assertThat(node.events)
                .noneSatisfy(event ->
                        assertThat(event.toString()).contains("linux.drift").contains("t1"));
    }

    /** A route that is replaced is away for a moment, and that is nobody's business. */
    @Test
    void shouldNotFollowEachMoment() throws Exception {
        node.apply(DOCUMENT);
        Shell.run("ip -n " + core + " route add 198.51.100.0/24 via 192.0.2.254");
        waitUntil(() -> isUp("blue", "t1"));
        int before = node.events.size();
        for (int n = 0; n < 10; n++) {
            Shell.run("ip -n " + core + " route del 198.51.100.0/24");
            Shell.run("ip -n " + core + " route add 198.51.100.0/24 via 192.0.2." + (200 + n));
        }
        node.apply(DOCUMENT);
        assertThat(isUp("blue", "t1")).isTrue();
        assertThat(node.events.subList(before, node.events.size()))
                .noneSatisfy(event -> assertThat(event.toString()).contains("tunnel.state"));
    }

    /** What a data plane finds that knows nothing yet changes nothing. */
    @Test
    void shouldFollowTheAnswersToKeepalives() throws Exception {
        node.apply(DOCUMENT.replace(
                        "remote: 198.51.100.2}}", "remote: 198.51.100.2, keepalive: {target: 10.0.0.2, misses: 4}}}")
                .replace(
                        "remote: 10.9.0.2}}}",
                        "remote: 10.9.0.2}}}\n          - {name: t3, encapsulation: "
                                + "{ipip: {underlay: core/r1, local: 192.0.2.1, remote: 203.0.113.3}}}"));
        Shell.run("ip -n " + core + " route add 198.51.100.0/24 via 192.0.2.254");
        waitUntil(() -> isUp("blue", "t1"));
        int id = node.interfaceId("blue/r1/t1");
        node.dataplane.keepalive(id, KeepaliveState.UP);
        node.dataplane.keepalive(id, KeepaliveState.DOWN);
        waitUntil(() -> !isUp("blue", "t1"));
        waitUntil(() -> !isUp("green", "t2"));
        assertThat(node.events)
                .anySatisfy(event -> assertThat(event.toString())
                        .contains("blue/r1/t1")
                        .contains("is down: 10.0.0.2 does not answer, 4 times in a row"));
        assertThat(node.service.links())
                .anySatisfy(link -> assertThat(link.toString()).contains("10.0.0.2 does not answer"));

        node.restartDataplane();
        waitUntil(() -> node.service.status().dataplane().state() == DataplaneStatus.State.RUNNING);
        node.dataplane.keepalive(id, KeepaliveState.PENDING);
        Shell.run("ip -n " + core + " route add 203.0.113.0/24 via 192.0.2.254");
        waitUntil(() -> isUp("green", "t3")); // all tunnels are looked at together
        assertThat(isUp("blue", "t1")).isFalse();

        node.dataplane.keepalive(id, KeepaliveState.UP);
        waitUntil(() -> isUp("blue", "t1") && isUp("green", "t2"));
        node.dataplane.keepalive(id, KeepaliveState.DOWN);
        waitUntil(() -> !isUp("blue", "t1"));
        node.apply(DOCUMENT);
        waitUntil(() -> isUp("blue", "t1"));
    }

    private boolean isUp(String vpn, String name) {
        return node.interfaceStatus(vpn, name).up();
    }

    private int mtu(String vpn, String name) {
        return node.interfaceStatus(vpn, name).mtu();
    }
}
