package io.vireo.control.node;

import static io.vireo.control.node.FakeNode.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.NetworkNamespace;
import io.vireo.control.linux.Shell;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.node.session.FakeDataplane;
import io.vireo.control.node.topology.IdRegistry;
import io.vireo.control.node.topology.MemoryIds;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.AuditReport;
import io.vireo.control.view.NodeEvent;
import io.vireo.control.view.Repair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration says of a namespace stays so, or an audit says that it does not and an apply restores it. */
class ConfigurationKeptTest {
    private static final String NODE = "k" + ProcessHandle.current().pid();
    private static final String R1 = "vireo-" + NODE + "-blue-r1";
    private static final String DOCUMENT = """
        ports: [{name: p1, device: null}]
        vpns:
          - name: blue
            id: 101
            routers:
              - name: r1
                interfaces:
                  - {name: left, port: p1, vlan: 10, addresses: [10.0.1.1/24, 10.0.1.3/24, 2001:db8:1::1/64]}
                  - {name: right, port: p1, vlan: 20, addresses: [10.0.2.1/24]}
                  - {name: lo0, loopback: true, addresses: [192.0.2.1/32]}
                routes:
                  - {prefix: 10.9.0.0/16, via: [10.0.2.2, 10.0.2.3]}
                  - {prefix: 2001:db8:9::/48, via: 2001:db8:1::9}
                  - {prefix: 10.8.0.0/16, blackhole: true}
                  - {prefix: 10.6.0.0/16, via: 203.0.113.9, interface: left}
                  - {prefix: 10.5.0.0/16, via: [198.51.100.1, 198.51.100.2], interface: right, onLink: true}
                  - {prefix: 2001:db8:5::/48, via: 2001:db8:ff::1, interface: right, onLink: true}
                  - {prefix: 203.0.113.9/32, interface: left}
        """;

    /** What a hand may do, and what an audit then names. */
    private static final List<List<String>> HANDS = List.of(
            List.of("address del 10.0.1.1/24 dev left", "address 10.0.1.1/24 of left"),
            List.of("address del 10.0.1.3/24 dev left", "address 10.0.1.3/24 of left"),
            List.of(
                    "address change 10.0.1.1/24 dev left valid_lft 900 preferred_lft 900",
                    "address 10.0.1.1/24 of left"),
            List.of("-6 address flush dev left scope global", "address 2001:db8:1::1/64 of left"),
            List.of("address del 192.0.2.1/32 dev lo", "address 192.0.2.1/32 of lo"),
            List.of("route del 10.9.0.0/16 proto 86", "route 10.9.0.0/16"),
            List.of("route change 10.9.0.0/16 via 10.0.2.9 metric 1", "route 10.9.0.0/16"),
            List.of("route replace 10.9.0.0/16 via 10.0.2.9 metric 1 proto 86", "route 10.9.0.0/16"),
            List.of("route replace 10.8.0.0/16 via 10.0.2.9 metric 1 proto 86", "route 10.8.0.0/16"),
            List.of("route add 10.7.0.0/16 via 10.0.2.9 proto 86", "route 10.7.0.0/16"),
            List.of("-6 route del 2001:db8:9::/48", "route 2001:db8:9::/48"),
            List.of("route del 10.5.0.0/16", "route 10.5.0.0/16"),
            List.of("route del 203.0.113.9/32", "route 203.0.113.9/32"),
            List.of("-6 route del 2001:db8:5::/48", "route 2001:db8:5::/48"),
            List.of("link set right down", "interface right"),
            List.of("link set left down", "interface left"),
            List.of("link set left mtu 1400", "interface left"),
            List.of("link set left mtu 1000", "interface left"),
            List.of("link set left address 02:00:00:00:00:77", "interface left"),
            List.of("link set left arp off", "interface left"),
            List.of("link set lo down", "interface lo"),
            List.of("link del left", "interface left"),
            List.of("link set right name other", "interface right"));

    @TempDir
    private Path directory;

    private final List<NodeEvent> events = new CopyOnWriteArrayList<>();
    private final MemoryIds ids = new MemoryIds();
    private FakeDataplane dataplane;
    private NodeService node;
    private Configuration configuration;

    @BeforeEach
    void start() throws InvalidConfigurationException, ApplyRefusedException {
        configuration = ConfigurationReader.read(DOCUMENT);
        dataplane = new FakeDataplane(directory);
        node = startNode();
        assertThat(node.apply(configuration).repaired()).isEmpty();
    }

    private NodeService startNode() {
        return NodeService.start(new NodeContext()
                .nodeName(NODE)
                .sharedDirectory(directory)
                .ids(ids)
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
    void shouldSayWhatAHandHasChangedAndRestoreIt() throws ApplyRefusedException {
        assertThat(node.audit().differences()).isEmpty();
        for (List<String> hand : HANDS) {
            Shell.run("ip -n " + R1 + " " + hand.getFirst());
            shouldBeFoundAndRestored(hand.getFirst(), hand.getLast());
        }
        Shell.run("ip netns exec " + R1 + " sysctl -w net.ipv4.ip_forward=0");
        shouldBeFoundAndRestored("forwarding", "sysctl net/ipv4/ip_forward");
        Shell.run("ip netns del " + R1);
        shouldBeFoundAndRestored("netns del", "namespace " + R1);
        String h1 = ids.idOf(IdRegistry.Kind.ROUTER, "blue/r1", 64) + " 10.0.1.1/32";
        waitUntil(() -> dataplane.routes.containsKey(h1) && dataplane.up.size() == 2);
    }

    private void shouldBeFoundAndRestored(String hand, String subject) throws ApplyRefusedException {
        events.clear();
        assertThat(node.audit().differences()).as(hand).anySatisfy(difference -> {
            assertThat(difference.side()).isEqualTo(AuditReport.Side.LINUX);
            assertThat(difference.subject()).isEqualTo(subject);
        });
        assertThat(types()).as(hand).contains("linux.drift");
        assertThat(node.status().alarms())
                .as(hand)
                .anyMatch(alarm -> alarm.subject().equals("blue/r1"));

        List<Repair> repaired = node.apply(configuration).repaired();

        assertThat(repaired).as(hand).extracting(Repair::subject).contains(subject);
        assertThat(types()).as(hand).contains("linux.repaired").doesNotContain("apply.undo");
        assertThat(node.apply(configuration).repaired()).as(hand).isEmpty();
        assertThat(node.status().alarms()).as(hand).isEmpty();
        waitUntil(() -> node.audit().differences().isEmpty());
    }

    @Test
    void shouldReachGatewaysBeyondTheSubnets() {
        assertThat(Shell.run("ip -n " + R1 + " route show proto 86"))
                .contains("10.6.0.0/16 via 203.0.113.9 dev left", "via 198.51.100.1 dev right weight 1 onlink");
        assertThat(Shell.run("ip -n " + R1 + " -6 route show proto 86"))
                .contains("2001:db8:5::/48 via 2001:db8:ff::1 dev right metric 1 onlink");
        assertThat(events).noneMatch(event -> event.type().equals("route.pending"));
    }

    /** Carriers come back with control here, for no supervisor keeps them: no reason to take configured routes away meanwhile. */
    @Test
    void shouldKeepRoutesWhileControlComesBack() throws Exception {
        Path changes = directory.resolve("changes");
        node.close();
        Process monitor = new ProcessBuilder("ip", "-n", R1, "monitor", "route")
                .redirectOutput(changes.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            node = startNode();
            node.apply(configuration);
            // Seen by the monitor after everything before.
            Shell.run("ip -n " + R1 + " route add 10.77.0.0/16 via 10.0.1.9");
            waitUntil(() -> read(changes).contains("10.77.0.0/16"));
        } finally {
            monitor.destroy();
            monitor.waitFor();
        }
        assertThat(read(changes)).doesNotContain("Deleted blackhole");
        assertThat(events).noneMatch(event -> event.type().equals("route.pending"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldLeaveAloneWhatOthersAdd() throws ApplyRefusedException {
        Shell.runWithInput("ip -n " + R1 + " -batch -", """
            address add 10.0.77.1/24 dev left
            address add 2001:db8:77::1/64 dev left
            route add 10.9.0.0/16 via 10.0.1.9
            route append 10.9.0.0/16 via 10.0.1.9 metric 20 proto bgp
            route add 10.66.0.0/16 via 10.0.1.9 proto ospf
            rule add from 10.3.0.0/16 table 7
            link add d1 type veth peer name d2
            """);
        String before = addressesAndRoutes();

        assertThat(node.audit().differences()).noneMatch(difference -> difference.side() == AuditReport.Side.LINUX);
        assertThat(node.apply(configuration).repaired()).isEmpty();
        assertThat(addressesAndRoutes()).isEqualTo(before);
    }

    @Test
    void shouldRestoreWhatDoesNotChangeWithWhatDoes() throws ApplyRefusedException, InvalidConfigurationException {
        Shell.run("ip -n " + R1 + " link del left");
        Shell.run("ip -n " + R1 + " route del 10.8.0.0/16");

        String changed = DOCUMENT.replace("10.0.1.3/24", "10.0.1.4/24").replace("10.0.2.1/24", "10.0.2.7/24");
        List<Repair> repaired = node.apply(ConfigurationReader.read(changed)).repaired();

        assertThat(repaired).extracting(Repair::subject).contains("interface left");
        assertThat(Shell.run("ip -n " + R1 + " -o address"))
                .contains("10.0.1.1/24", "10.0.1.4/24", "10.0.2.7/24")
                .doesNotContain("10.0.1.3/24", "10.0.2.1/24");
        assertThat(Shell.run("ip -n " + R1 + " route")).contains("blackhole 10.8.0.0/16", "10.9.0.0/16");
    }

    private String addressesAndRoutes() {
        return Shell.run("ip -n " + R1 + " -o address")
                + Shell.run("ip -n " + R1 + " route show table all")
                + Shell.run("ip -n " + R1 + " rule");
    }

    private List<String> types() {
        return events.stream().map(NodeEvent::type).toList();
    }
}
