package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.view.InterfacePath;
import io.vireo.control.view.InterfaceStatus;
import io.vireo.control.view.LinkStatus;
import io.vireo.control.view.NotFoundException;
import io.vireo.control.view.RouterStatus;
import io.vireo.control.view.TraceReport;
import io.vireo.control.view.TraceRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes in a row, with real data planes: two VPNs with the same addresses have a virtual link from the first to the last, which only
 * crosses the one between. There it has other identifiers on either side, and a class of either port.
 */
@Tag("slow")
class CrossingNodesTest {
    /** Filled with this node's number, that of its substrate link's far end, the wire's device, and what to add to identifiers. */
    @SuppressWarnings("InlineFormatString") // longer than the method that fills it
    private static final String END = """
        ports: [{name: w, device: "af_packet:%3$s"}]
        substrate:
          links: [{name: middle, port: w, vlan: 100, mac: 02:00:00:00:99:1%1$d, peerMac: 02:00:00:00:99:2%1$d}]
        vpns:
          - name: blue
            id: 101
            routers:
              - name: r1
                interfaces:
                  - {name: v, encapsulation: {substrate: {link: middle, id: %2$d7}}, addresses: [10.0.0.%1$d/24, "2001:db8::%1$d/64"]}
          - name: red
            id: 102
            routers:
              - name: r1
                interfaces:
                  - {name: v, encapsulation: {substrate: {link: middle, id: %2$d8}}, addresses: [10.0.0.%1$d/24, "2001:db8::%1$d/64"]}
        """;

    /** Filled with the devices of both wires, and the identifier of red's virtual link on the second. */
    @SuppressWarnings("InlineFormatString") // longer than the method that fills it
    private static final String MIDDLE = """
        ports: [{name: l, device: "af_packet:%1$s", rate: 40Mbit}, {name: r, device: "af_packet:%2$s", rate: 40Mbit}]
        substrate:
          links:
            - {name: west, port: l, vlan: 100, priority: 5, mac: 02:00:00:00:99:21, peerMac: 02:00:00:00:99:11}
            - {name: east, port: r, vlan: 100, mac: 02:00:00:00:99:23, peerMac: 02:00:00:00:99:13}
          crossings:
            - name: blue
              a: {link: west, id: 17, scheduling: {guarantee: 30Mbit}}
              b: {link: east, id: 37, scheduling: {guarantee: 30Mbit}}
            - name: red
              a: {link: west, id: 18, scheduling: {guarantee: 10Mbit}}
              b: {link: east, id: %3$d, scheduling: {guarantee: 10Mbit}}
        """;

    private static final InterfacePath BLUE_WEST = new InterfacePath("substrate", "crossings", "blue.a");

    @TempDir
    private Path directory;

    private NodeRow row;

    @BeforeEach
    void start() {
        row = new NodeRow("x", directory, 1600, 3);
        row.configure(0, END.formatted(1, 1, row.right(0)));
        row.configure(2, END.formatted(3, 3, row.left(2)));
        configureMiddle(38);
        row.awaitPing("blue", "r1", "10.0.0.3");
        row.awaitPing("red", "r1", "10.0.0.3");
    }

    private void configureMiddle(int redId) {
        row.configure(1, MIDDLE.formatted(row.left(1), row.right(1), redId));
    }

    @AfterEach
    void stop() {
        row.close();
    }

    private Map<String, LinkStatus> links() {
        return row.node(1).service().links().stream().collect(Collectors.toMap(LinkStatus::path, link -> link));
    }

    private LinkStatus link(String end) {
        return link(end, links());
    }

    private static LinkStatus link(String end, Map<String, LinkStatus> links) {
        return Objects.requireNonNull(links.get("substrate/crossings/" + end), end);
    }

    @Test
    void shouldCarryVpnsThroughANodeThatHasNoRouterOfThem() {
        for (String vpn : List.of("blue", "red")) {
            assertThat(row.node(0).in(vpn, "r1", "ping -c 10 -l 10 -i 1 -W 2 10.0.0.3"))
                    .contains(" 0% packet loss");
            assertThat(row.node(0).in(vpn, "r1", "ping -6 -c 8 -l 8 -i 1 -W 2 2001:db8::3"))
                    .contains(" 0% packet loss");
            assertThat(row.node(0).in(vpn, "r1", "ping -c 2 -l 2 -i 1 -W 2 -M do -s 1464 10.0.0.3"))
                    .as("the MTU of the ports, less the header")
                    .contains(" 0% packet loss");
            assertThat(row.node(0)
                            .in(vpn, "r1", "traceroute -n -q 1 -w 2 10.0.0.3")
                            .lines()
                            .skip(1))
                    .as("one hop, for no router is between")
                    .hasSize(1);
        }
        assertThat(row.node(1).service().status().routers())
                .allSatisfy(router -> assertThat(router.namespace()).isEmpty())
                .flatExtracting(RouterStatus::interfaces)
                .hasSize(4)
                .allMatch(InterfaceStatus::up);
        assertThatThrownBy(() -> row.node(1).service().namespaceOf("substrate", "crossings"))
                .isInstanceOf(NotFoundException.class);
        assertThat(links().keySet())
                .containsExactlyInAnyOrder(
                        "substrate/crossings/blue.a",
                        "substrate/crossings/blue.b",
                        "substrate/crossings/red.a",
                        "substrate/crossings/red.b");
        LinkStatus blue = link("blue.a");
        assertThat(blue.state()).isEqualTo(LinkStatus.State.UP);
        assertThat(blue.guaranteedBitsPerSecond()).isEqualTo(30_000_000);
        assertThat(blue.description())
                .isEqualTo("virtual link 17 on west, l.100 to 02:00:00:00:99:11, crosses to blue.b");
        assertThat(blue.counts().rxPackets()).isGreaterThanOrEqualTo(20);
        assertThat(link("blue.b").counts().txPackets()).isGreaterThanOrEqualTo(20);
        assertThat(trace().steps())
                .filteredOn(step -> step.stage().equals("encapsulate"))
                .extracting(TraceReport.Step::fields)
                .containsExactly(Map.of(
                        "interface", "substrate/crossings/blue.b", "kind", "substrate", "id", "37", "length", "28"));
        assertThat(trace().text()).isEqualTo("would be sent on substrate/crossings/blue.b");
    }

    private TraceReport trace() {
        byte[] frame = HexFormat.of()
                .parseHex("0200000000010200000000020800" + "4500001c000000004001a6df0a0000010a000003"
                        + "0800f7ff00000000");
        return row.node(1).service().trace(new TraceRequest(BLUE_WEST, frame));
    }

    /** Twice as much as the wire carries, of each: 30 and 10 Mbit/s are guaranteed, and there is no more. */
    @Test
    void shouldShareThePortAsGuaranteed() throws Exception {
        List<Process> servers = new ArrayList<>();
        List<Process> clients = new ArrayList<>();
        try {
            for (String vpn : List.of("blue", "red")) {
                servers.add(row.node(2).serveIperf(vpn, "r1"));
            }
            for (String vpn : List.of("blue", "red")) {
                clients.add(flood(vpn));
            }
            Map<String, LinkStatus> before = awaitQueues();
            row.await(() -> bytes("blue.b", before, links()) > 8e6, "8 MB of blue's");
            Map<String, LinkStatus> after = links();
            double blue = bytes("blue.b", before, after);
            double red = bytes("red.b", before, after);
            assertThat(blue / red).isBetween(2.7, 3.3);
        } finally {
            clients.forEach(Process::destroyForcibly);
            servers.forEach(Process::destroyForcibly);
        }
    }

    private static double bytes(String end, Map<String, LinkStatus> before, Map<String, LinkStatus> after) {
        return (double) link(end, after).classWireBytes() - link(end, before).classWireBytes();
    }

    private Process flood(String vpn) throws IOException {
        String command = "ip netns exec " + row.node(0).service().namespaceOf(vpn, "r1")
                + " iperf3 -c 10.0.0.3 -u -b 80M -l 1400 -t 60";
        return new ProcessBuilder(command.split(" ", -1))
                .redirectErrorStream(true)
                .start();
    }

    /** Until both have a queue. */
    private Map<String, LinkStatus> awaitQueues() {
        row.await(() -> link("blue.b").queueDropPackets() > 0 && link("red.b").queueDropPackets() > 0, "queues");
        return links();
    }

    /** Red gets another identifier on one side; blue does not notice. */
    @Test
    void shouldChangeOneCrossingWithoutLossOnAnother() throws Exception {
        String namespace = row.node(0).service().namespaceOf("blue", "r1");
        Process ping = new ProcessBuilder(
                        ("ip netns exec " + namespace + " ping -c 200 -i 0.01 -W 2 10.0.0.3").split(" ", -1))
                .redirectErrorStream(true)
                .start();
        configureMiddle(99);
        row.configure(2, END.formatted(3, 3, row.left(2)).replace("id: 38", "id: 99"));
        row.awaitPing("red", "r1", "10.0.0.3");
        assertThat(new String(ping.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .contains(" 0% packet loss");
        row.configure(1, "ports: []");
        assertThat(links()).isEmpty();
    }
}
