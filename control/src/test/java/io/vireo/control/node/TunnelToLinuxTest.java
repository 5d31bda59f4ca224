package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.Shell;
import io.vireo.control.linux.TestNamespace;
import io.vireo.control.linux.peer.LinuxPeer;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.view.ApplyRefusedException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tunnels of each kind between a node and a Linux kernel, with what Linux gives them when nothing is said: {@code host - node = Linux}.
 */
@Tag("slow")
class TunnelToLinuxTest {
    private static final long REACHED_WITHIN_NS = 60_000_000_000L;
    private static final String PID = Long.toString(ProcessHandle.current().pid());
    private static final String HOST_PORT = "lh" + PID;
    private static final String TAP = "lt" + PID;

    @TempDir
    private static Path directory;

    private static TestNamespace host;
    private static RunningNode node;
    private static LinuxPeer linux;

    /** A tunnel, and the command that makes its far end. */
    enum Kind {
        IP_IN_IPV4(0, 1480, "ipip: {%s}", "sit mode any %s"),
        IP_IN_IPV6(1, 1460, "ipip: {%s}", "ip6tnl mode any encaplimit none %s"),
        IP_IN_IPV6_WITH_LIMIT(2, 1452, "ipip: {%s}", "ip6tnl mode any %s"),
        GRE(3, 1472, "gre: {%s, key: 7}", "gre key 7 %s"),
        GRE_WITH_ALL(4, 1464, "gre: {%s, key: 8, checksum: true, sequence: true}", "gre key 8 csum seq %s"),
        GRE_OVER_IPV6(5, 1448, "gre: {%s, key: 9, checksum: true}", "ip6gre key 9 csum encaplimit none %s");

        private final int number;
        private final int mtu;
        private final String here;
        private final String there;

        Kind(int number, int mtu, String here, String there) {
            this.number = number;
            this.mtu = mtu;
            this.here = here;
            this.there = there;
        }

        /** A far end has one tunnel without a key. */
        int far() {
            return 2 + number;
        }

        boolean isOverIpv6() {
            return name().contains("IPV6");
        }

        String network() {
            return isOverIpv6() ? "2001:db8:a::" : "192.0.2.";
        }

        String yaml() {
            return """
                  - name: t%1$d
                    mtu: %2$d
                    encapsulation: {%3$s}
                    addresses: [10.1.%1$d.1/30, "2001:db8:10:%1$d::1/64"]
                """.formatted(
                            number,
                            mtu,
                            here.formatted("underlay: core/r1, local: \"" + network() + "1\", remote: \"" + network()
                                    + far() + "\""))
                    .indent(8);
        }

        String route() {
            return """
                  - {prefix: 10.2.%1$d.0/24, interface: t%1$d}
                  - {prefix: "2001:db8:2:%1$d::/64", interface: t%1$d}
                """.formatted(number).indent(8);
        }

        List<String> commands() {
            return """
                ip address add %3$s%4$d/%5$s dev eth0
                ip link add t%1$d type %2$s
                ip link set t%1$d up
                ip address add 10.2.%1$d.2/32 dev lo
                ip address add 2001:db8:2:%1$d::2/128 dev lo
                """.formatted(
                    number,
                    there.formatted("local " + network() + far() + " remote " + network() + "1"),
                    network(),
                    far(),
                    isOverIpv6() ? "64 nodad" : "24").lines().toList();
        }
    }

    @BeforeAll
    static void start() throws ApplyRefusedException, InvalidConfigurationException {
        Shell.run("ip tuntap add " + TAP + " mode tap");
        Shell.run("sysctl -q -w net.ipv6.conf." + TAP + ".disable_ipv6=1");
        Shell.run("ip link set " + TAP + " up");
        linux = LinuxPeer.boot(TAP);
        linux.run("ip link set eth0 up");
        host = new TestNamespace();
        Shell.run("ip link add " + HOST_PORT + " type veth peer name eth0 netns " + host.name());
        host.run("ethtool -K eth0 tx off tso off gso off");
        host.batch("""
            link set lo up
            address add 10.0.1.2/24 dev eth0
            address add 2001:db8:1::2/64 dev eth0 nodad
            link set eth0 up
            route add default via 10.0.1.1
            route add default via 2001:db8:1::1
            """);
        node = RunningNode.start("l" + PID, directory.resolve("node"), List.of(HOST_PORT, TAP));
        node.apply(ConfigurationReader.read("""
            ports:
              - {name: host, device: "af_packet:%s"}
              - {name: wan, device: "af_packet:%s"}
            vpns:
              - name: core
                id: 1
                routers:
                  - name: r1
                    interfaces:
                      - {name: wan, port: wan, addresses: [192.0.2.1/24, "2001:db8:a::1/64"]}
              - name: blue
                id: 101
                routers:
                  - name: r1
                    interfaces:
                      - {name: h, port: host, addresses: [10.0.1.1/24, "2001:db8:1::1/64"]}
            %s
                    routes:
            %s
            """.formatted(
                        HOST_PORT,
                        TAP,
                        List.of(Kind.values()).stream().map(Kind::yaml).collect(Collectors.joining()),
                        List.of(Kind.values()).stream().map(Kind::route).collect(Collectors.joining()))));
        for (Kind kind : Kind.values()) {
            kind.commands().forEach(linux::run);
        }
        linux.run("iperf3 -s -D > /dev/null");
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
            host.close();
        }
        if (linux != null) {
            linux.close();
        }
        Shell.run("ip link del " + TAP);
    }

    @ParameterizedTest
    @EnumSource
    void shouldTalkWithLinux(Kind kind) {
        int number = kind.number;
        linux.run("ip route replace 10.0.1.0/24 dev t" + number + " src 10.2." + number + ".2");
        linux.run("ip route replace 2001:db8:1::/64 dev t" + number);
        String ipv4 = "10.2." + number + ".2";
        String ipv6 = "2001:db8:2:" + number + "::2";
        waitUntilReached(ipv4);
        waitUntilReached(ipv6);

        for (String address : List.of(ipv4, ipv6)) {
            int headers = (address.equals(ipv4) ? 20 : 40) + 8;
            assertThat(host.run("ping -c 5 -i 0.2 -W 3 " + address)).contains(" 0% packet loss");
            assertThat(host.run("ping -c 3 -i 0.2 -W 3 -M do -s " + (kind.mtu - headers) + " " + address))
                    .as("of the MTU, %d", kind.mtu)
                    .contains(" 0% packet loss");
            assertThat(linux.run("ping -c 5 -i 0.2 -W 3 -I " + address + " "
                            + (address.equals(ipv4) ? "10.0.1.2" : "2001:db8:1::2")))
                    .contains(" 0% packet loss");
            assertThat(host.run("iperf3 -n 2M -c " + address)).contains("iperf Done");
            assertThat(host.run("iperf3 -n 2M -R -c " + address)).contains("iperf Done");
        }
        assertThat(node.service().status().drops())
                .as("what was dropped")
                .noneSatisfy(drop -> assertThat(drop.toString()).contains("TUNNEL_"));
    }

    private static void waitUntilReached(String address) {
        long deadlineNs = System.nanoTime() + REACHED_WITHIN_NS;
        while (true) {
            try {
                host.run("ping -c 1 -W 1 " + address);
                return;
            } catch (IllegalStateException e) {
                assertThat(System.nanoTime()).as(e.getMessage() + node.log()).isLessThan(deadlineNs);
                LockSupport.parkNanos(10_000_000);
            }
        }
    }
}
