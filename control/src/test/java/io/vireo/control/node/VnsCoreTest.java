package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.keys.KeyExchange;
import io.vireo.control.linux.Shell;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.view.DataplaneStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * Two nodes with real data planes on one machine and one wire between them, which the core routers of two VPNs share with the
 * substrate's: all with the same addresses. Each VPN has an edge behind its core, and blue's edges are joined by tunnels: one of VNS, and
 * two of other kinds, whose packets the core marks (VNS, figure 7: what is encrypted is forwarded by its VPN).
 */
@Tag("slow")
class VnsCoreTest {
    private static final long TIMEOUT_NS = 60_000_000_000L;
    private static final String PID = Long.toString(ProcessHandle.current().pid());

    /** Filled with this node's number, the other's, and the wire's device. */
    @SuppressWarnings("InlineFormatString") // longer than the method that fills it
    private static final String NODE = """
        ports: [{name: w, device: "af_packet:%3$s"}]
        vpns:
          - name: base
            id: 1
            routers: [{name: r1, interfaces: [{name: wire, port: w, addresses: [10.0.0.%1$d/24, "2001:db8::%1$d/64"]}]}]
          - name: blue
            id: 101
            routers:
              - name: core
                interfaces:
                  - {name: wire, port: w, vpnId: true, addresses: [10.0.0.%1$d/24]}
                  - {name: lo, loopback: true, addresses: [203.0.113.%1$d/32]}
                routes:
                  - {prefix: 10.%2$d.0.0/16, via: 10.0.0.%2$d}
                  - {prefix: 203.0.113.%2$d/32, via: 10.0.0.%2$d}
              - name: edge
                interfaces:
                  - name: t
                    encapsulation: {vns: {underlay: blue/core, local: 203.0.113.%1$d, remote: 203.0.113.%2$d}}
                    addresses: [172.16.0.%1$d/24]
                  - name: e
                    encapsulation: {esp: {underlay: blue/core, local: 203.0.113.%1$d, remote: 203.0.113.%2$d}}
                    addresses: [172.16.1.%1$d/24]
                  - name: g
                    encapsulation: {gre: {underlay: blue/core, local: 203.0.113.%1$d, remote: 203.0.113.%2$d}}
                    addresses: [172.16.2.%1$d/24]
                routes: [{prefix: 0.0.0.0/0, via: 10.%1$d.0.1}]
            links:
              - name: l
                a: {router: core, interface: to-edge, addresses: [10.%1$d.0.1/24]}
                b: {router: edge, interface: to-core, addresses: [10.%1$d.0.2/24]}
          - name: red
            id: 70000
            routers:
              - name: core
                interfaces: [{name: wire, port: w, vpnId: experimental, addresses: [10.0.0.%1$d/24]}]
                routes: [{prefix: 10.%2$d.0.0/16, via: 10.0.0.%2$d}]
              - name: edge
                routes: [{prefix: 0.0.0.0/0, via: 10.%1$d.0.1}]
            links:
              - name: l
                a: {router: core, interface: to-edge, addresses: [10.%1$d.0.1/24]}
                b: {router: edge, interface: to-core, addresses: [10.%1$d.0.2/24]}
        """;

    @TempDir
    private Path directory;

    private RunningNode a;
    private RunningNode b;

    private static String wire(int node) {
        return "v" + node + PID;
    }

    @BeforeEach
    void start() throws Exception {
        Shell.run("ip link add " + wire(1) + " type veth peer name " + wire(2));
        for (int end = 1; end <= 2; end++) {
            Shell.run("ip link set " + wire(end) + " up mtu 2000");
        }
        a = RunningNode.start("va" + PID, directory.resolve("a"), List.of(wire(1)));
        b = RunningNode.start("vb" + PID, directory.resolve("b"), List.of(wire(2)), a);
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
    void shouldKeepVpnsApartThatShareAWireAndItsAddresses() throws Exception {
        awaitPing("base", "r1", "10.0.0.2");
        awaitPing("blue", "core", "10.0.0.2");
        awaitPing("red", "core", "10.0.0.2");
        awaitPing("blue", "edge", "10.2.0.2");
        awaitPing("red", "edge", "10.2.0.2");
        awaitPing("blue", "edge", "172.16.0.2");
        awaitPing("blue", "edge", "172.16.2.2");
        giveKeys();
        awaitPing("blue", "edge", "172.16.1.2");
        Process capture = capture(60);
        for (List<String> ping : List.of(
                List.of("base", "r1", "10.0.0.2"),
                List.of("blue", "edge", "10.2.0.2"),
                List.of("red", "edge", "10.2.0.2"),
                List.of("blue", "edge", "172.16.0.2"),
                List.of("blue", "edge", "172.16.1.2"),
                List.of("blue", "edge", "172.16.2.2"))) {
            assertThat(a.in(ping.get(0), ping.get(1), "ping -c 10 -i 0.05 -W 2 " + ping.get(2)))
                    .contains(" 0% packet loss");
        }
        assertThat(a.in("blue", "edge", "ping -c 2 -i 0.2 -W 2 -M do -s 1468 10.2.0.2"))
                .as("the MTU of the core, and the option beside")
                .contains(" 0% packet loss");
        assertThat(a.in("blue", "edge", "traceroute -n -q 1 -w 2 10.2.0.2")
                        .lines()
                        .skip(1))
                .hasSize(3);
        assertThat(a.in("base", "r1", "ping -6 -c 2 -i 0.2 -W 2 2001:db8::2")).contains(" 0% packet loss");
        assertThat(capture.waitFor(TIMEOUT_NS, TimeUnit.NANOSECONDS)).isTrue();

        assertThat(count("ip.hdr_len==20&&icmp.type==8&&ip.dst==10.0.0.2"))
                .as("base's")
                .isGreaterThanOrEqualTo(10);
        assertThat(count("ip.opt.sid==101&&ip.dst==10.2.0.2")).as("blue's").isGreaterThanOrEqualTo(10);
        assertThat(count("ip[20:6]==9e:06:00:01:11:70&&ip.dst==10.2.0.2"))
                .as("red's")
                .isGreaterThanOrEqualTo(10);
        assertThat(count("ip.opt.sid==101&&ip.dst==203.0.113.2&&ip.proto==4"))
                .as("blue's tunnel")
                .isPositive();
        assertThat(count("ip.opt.sid==101&&esp")).as("blue's ESP").isGreaterThanOrEqualTo(10);
        assertThat(count("esp&&icmp")).as("of which nothing is seen").isZero();
        assertThat(count("ip.opt.sid==101&&gre")).as("blue's GRE").isGreaterThanOrEqualTo(10);
    }

    private void giveKeys() {
        List<String> log = new ArrayList<>();
        List<NodeKeyPeer> peers = List.of(new NodeKeyPeer("a", a.service()), new NodeKeyPeer("b", b.service()));
        assertThat(new KeyExchange(peers, Long.MAX_VALUE, log::add).round(System.nanoTime()))
                .as("%s", log)
                .isEqualTo(2);
    }

    /** Records so many packets that arrive at b; the wire does not show what b itself sends. */
    private Process capture(int packets) throws IOException {
        String command = "tcpdump -Z root -q -U -c " + packets + " -i " + wire(2) + " -w " + file()
                + " icmp or ip proto 4 or ip proto 47 or ip proto 50";
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
                .filter(line -> line.matches("\\d+")) // tshark says too that it runs as root
                .count();
    }

    private void awaitPing(String vpn, String router, String address) {
        await(() -> reaches(vpn, router, address), vpn + "/" + router + " to " + address);
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

    private boolean reaches(String vpn, String router, String address) {
        try {
            return a.in(vpn, router, "ping -c 1 -W 1 " + address).contains(" 0% packet loss");
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
