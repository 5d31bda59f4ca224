package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.Shell;
import io.vireo.control.linux.TestNamespace;
import io.vireo.control.linux.peer.LinuxPeer;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.DataplaneStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.opentest4j.TestAbortedException;

/**
 * A node between a host and a Linux kernel: {@code host - node = Linux}. VPN {@code core} has the wire to Linux, on which it is
 * 192.0.2.1 and 2001:db8:a::1; VPN {@code blue} has the host, 10.0.1.2 and 2001:db8:1::2, and tunnels.
 */
final class LinuxPeerLab implements AutoCloseable {
    private static final long REACHED_WITHIN_NS = 60_000_000_000L;
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;
    private static final int ICMP_HEADER_BYTES = 8;
    private static final String PID = Long.toString(ProcessHandle.current().pid());
    private static final String HOST_PORT = "lh" + PID;
    private static final String TAP = "lt" + PID;

    final LinuxPeer linux;
    final RunningNode node;
    private final TestNamespace host;
    private final Process hostServer;

    /**
     * Boots Linux and starts the node.
     *
     * @param tunnels interfaces of VPN blue, and
     * @param routes its routes: list elements of YAML
     * @throws TestAbortedException where there is no Linux to be had
     */
    LinuxPeerLab(Path directory, String tunnels, String routes)
            throws ApplyRefusedException, InvalidConfigurationException {
        this(directory, tunnels, routes, "", "");
    }

    /**
     * @param labels of VPN core's router: elements of a list of YAML, with commas between them.
     * @param coreRoutes of it: list elements of YAML.
     */
    LinuxPeerLab(Path directory, String tunnels, String routes, String labels, String coreRoutes)
            throws ApplyRefusedException, InvalidConfigurationException {
        Configuration document =
                document(tunnels, routes, labels, coreRoutes); // one that is refused leaves nothing behind
        Shell.run("ip tuntap add " + TAP + " mode tap");
        Shell.run("sysctl -q -w net.ipv6.conf." + TAP + ".disable_ipv6=1");
        Shell.run("ip link set " + TAP + " up");
        try {
            linux = LinuxPeer.boot(TAP);
        } catch (TestAbortedException e) {
            Shell.run("ip link del " + TAP);
            throw e;
        }
        linux.run("ip link set eth0 up");
        host = TestNamespace.hostBehind(HOST_PORT, 1);
        node = RunningNode.start("l" + PID, directory.resolve("node"), List.of(HOST_PORT, TAP));
        node.apply(document);
        waitUntilForwarding();
        linux.run("iperf3 -s -D > /dev/null");
        hostServer = startServer();
    }

    private static Configuration document(String tunnels, String routes, String labels, String coreRoutes)
            throws InvalidConfigurationException {
        return ConfigurationReader.read(
                """
            ports:
              - {name: host, device: "af_packet:%s"}
              - {name: wan, device: "af_packet:%s"}
            vpns:
              - name: core
                id: 1
                routers:
                  - name: r1
                    interfaces:
                      - {name: wan, port: wan, mpls: true, addresses: [192.0.2.1/24, "2001:db8:a::1/64"]}
                    labels: [%s]
            %s
              - name: blue
                id: 101
                routers:
                  - name: r1
                    interfaces:
                      - {name: h, port: host, addresses: [10.0.1.1/24, "2001:db8:1::1/64"]}
            %s
                    routes:
            %s
            """.formatted(HOST_PORT, TAP, labels, routesOf(coreRoutes), tunnels.indent(10), routes.indent(10)));
    }

    private static String routesOf(String elements) {
        return elements.isEmpty() ? "" : "routes:\n".indent(8) + elements.indent(10);
    }

    private Process startServer() {
        try {
            return new ProcessBuilder("ip", "netns", "exec", host.name(), "iperf3", "-s")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void waitUntilForwarding() {
        long deadlineNs = System.nanoTime() + REACHED_WITHIN_NS;
        while (node.service().status().dataplane().state() != DataplaneStatus.State.RUNNING) {
            assertThat(System.nanoTime()).as(node.log()).isLessThan(deadlineNs);
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** That pings, the longest of the tunnel's MTU, and iperf3 go through both ways between the host and Linux, in each family. */
    void assertTalks(String ipv4, String ipv6, int mtu) {
        waitUntilReached(ipv4);
        waitUntilReached(ipv6);
        assertReaches(ipv4, "10.0.1.2", mtu - IPV4_HEADER_BYTES - ICMP_HEADER_BYTES);
        assertReaches(ipv6, "2001:db8:1::2", mtu - IPV6_HEADER_BYTES - ICMP_HEADER_BYTES);
        assertThat(node.service().status().drops())
                .as("what was dropped")
                .noneSatisfy(drop -> assertThat(drop.toString()).containsAnyOf("TUNNEL_", "ESP_"));
    }

    /** Pings from the host, with these arguments; throws if nothing comes back. */
    String ping(String arguments) {
        return host.run("ping " + arguments);
    }

    /** That the host's pings are answered. */
    void assertReaches(String address) {
        waitUntilReached(address);
        assertThat(host.run("ping -c 3 -l 3 -i 1 -W 3 " + address)).contains(" 0% packet loss");
    }

    private void assertReaches(String address, String hostAddress, int longestBytes) {
        assertThat(host.run("ping -c 5 -l 5 -i 1 -W 3 " + address)).contains(" 0% packet loss");
        assertThat(host.run("ping -c 3 -l 3 -i 1 -W 3 -M do -s " + longestBytes + " " + address))
                .as("of the MTU")
                .contains(" 0% packet loss");
        assertThat(linux.run("ping -c 5 -l 5 -i 1 -W 3 -I " + address + " " + hostAddress))
                .contains(" 0% packet loss");
        assertCarriesTcp(host::run, "iperf3 -n 2M -c " + address);
        assertCarriesTcp(linux::run, "iperf3 -n 2M -B " + address + " -c " + hostAddress);
    }

    /**
     * Each side is the client once: iperf3's reverse mode does not go well with a number of bytes (esnet/iperf 1363). Where the client
     * is slow, the server may reset the control connection after the data (esnet/iperf 499); then it is to go well once more.
     */
    private static void assertCarriesTcp(UnaryOperator<String> client, String commandLine) {
        String answer;
        try {
            answer = client.apply(commandLine);
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("control message");
            answer = client.apply(commandLine);
        }
        assertThat(answer).contains("iperf Done");
    }

    /** Waits until a ping of the host's is answered. */
    void waitUntilReached(String address) {
        long deadlineNs = System.nanoTime() + REACHED_WITHIN_NS;
        while (true) {
            try {
                host.run("ping -c 1 -W 1 " + address);
                return;
            } catch (IllegalStateException e) {
                assertThat(System.nanoTime())
                        .as(e.getMessage()
                                + node.log()
                                + node.service().status().drops())
                        .isLessThan(deadlineNs);
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    @Override
    public void close() {
        hostServer.destroy();
        node.close();
        host.close();
        linux.close();
        Shell.run("ip link del " + TAP);
    }
}
