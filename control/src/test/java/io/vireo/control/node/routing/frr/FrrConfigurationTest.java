package io.vireo.control.node.routing.frr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.node.plan.Planner;
import io.vireo.control.node.topology.DataplaneLimits;
import io.vireo.control.node.topology.MemoryIds;
import io.vireo.control.node.topology.RouterPlan;
import io.vireo.control.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrrConfigurationTest {
    private static final String OSPF = """
        protocol: ospf, families: [ipv4, ipv6], redistribute: [static, connected], bfd: true, area: 258,
          interfaces: [{name: east, cost: 7, helloSeconds: 1}, {name: lan, passive: true, area: 1}, {name: out, excluded: true}]
        """;
    private static final String RIP = """
        protocol: rip, families: [ipv6, ipv4], redistribute: [connected], timers: {updateSeconds: 5, timeoutSeconds: 15},
          interfaces: [{name: lan, passive: true}, {name: out, excluded: true}]
        """;
    private static final String BGP = """
        protocol: bgp, families: [ipv4, ipv6], routerId: 9.9.9.9, redistribute: [static], bfd: true, asn: 65001,
          neighbors: [{address: 10.0.0.2, remoteAsn: 65002, passwordFile: /p}, {address: "2001:db8::2", remoteAsn: 65001}],
          networks: [198.51.100.0/24, "2001:db8:5::/48"]
        """;

    @TempDir
    private Path directory;

    @Test
    void shouldWriteOspf() throws InvalidConfigurationException {
        assertThat(text(OSPF, FrrDaemon.OSPFD)).isEqualTo("""
                interface lan
                 ip ospf area 0.0.0.1
                 ip ospf passive
                exit
                interface east
                 ip ospf area 0.0.1.2
                 ip ospf cost 7
                 ip ospf network point-to-point
                 ip ospf hello-interval 1
                 ip ospf dead-interval 4
                 ip ospf bfd
                exit
                interface lo
                 ip ospf area 0.0.1.2
                 ip ospf passive
                exit
                router ospf
                 ospf router-id 192.0.2.1
                 timers lsa min-arrival 0
                 redistribute connected
                 redistribute kernel
                exit
                """);
        assertThat(text(OSPF, FrrDaemon.OSPF6D))
                .startsWith("interface lan\n ipv6 ospf6 area 0.0.0.1\n ipv6 ospf6 passive\nexit\ninterface east\n")
                .endsWith(
                        "router ospf6\n ospf6 router-id 192.0.2.1\n redistribute connected\n redistribute kernel\nexit\n")
                .doesNotContain("interface lo", "interface out");
        assertThat(text(OSPF, FrrDaemon.ZEBRA)).isEmpty();
    }

    @Test
    void shouldWriteRip() throws InvalidConfigurationException {
        assertThat(text(RIP, FrrDaemon.RIPD)).isEqualTo("""
                router rip
                 version 2
                 timers basic 5 15 120
                 redistribute connected
                 network lan
                 passive-interface lan
                 network east
                 network lo
                 passive-interface lo
                exit
                """);
        assertThat(text(RIP, FrrDaemon.RIPNGD)).isEqualTo("""
                router ripng
                 timers basic 5 15 120
                 redistribute connected
                 network lan
                 passive-interface lan
                 network east
                exit
                """);
    }

    @Test
    void shouldWriteBgp() throws InvalidConfigurationException {
        assertThat(text(BGP, FrrDaemon.BGPD)).isEqualTo("""
                router bgp 65001
                 bgp router-id 9.9.9.9
                 no bgp ebgp-requires-policy
                 no bgp default ipv4-unicast
                 no bgp network import-check
                 neighbor 10.0.0.2 remote-as 65002
                 neighbor 10.0.0.2 timers connect 5
                 neighbor 10.0.0.2 password secret
                 neighbor 10.0.0.2 bfd
                 neighbor 2001:db8::2 remote-as 65001
                 neighbor 2001:db8::2 timers connect 5
                 neighbor 2001:db8::2 bfd
                 address-family ipv4 unicast
                  network 198.51.100.0/24
                  redistribute kernel
                  neighbor 10.0.0.2 activate
                 exit-address-family
                 address-family ipv6 unicast
                  network 2001:db8:5::/48
                  redistribute kernel
                  neighbor 2001:db8::2 activate
                 exit-address-family
                exit
                """);
    }

    /** vtysh knows what every daemon takes, without one. */
    @Test
    void shouldWriteNothingThatFrrDoesNotTake() throws InvalidConfigurationException, IOException {
        assumeTrue(Files.exists(Path.of("/usr/bin/vtysh")), "the package frr is not installed");
        for (String routing : List.of(OSPF, RIP, BGP)) {
            StringBuilder all = new StringBuilder();
            for (FrrDaemon daemon : FrrDaemon.values()) {
                all.append(text(routing, daemon));
            }
            assertThat(vtysh(all.toString())).as("%s", all).isZero();
        }
        assertThat(vtysh("router ospf\n no such thing\nexit\n"))
                .as("vtysh finds it")
                .isNotZero();
    }

    private int vtysh(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("frr.conf"), text);
        return Command.of("vtysh", "-C", "-f", file.toString()).run().status();
    }

    /** Whatever stands in a value of the document: it is refused, or it stays within its line. */
    @Test
    void shouldLetNoValueBecomeALineOfItsOwn() {
        List<String> poisons =
                List.of("\\n", "\\r", "\\0", "!", " ", "#", "\\u2028", "?", "|", "\\t", "exit", "\\u0085");
        List<String> places =
                List.of("east", "7", "258", "192.0.2.1", "ospf", "connected", "65001", "10.0.0.2", "9.9.9.9");
        Random random = new Random(13);
        int accepted = 0;
        for (int n = 0; n < 2_000; n++) {
            String routing = List.of(OSPF, RIP, BGP).get(n % 3);
            String place = places.get(random.nextInt(places.size()));
            String poison = poisons.get(random.nextInt(poisons.size()));
            String poisoned = routing.replaceFirst(
                    "(?<![0-9.a-z])" + place + "(?![0-9.a-z])",
                    "\"" + place.replace("\"", "") + poison.replace("\\", "\\\\") + "log file /etc/shadow\"");
            try {
                for (FrrDaemon daemon : FrrDaemon.values()) {
                    assertThat(text(poisoned, daemon)).doesNotContain("log file");
                }
                accepted++;
            } catch (InvalidConfigurationException e) {
                assertThat(e.problems()).isNotEmpty();
            }
        }
        assertThat(accepted).as("of those that had no such place").isLessThan(1_900);
    }

    static String text(String routing, FrrDaemon daemon) throws InvalidConfigurationException {
        return new FrrConfiguration(router(routing), Map.of(Path.of("/p"), "secret"))
                .of(daemon)
                .text();
    }

    private static RouterPlan router(String routing) throws InvalidConfigurationException {
        String document = """
            ports: [{name: p1, device: null}, {name: p2, device: null}]
            vpns:
              - name: red
                id: 1
                routers:
                  - name: r1
                    interfaces:
                      - {name: lan, port: p1, addresses: [10.1.0.1/24]}
                      - {name: out, port: p2, addresses: [10.2.0.1/24]}
                      - {name: home, loopback: true, addresses: [192.0.2.1/32]}
                    routing: {%s}
                  - {name: r2}
                links:
                  - {name: l, a: {router: r1, interface: east, addresses: [10.0.0.1/30]}, b: {router: r2, interface: west}}
            """.formatted(routing.strip().replace("\n", " "));
        return Objects.requireNonNull(new Planner("n", "v", 0, new MemoryIds(), DataplaneLimits.DEFAULT)
                .plan(ConfigurationReader.read(document))
                .routers()
                .get("red/r1"));
    }
}
