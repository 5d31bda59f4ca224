package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.Shell;
import io.vireo.control.linux.TestNamespace;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.view.DataplaneStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node with a real data plane, and one wire with two Linux hosts, one of blue and one of red: both VPNs' routers have the same address
 * there, which is the hosts' gateway.
 */
@Tag("slow")
class MembersTest {
    private static final long TIMEOUT_NS = 60_000_000_000L;
    private static final String PID = Long.toString(ProcessHandle.current().pid());
    private static final String BRIDGE = "mb" + PID;

    /** Filled with the wire's device, and the VPN of the second host. */
    private static final String NODE = """
        ports: [{name: w, device: "af_packet:%s"}]
        vpns:
          - name: base
            id: 1
            routers:
              - name: r1
                interfaces:
                  - name: lan
                    port: w
                    addresses: [10.0.0.254/24]
                    members:
                      tuples:
                        - {vpn: blue, source: 10.0.0.11/32}
                        - {vpn: blue, source: "2001:db8::11/128"}
                        - {vpn: %s, source: 10.0.0.12/32}
                        - {vpn: red, source: "2001:db8::12/128"}
                      otherwise: drop
          - name: blue
            id: 101
            routers:
              - name: edge
                interfaces:
                  - {name: lan, port: w, shared: true, addresses: [10.0.0.1/24, "2001:db8::1/64"]}
                  - {name: lo, loopback: true, addresses: [203.0.113.5/32, "2001:db8:5::1/128"]}
          - name: red
            id: 70000
            routers:
              - name: edge
                interfaces:
                  - {name: lan, port: w, shared: true, addresses: [10.0.0.1/24, "2001:db8::1/64"]}
                  - {name: lo, loopback: true, addresses: [203.0.113.6/32, "2001:db8:6::1/128"]}
        """;

    @TempDir
    private Path directory;

    private RunningNode node;
    private TestNamespace blueHost;
    private TestNamespace redHost;

    private static String wire(int end) {
        return "m" + end + "-" + PID;
    }

    @BeforeEach
    void start() throws Exception {
        Shell.run("ip link add " + BRIDGE + " type bridge");
        Shell.run("ip link set " + BRIDGE + " up");
        Shell.run("ip link add " + wire(0) + " type veth peer name " + wire(9));
        Shell.run("ip link set " + wire(9) + " up master " + BRIDGE);
        Shell.run("ip link set " + wire(0) + " up");
        blueHost = host(1);
        redHost = host(2);
        node = RunningNode.start("vm" + PID, directory.resolve("n"), List.of(wire(0)));
        await(() -> node.service().status().dataplane().state() == DataplaneStatus.State.SYNCHRONISING, "start");
        node.apply(ConfigurationReader.read(NODE.formatted(wire(0), "red")));
    }

    /** With the address 10.0.0.1n, and the routers' as its gateway. */
    private static TestNamespace host(int n) {
        TestNamespace host = new TestNamespace();
        Shell.run("ip link add " + wire(n) + " type veth peer name eth0 netns " + host.name());
        Shell.run("ip link set " + wire(n) + " up master " + BRIDGE);
        host.run("ip link set eth0 up");
        host.run("ip addr add 10.0.0.1" + n + "/24 dev eth0");
        host.run("ip addr add 2001:db8::1" + n + "/64 dev eth0 nodad");
        host.run("ip route add default via 10.0.0.1");
        host.run("ip route add default via 2001:db8::1");
        return host;
    }

    @AfterEach
    void stop() {
        node.close();
        blueHost.close();
        redHost.close();
        Shell.run("ip link del " + BRIDGE);
        Shell.run("ip link del " + wire(0));
    }

    @Test
    void shouldGiveEachHostItsVpnOnTheSameWire() throws Exception {
        List<String> blues = List.of("203.0.113.5", "2001:db8:5::1");
        List<String> reds = List.of("203.0.113.6", "2001:db8:6::1");
        blues.forEach(address -> await(() -> reaches(blueHost, address), "blue's host to " + address));
        reds.forEach(address -> await(() -> reaches(redHost, address), "red's host to " + address));
        // Both hosts can send by now, so what does not arrive is kept away.
        blues.forEach(address -> assertThat(reaches(redHost, address))
                .as("red's host to " + address)
                .isFalse());
        reds.forEach(address -> assertThat(reaches(blueHost, address))
                .as("blue's host to " + address)
                .isFalse());
        assertThat(node.in("blue", "edge", "ping -c 3 -l 3 -i 1 -W 2 10.0.0.11"))
                .contains(" 0% packet loss");
        assertThat(node.in("red", "edge", "ping -c 3 -l 3 -i 1 -W 2 10.0.0.12")).contains(" 0% packet loss");

        node.apply(ConfigurationReader.read(NODE.formatted(wire(0), "blue")));
        await(() -> reaches(redHost, "203.0.113.5"), "the host that has become blue's");
        assertThat(reaches(redHost, "203.0.113.6")).as("red no more").isFalse();
        assertThat(reaches(redHost, "2001:db8:6::1")).as("by IPv6 red still").isTrue();
    }

    private static boolean reaches(TestNamespace host, String address) {
        try {
            return host.run("ping -c 1 -W 1 " + address).contains(" 0% packet loss");
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void await(BooleanSupplier condition, String what) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(() -> what + node.service().status().drops() + node.log())
                    .isLessThan(deadlineNs);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
