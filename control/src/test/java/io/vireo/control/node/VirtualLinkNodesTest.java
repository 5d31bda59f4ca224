package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.Shell;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.view.DataplaneStatus;
import io.vireo.control.view.InterfacePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes with real data planes on one machine and one wire between them: two VPNs have virtual links over it, with the same identifier
 * and the same addresses, one over a substrate link with a VLAN, one over the untagged wire that plain IP shares.
 */
@Tag("slow")
class VirtualLinkNodesTest {
    private static final long TIMEOUT_NS = 60_000_000_000L;
    private static final String PID = Long.toString(ProcessHandle.current().pid());

    /** Filled with this node's number, the other's, and the wire's device. */
    @SuppressWarnings("InlineFormatString") // longer than the method that fills it
    private static final String NODE = """
        ports: [{name: w, device: "af_packet:%3$s", rate: 1Gbit}]
        substrate:
          links:
            - {name: direct, port: w, vlan: 100, priority: 5, mac: 02:00:00:00:99:0%1$d, peerMac: 02:00:00:00:99:0%2$d}
            - {name: lan, port: w, multiAccess: true, mac: 02:00:00:00:99:0%1$d}
        vpns:
          - name: base
            id: 1
            routers: [{name: r1, interfaces: [{name: wire, port: w, addresses: [10.0.0.%1$d/24]}]}]
          - name: blue
            id: 101
            routers:
              - name: r1
                interfaces:
                  - name: v
                    encapsulation: {substrate: {link: direct, id: 77}}
                    addresses: [10.0.0.%1$d/24, "2001:db8::%1$d/64"]
                    scheduling: {guarantee: 100Mbit}
          - name: red
            id: 102
            routers:
              - name: r1
                interfaces:
                  - name: v
                    encapsulation: {substrate: {link: lan, id: 77, peerMac: 02:00:00:00:99:0%2$d}}
                    addresses: [10.0.0.%1$d/24, "2001:db8::%1$d/64"]
        """;

    @TempDir
    private Path directory;

    private RunningNode a;
    private RunningNode b;

    private static String wire(int node) {
        return "l" + node + PID;
    }

    @BeforeEach
    void start() throws Exception {
        Shell.run("ip link add " + wire(1) + " type veth peer name " + wire(2));
        for (int end = 1; end <= 2; end++) {
            Shell.run("ip link set " + wire(end) + " up mtu 1600");
        }
        a = RunningNode.start("la" + PID, directory.resolve("a"), List.of(wire(1)));
        b = RunningNode.start("lb" + PID, directory.resolve("b"), List.of(wire(2)), a);
        for (RunningNode node : List.of(a, b)) {
            await(() -> node.service().status().dataplane().state() == DataplaneStatus.State.SYNCHRONISING, "");
        }
        a.apply(ConfigurationReader.read(NODE.formatted(1, 2, wire(1))));
        b.apply(ConfigurationReader.read(NODE.formatted(2, 1, wire(2))));
    }

    @AfterEach
    void stop() {
        a.close();
        b.close();
        Shell.run("ip link del " + wire(1));
    }

    @Test
    void shouldCarryTwoVpnsAndPlainIpOverOneWire() throws Exception {
        for (String vpn : List.of("base", "blue", "red")) {
            await(() -> reaches(vpn, "10.0.0.2"), vpn);
        }
        Process capture = capture(30);
        for (String vpn : List.of("blue", "red")) {
            assertThat(a.in(vpn, "r1", "ping -c 10 -i 0.05 -W 2 10.0.0.2")).contains(" 0% packet loss");
            assertThat(a.in(vpn, "r1", "ping -c 2 -i 0.2 -W 2 -M do -s 1464 10.0.0.2"))
                    .as("the MTU of the port, less the header")
                    .contains(" 0% packet loss");
            assertThat(a.in(vpn, "r1", "ping -6 -c 8 -i 0.05 -W 2 2001:db8::2")).contains(" 0% packet loss");
        }
        assertThat(capture.waitFor(TIMEOUT_NS, TimeUnit.NANOSECONDS)).isTrue();
        assertThat(count("eth.type==0x88b5&&vlan.id==100&&vlan.priority==5&&data.data[0:4]==00:00:00:4d"))
                .as("blue's, as tshark has it")
                .isPositive();
        assertThat(count("eth.type==0x88b5&&!vlan&&eth.src==02:00:00:00:99:01&&data.data[0:4]==00:00:00:4d"))
                .as("red's")
                .isPositive();
        assertThat(sent("blue")).isGreaterThanOrEqualTo(20);
        assertThat(a.service().classes(new InterfacePath("blue", "r1", "v")))
                .as("a class of the port, without naming it")
                .hasSize(1)
                .allMatch(each -> each.port().equals("w"));
        transfer("blue");
    }

    /** TCP, for what is long and in both directions at once. */
    private void transfer(String vpn) throws IOException {
        Process server = new ProcessBuilder(
                        "ip", "netns", "exec", b.service().namespaceOf(vpn, "r1"), "iperf3", "-s", "-1", "--forceflush")
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(server.inputReader().lines().anyMatch(line -> line.contains("listening")))
                    .isTrue();
            assertThat(a.in(vpn, "r1", "iperf3 -c 10.0.0.2 -n 2M")).contains("receiver");
        } finally {
            server.destroyForcibly();
        }
    }

    private long sent(String vpn) {
        return a.service().status().routers().stream()
                .filter(router -> router.vpn().equals(vpn))
                .flatMap(router -> router.interfaces().stream())
                .mapToLong(each -> each.counts().txPackets())
                .sum();
    }

    /** Records so many frames of virtual links that arrive at b; the wire does not show what b itself sends. */
    private Process capture(int packets) throws IOException {
        String command = "tcpdump -Z root -q -U -c " + packets + " -i " + wire(2) + " -w " + file()
                + " ether proto 0x88b5 or (vlan and ether proto 0x88b5)";
        Process process = new ProcessBuilder(List.of(command.split(" ", -1)))
                .redirectErrorStream(true)
                .start();
        // It has opened its socket when it says that it listens.
        assertThat(process.inputReader().lines().anyMatch(line -> line.contains("listening on")))
                .isTrue();
        return process;
    }

    private Path file() {
        return directory.resolve("w.pcap");
    }

    private long count(String filter) {
        return Shell.run("tshark -r " + file() + " -T fields -e frame.number -Y " + filter)
                .lines()
                .filter(line -> !line.isBlank())
                .count();
    }

    private void await(BooleanSupplier condition, String what) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(() -> what
                            + a.service().status().drops()
                            + b.service().status().drops()
                            + a.log()
                            + b.log())
                    .isLessThan(deadlineNs);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private boolean reaches(String vpn, String address) {
        try {
            return a.in(vpn, "r1", "ping -c 1 -W 1 " + address).contains(" 0% packet loss");
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
