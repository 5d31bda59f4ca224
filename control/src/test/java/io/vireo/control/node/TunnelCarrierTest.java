package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.NetworkNamespace;
import io.vireo.control.linux.Shell;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.node.session.FakeDataplane;
import io.vireo.control.node.topology.MemoryIds;
import io.vireo.control.view.InterfaceStatus;
import io.vireo.control.view.NodeEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state of tunnels, as the kernel of their routers sees it: whether the routers underneath have a way to their far ends. */
class TunnelCarrierTest {
    private static final long TIMEOUT_NS = 30_000_000_000L;
    private static final String NODE = "tc" + ProcessHandle.current().pid();
    private static final String CORE = "vireo-" + NODE + "-core-r1";
    private static final String BLUE = "vireo-" + NODE + "-blue-r1";

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

    private final List<NodeEvent> events = new CopyOnWriteArrayList<>();
    private FakeDataplane dataplane;
    private NodeService node;

    @BeforeEach
    void start() {
        dataplane = new FakeDataplane(directory);
        node = NodeService.start(new NodeContext()
                .nodeName(NODE)
                .sharedDirectory(directory)
                .ids(new MemoryIds())
                .listener(events::add));
    }

    @AfterEach
    void stop() {
        node.close();
        dataplane.close();
        NodeService.removeNamespaces(directory);
        assertThat(NetworkNamespace.list("vireo-" + NODE)).isEmpty();
    }

    @Test
    void shouldFollowTheWayUnderneath() throws Exception {
        node.apply(ConfigurationReader.read(DOCUMENT));
        waitUntil(() -> !isUp("blue", "t1") && !isUp("green", "t2"));
        assertThat(Shell.run("ip -n " + BLUE + " link show t1")).contains("NO-CARRIER");
        assertThat(events)
                .anySatisfy(event -> assertThat(event.toString())
                        .contains("blue/r1/t1")
                        .contains("is down: router core/r1 has no way to 198.51.100.2"));

        Shell.run("ip -n " + CORE + " route add 198.51.100.0/24 via 192.0.2.254");
        waitUntil(() -> isUp("blue", "t1") && isUp("green", "t2"));
        assertThat(Shell.run("ip -n " + BLUE + " route show 10.9.0.0/16"))
                .contains("dev t1")
                .doesNotContain("linkdown");

        // A prefix that is unreachable is no way, nor is a link that is down.
        Shell.run("ip -n " + CORE + " route add unreachable 198.51.100.2/32");
        waitUntil(() -> !isUp("blue", "t1") && !isUp("green", "t2"));
        Shell.run("ip -n " + CORE + " route del unreachable 198.51.100.2/32");
        waitUntil(() -> isUp("blue", "t1"));
        Shell.run("ip -n " + CORE + " link set wan down");
        waitUntil(() -> !isUp("blue", "t1"));
    }

    @Test
    void shouldHaveTheMtuThatTheWayLeavesUnlessOneIsConfigured() throws Exception {
        String document = DOCUMENT.replace(
                "remote: 10.9.0.2}}}",
                "remote: 10.9.0.2}}}\n          - {name: t3, mtu: 1480, encapsulation: "
                        + "{ipip: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.3}}}");
        node.apply(ConfigurationReader.read(document));
        Shell.run("ip -n " + CORE + " route add 198.51.100.0/24 via 192.0.2.254");
        waitUntil(() -> mtu("blue", "t1") == 1_480 && mtu("green", "t2") == 1_456);

        Shell.run("ip -n " + CORE + " link set wan mtu 1400");
        waitUntil(() -> mtu("blue", "t1") == 1_380 && mtu("green", "t2") == 1_356);
        assertThat(mtu("green", "t3")).isEqualTo(1_480);
        assertThat(dataplane.interfaces.values())
                .anySatisfy(each -> assertThat(each).startsWith("t1 of").endsWith("mtu 1380"));

        // No less than IPv6 needs, and nothing of it is a difference from the configuration, nor undone by it.
        Shell.run("ip -n " + CORE + " link set wan mtu 1290");
        waitUntil(() -> mtu("blue", "t1") == 1_280);
        node.apply(ConfigurationReader.read(document));
        Shell.run("ip -n " + CORE + " link set wan mtu 1500");
        waitUntil(() -> mtu("blue", "t1") == 1_480);
        assertThat(events)
                .noneSatisfy(event ->
                        assertThat(event.toString()).contains("linux.drift").contains("t1"));
    }

    /** A route that is replaced is away for a moment, and that is nobody's business. */
    @Test
    void shouldNotFollowEachMoment() throws Exception {
        node.apply(ConfigurationReader.read(DOCUMENT));
        Shell.run("ip -n " + CORE + " route add 198.51.100.0/24 via 192.0.2.254");
        waitUntil(() -> isUp("blue", "t1"));
        int before = events.size();
        for (int n = 0; n < 10; n++) {
            Shell.run("ip -n " + CORE + " route del 198.51.100.0/24");
            Shell.run("ip -n " + CORE + " route add 198.51.100.0/24 via 192.0.2." + (200 + n));
        }
        node.apply(ConfigurationReader.read(DOCUMENT));
        assertThat(isUp("blue", "t1")).isTrue();
        assertThat(events.subList(before, events.size()))
                .noneSatisfy(event -> assertThat(event.toString()).contains("tunnel.state"));
    }

    private boolean isUp(String vpn, String name) {
        return status(vpn, name).up();
    }

    private int mtu(String vpn, String name) {
        return status(vpn, name).mtu();
    }

    private InterfaceStatus status(String vpn, String name) {
        return node.status().routers().stream()
                .filter(router -> router.vpn().equals(vpn))
                .flatMap(router -> router.interfaces().stream())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void waitUntil(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time that has passed").isLessThan(deadlineNs);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
