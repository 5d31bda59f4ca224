package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.keys.KeyExchange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private TwoNodes nodes;

    @BeforeEach
    void start() throws Exception {
        nodes = new TwoNodes("v", directory, 2000, NODE);
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void shouldKeepVpnsApartThatShareAWireAndItsAddresses() throws Exception {
        nodes.awaitPing("base", "r1", "10.0.0.2");
        nodes.awaitPing("blue", "core", "10.0.0.2");
        nodes.awaitPing("red", "core", "10.0.0.2");
        nodes.awaitPing("blue", "edge", "10.2.0.2");
        nodes.awaitPing("red", "edge", "10.2.0.2");
        nodes.awaitPing("blue", "edge", "172.16.0.2");
        nodes.awaitPing("blue", "edge", "172.16.2.2");
        giveKeys();
        nodes.awaitPing("blue", "edge", "172.16.1.2");
        Process capture = nodes.capture(60, "icmp or ip proto 4 or ip proto 47 or ip proto 50");
        for (List<String> ping : List.of(
                List.of("base", "r1", "10.0.0.2"),
                List.of("blue", "edge", "10.2.0.2"),
                List.of("red", "edge", "10.2.0.2"),
                List.of("blue", "edge", "172.16.0.2"),
                List.of("blue", "edge", "172.16.1.2"),
                List.of("blue", "edge", "172.16.2.2"))) {
            assertThat(nodes.a.in(ping.get(0), ping.get(1), "ping -c 10 -l 10 -i 1 -W 2 " + ping.get(2)))
                    .contains(" 0% packet loss");
        }
        assertThat(nodes.a.in("blue", "edge", "ping -c 2 -l 2 -i 1 -W 2 -M do -s 1468 10.2.0.2"))
                .as("the MTU of the core, and the option beside")
                .contains(" 0% packet loss");
        assertThat(nodes.a
                        .in("blue", "edge", "traceroute -n -q 1 -w 2 10.2.0.2")
                        .lines()
                        .skip(1))
                .hasSize(3);
        assertThat(nodes.a.in("base", "r1", "ping -6 -c 2 -l 2 -i 1 -W 2 2001:db8::2"))
                .contains(" 0% packet loss");
        TwoNodes.awaitEnd(capture);

        assertThat(nodes.count("ip.hdr_len==20&&icmp.type==8&&ip.dst==10.0.0.2"))
                .as("base's")
                .isGreaterThanOrEqualTo(10);
        assertThat(nodes.count("ip.opt.sid==101&&ip.dst==10.2.0.2"))
                .as("blue's")
                .isGreaterThanOrEqualTo(10);
        assertThat(nodes.count("ip[20:6]==9e:06:00:01:11:70&&ip.dst==10.2.0.2"))
                .as("red's")
                .isGreaterThanOrEqualTo(10);
        assertThat(nodes.count("ip.opt.sid==101&&ip.dst==203.0.113.2&&ip.proto==4"))
                .as("blue's tunnel")
                .isPositive();
        assertThat(nodes.count("ip.opt.sid==101&&esp")).as("blue's ESP").isGreaterThanOrEqualTo(10);
        assertThat(nodes.count("esp&&icmp")).as("of which nothing is seen").isZero();
        assertThat(nodes.count("ip.opt.sid==101&&gre")).as("blue's GRE").isGreaterThanOrEqualTo(10);
    }

    private void giveKeys() {
        List<String> log = new ArrayList<>();
        List<NodeKeyPeer> peers =
                List.of(new NodeKeyPeer("a", nodes.a.service()), new NodeKeyPeer("b", nodes.b.service()));
        assertThat(new KeyExchange(peers, Long.MAX_VALUE, log::add).round(System.nanoTime()))
                .as("%s", log)
                .isEqualTo(2);
    }
}
