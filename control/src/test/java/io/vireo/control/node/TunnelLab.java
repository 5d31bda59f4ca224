package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.keys.KeyExchange;
import io.vireo.control.linux.Shell;
import io.vireo.control.linux.TestNamespace;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.DataplaneStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes with real data planes on one machine, a host behind each, and two wires of veth between them: {@code
 * host1 - a = b - host2}. VPN {@code core} knows the wires, VPN {@code blue} only its hosts and the tunnels.
 */
abstract class TunnelLab {
    private static final long TIMEOUT_NS = 60_000_000_000L;
    static final int IPV4_HEADER_BYTES = 20;
    static final int IPV6_HEADER_BYTES = 40;
    static final int ICMP_HEADER_BYTES = IPV4_HEADER_BYTES + 8;
    private static final String PID = Long.toString(ProcessHandle.current().pid());

    /** Filled with this node's number, the other's, three Linux devices, a host part, and the tunnel that is used. */
    @SuppressWarnings("InlineFormatString") // longer than the method that fills it
    private static final String NODE = """
        ports:
          - {name: host, device: "af_packet:%3$s"}
          - {name: w1, device: "af_packet:%4$s", rate: 100Mbit}
          - {name: w2, device: "af_packet:%5$s"}
        vpns:
          - name: core
            id: 1
            routers:
              - name: r1
                interfaces:
                  - {name: lo, loopback: true, addresses: [203.0.113.%1$d/32, "2001:db8:f::%1$d/128"]}
                  - {name: wan1, port: w1, addresses: [192.0.2.%1$d/24, "2001:db8:a1::%1$d/64"]}
                  - {name: wan2, port: w2, addresses: [198.51.100.%1$d/24, "2001:db8:a2::%1$d/64"]}
                routes:
                  - {prefix: 203.0.113.%2$d/32, via: 192.0.2.%2$d}
                  - {prefix: "2001:db8:f::%2$d/128", via: "2001:db8:a1::%2$d"}
          - name: blue
            id: 101
            routers:
              - name: r1
                interfaces:
                  - {name: h1, port: host, addresses: [10.0.%1$d.1/24, "2001:db8:%1$d::1/64"]}
                  - name: t4
                    encapsulation: {ipip: {underlay: core/r1, local: 203.0.113.%1$d, remote: 203.0.113.%2$d, hopLimit: 61}}
                    addresses: [10.0.0.%1$d/29, "2001:db8:44::%1$d/64"]
                    scheduling: {port: w1, guarantee: 10Mbit}
                  - name: t6
                    encapsulation: {ipip: {underlay: core/r1, local: "2001:db8:f::%1$d", remote: "2001:db8:f::%2$d"}}
                    addresses: [10.0.0.%6$d/29, "2001:db8:66::%1$d/64"]
                  - name: g4
                    encapsulation: {gre: {underlay: core/r1, local: 203.0.113.%1$d, remote: 203.0.113.%2$d,
                      key: 7, checksum: true, sequence: true}}
                    addresses: [10.0.4.%1$d/29, "2001:db8:47::%1$d/64"]
                  - name: other
                    encapsulation: {gre: {underlay: core/r1, local: 203.0.113.%1$d, remote: 203.0.113.%2$d, key: 8}}
                    addresses: [10.0.5.%1$d/29]
                  - name: g6
                    encapsulation: {gre: {underlay: core/r1, local: "2001:db8:f::%1$d", remote: "2001:db8:f::%2$d", key: 4000000000}}
                    addresses: [10.0.6.%1$d/29, "2001:db8:67::%1$d/64"]
                  - name: e4
                    encapsulation: {esp: {underlay: core/r1, local: 203.0.113.%1$d, remote: 203.0.113.%2$d, algorithm: aes-gcm-256}}
                    addresses: [10.0.8.%1$d/29, "2001:db8:48::%1$d/64"]
                  - name: e6
                    encapsulation: {esp: {underlay: core/r1, local: "2001:db8:f::%1$d", remote: "2001:db8:f::%2$d",
                      algorithm: chacha20-poly1305}}
                    addresses: [10.0.9.%1$d/29, "2001:db8:68::%1$d/64"]
                  - name: s4
                    encapsulation: {vns: {underlay: core/r1, local: 203.0.113.%1$d, remote: 203.0.113.%2$d}}
                    addresses: [10.0.7.%1$d/29, "2001:db8:4b::%1$d/64"]
                  - name: x4
                    encapsulation: {vns: {underlay: core/r1, local: 203.0.113.%1$d, remote: 203.0.113.%2$d,
                      vpnId: 4000000000, option: experimental, flowId: true}}
                    addresses: [10.0.10.%1$d/29, "2001:db8:49::%1$d/64"]
                  - name: m4
                    encapsulation: {mpls: {underlay: core/r1, local: 203.0.113.%1$d, remote: 203.0.113.%2$d,
                      label: {out: 10%2$d, in: 10%1$d}}}
                    addresses: [10.0.11.%1$d/29, "2001:db8:4d::%1$d/64"]
                routes:
                  - {prefix: 10.0.%2$d.0/24, interface: %7$s}
                  - {prefix: "2001:db8:%2$d::/64", interface: %7$s}
        """;

    @TempDir
    Path directory;

    private final List<String> devices = new ArrayList<>();
    TestNamespace host1;
    TestNamespace host2;
    Numbered a;
    Numbered b;

    /** One node, and its number. */
    record Numbered(int number, RunningNode node) implements AutoCloseable {
        static Numbered start(int number, Path parent, RunningNode... others) {
            String letter = number == 1 ? "a" : "b";
            List<String> devices = List.of("h" + number + PID, wire(number, 1), wire(number, 2));
            return new Numbered(number, RunningNode.start(letter + PID, parent.resolve(letter), devices, others));
        }

        void apply(String tunnel) throws ApplyRefusedException, InvalidConfigurationException {
            node.apply(ConfigurationReader.read(NODE.formatted(
                    number, 3 - number, "h" + number + PID, wire(number, 1), wire(number, 2), 8 + number, tunnel)));
        }

        NodeService service() {
            return node.service();
        }

        String inCore(String command) {
            return node.in("core", "r1", command);
        }

        @Override
        public void close() {
            node.close();
        }
    }

    /**
     * Gives ESP tunnels between the two nodes keys, round by round.
     *
     * @param everySeconds how old keys become; with 0 each round gives other ones.
     * @param log what it does.
     */
    KeyExchange keyExchange(long everySeconds, List<String> log) {
        return new KeyExchange(
                List.of(new NodeKeyPeer("a", a.service()), new NodeKeyPeer("b", b.service())), everySeconds, log::add);
    }

    @BeforeEach
    void start() {
        host1 = host(1);
        host2 = host(2);
        for (int wire = 1; wire <= 2; wire++) {
            Shell.run("ip link add " + wire(1, wire) + " type veth peer name " + wire(2, wire));
            devices.add(wire(1, wire));
            for (int end = 1; end <= 2; end++) {
                Shell.run("ip link set " + wire(end, wire) + " up mtu 2000");
            }
        }
        a = Numbered.start(1, directory);
        b = Numbered.start(2, directory, a.node());
        for (Numbered node : List.of(a, b)) {
            waitUntil(() -> node.service().status().dataplane().state() == DataplaneStatus.State.SYNCHRONISING);
        }
    }

    @AfterEach
    void stop() {
        a.close();
        b.close();
        devices.forEach(device -> Shell.run("ip link del " + device));
        host1.close();
        host2.close();
    }

    /** Records what arrives by the first wire, until there are sixteen packets of the tunnel. */
    Process witness(String tunnel, String filter) {
        try {
            Process process = new ProcessBuilder(
                            "tcpdump",
                            "-Z",
                            "root",
                            "-q",
                            "-i",
                            wire(1, 1),
                            "-U",
                            "-c",
                            "16",
                            "-w",
                            capture(tunnel).toString(),
                            filter)
                    .redirectErrorStream(true)
                    .start();
            // It has opened its socket when it says that it listens.
            assertThat(process.inputReader().lines().anyMatch(line -> line.contains("listening on")))
                    .isTrue();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void await(Process witness) throws InterruptedException {
        assertThat(witness.waitFor(TIMEOUT_NS, TimeUnit.NANOSECONDS)).isTrue();
    }

    Path capture(String tunnel) {
        return directory.resolve(tunnel + ".pcap");
    }

    static String wire(int node, int wire) {
        return "w" + node + wire + PID;
    }

    private TestNamespace host(int number) {
        String port = "h" + number + PID;
        TestNamespace host = TestNamespace.hostBehind(port, number);
        devices.add(port);
        return host;
    }

    boolean reaches(String address) {
        try {
            return host1.run("ping -c 1 -W 1 " + address).contains(" 0% packet loss");
        } catch (IllegalStateException e) {
            return false;
        }
    }

    void waitUntil(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(a.node().log() + b.node().log()).isLessThan(deadlineNs);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
