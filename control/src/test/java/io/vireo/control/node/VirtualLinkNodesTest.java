package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.view.InterfacePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
    /** Filled with this node's number, the other's, and the wire's device. */
    @SuppressWarnings("InlineFormatString") // longer than the method that fills it
    private static final String NODE = """
        ports: [{name: w, device: "af_packet:%3$s", rate: 1Gbit}]
        substrate:
          links:
            - {name: direct, port: w, vlan: 100, priority: 5, mac: 02:00:00:00:99:0%1$d, peerMac: 02:00:00:00:99:0%2$d}
            - {name: lan, port: w, multiAccess: true, mac: 02:00:00:00:99:0%1$d}
            - {name: wan, underlay: base/r1, local: 10.0.0.%1$d, remote: 10.0.0.%2$d}
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
          - name: green
            id: 103
            routers:
              - name: r1
                interfaces:
                  - {name: v, encapsulation: {substrate: {link: wan, id: 77}}, addresses: [10.0.0.%1$d/24, "2001:db8::%1$d/64"]}
          - name: black
            id: 104
            routers:
              - name: r1
                interfaces:
                  - name: v
                    encapsulation: {vi: {underlay: base/r1, local: 10.0.0.%1$d, remote: 10.0.0.%2$d}}
                    addresses: [10.0.0.%1$d/24]
                  - {name: lo, loopback: true, addresses: [10.9.0.%1$d/32]}
                routes: [{prefix: 10.9.0.%2$d/32, interface: v}]
        """;

    @TempDir
    private Path directory;

    private TwoNodes nodes;

    @BeforeEach
    void start() throws Exception {
        nodes = new TwoNodes("l", directory, 1600, NODE);
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void shouldCarryTwoVpnsAndPlainIpOverOneWire() throws Exception {
        for (String vpn : List.of("base", "blue", "red")) {
            nodes.awaitPing(vpn, "r1", "10.0.0.2");
        }
        Process capture = nodes.capture(30, "ether proto 0x88b5 or (vlan and ether proto 0x88b5)");
        for (String vpn : List.of("blue", "red")) {
            assertThat(nodes.a.in(vpn, "r1", "ping -c 10 -l 10 -i 1 -W 2 10.0.0.2"))
                    .contains(" 0% packet loss");
            assertThat(nodes.a.in(vpn, "r1", "ping -c 2 -l 2 -i 1 -W 2 -M do -s 1464 10.0.0.2"))
                    .as("the MTU of the port, less the header")
                    .contains(" 0% packet loss");
            assertThat(nodes.a.in(vpn, "r1", "ping -6 -c 8 -l 8 -i 1 -W 2 2001:db8::2"))
                    .contains(" 0% packet loss");
        }
        TwoNodes.awaitEnd(capture);
        assertThat(nodes.count("vlan.etype==0x88b5&&vlan.id==100&&vlan.priority==5&&data.data[0:4]==00:00:00:4d"))
                .as("blue's, as tshark has it")
                .isPositive();
        assertThat(nodes.count("eth.type==0x88b5&&!vlan&&eth.src==02:00:00:00:99:01&&data.data[0:4]==00:00:00:4d"))
                .as("red's")
                .isPositive();
        assertThat(sent("blue")).isGreaterThanOrEqualTo(20);
        assertThat(nodes.a.service().classes(new InterfacePath("blue", "r1", "v")))
                .as("a class of the port, without naming it")
                .hasSize(1)
                .allMatch(each -> each.port().equals("w"));
        transfer("blue");
    }

    /** Before the packets of a virtual link over an IP tunnel there is its identifier, and nothing of Ethernet. */
    @Test
    void shouldCarryTheIdentifierAloneOverIp() throws Exception {
        nodes.awaitPing("green", "r1", "10.0.0.2");
        Process capture = nodes.capture(15, "ip proto 47");
        assertThat(nodes.a.in("green", "r1", "ping -c 10 -l 10 -i 1 -W 2 10.0.0.2"))
                .contains(" 0% packet loss");
        assertThat(nodes.a.in("green", "r1", "ping -6 -c 10 -l 10 -i 1 -W 2 2001:db8::2"))
                .contains(" 0% packet loss");
        TwoNodes.awaitEnd(capture);
        assertThat(nodes.count("gre.key==77&&gre.proto==0x0800&&icmp.type==8&&!eth.dst==02:00:00:00:99:02"))
                .isGreaterThanOrEqualTo(10);
        assertThat(nodes.count("gre.key==77&&gre.proto==0x86dd&&icmpv6.type==128"))
                .isPositive();
        transfer("green");
    }

    /** The address of the far router's loopback is taken by the virtual link, as any of its own: it is a weak end system inside. */
    @Test
    void shouldCarryAVirtualInternet() throws Exception {
        nodes.awaitPing("black", "r1", "10.0.0.2");
        Process capture = nodes.capture(10, "ip proto 4");
        assertThat(nodes.a.in("black", "r1", "ping -c 10 -l 10 -i 1 -W 2 10.9.0.2"))
                .contains(" 0% packet loss");
        TwoNodes.awaitEnd(capture);
        assertThat(nodes.count("ip.proto==4&&icmp.type==8&&ip.dst==10.9.0.2")).isEqualTo(10);
    }

    /** TCP, for what is long and in both directions at once. */
    private void transfer(String vpn) throws IOException {
        Process server = nodes.b.serveIperf(vpn, "r1");
        try {
            assertThat(nodes.a.in(vpn, "r1", "iperf3 -c 10.0.0.2 -n 2M")).contains("receiver");
        } finally {
            server.destroyForcibly();
        }
    }

    private long sent(String vpn) {
        return nodes.a.service().status().routers().stream()
                .filter(router -> router.vpn().equals(vpn))
                .flatMap(router -> router.interfaces().stream())
                .mapToLong(each -> each.counts().txPackets())
                .sum();
    }
}
