package io.vireo.control.model.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Device;
import io.vireo.control.model.Encapsulation;
import io.vireo.control.model.HeaderModes;
import io.vireo.control.model.HeaderModes.Dscp;
import io.vireo.control.model.HeaderModes.Ecn;
import io.vireo.control.model.HeaderModes.Ttl;
import io.vireo.control.model.Interface;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Problem;
import io.vireo.control.model.PuntBudget;
import io.vireo.control.model.PuntLimit;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.StaticRouteKind;
import io.vireo.control.model.VpnIdEncoding;
import io.vireo.dataplane.wire.code.PuntClass;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationReaderTest {

    static final String EXAMPLE = """
        apiVersion: v1
        node: lab1
        ecmp: {hashSeed: 4294967295}
        ports:
          - {name: p1, device: "af_packet:veth-b1", rxQueues: 2, rate: 100Mbit, overheadBytes: 20}
          - {name: p2, device: null, mtu: 9000}
          - {name: p3, device: "pci:0000:3b:00.0"}
          - {name: p4, device: "vdev:net_pcap_p4,rx_pcap=in.pcap"}
        substrate:
          etherType: "0x88b6"
          links:
            - {name: s1, port: p3, vlan: 40, priority: 5, mac: 02:00:00:00:01:01, peerMac: 02:00:00:00:01:02}
            - {name: s2, port: p3, multiAccess: true, mac: 02:00:00:00:01:01}
            - {name: s3, underlay: blue/r1, local: 10.0.1.1, remote: 203.0.113.9}
          crossings:
            - {name: c1, mtu: 1400, a: {link: s1, id: 9, scheduling: {ls: 1Mbit}}, b: {link: s2, id: 9, peerMac: 02:00:00:00:01:04}}
        vpns:
          - name: blue
            id: 101
            buffers: {packets: 1000, bytes: 2000000}
            routers:
              - name: r1
                punt: {packetsPerSecond: 500}
                interfaces:
                  - {name: h1, port: p1, vlan: 10, mac: 02:00:00:00:00:01, addresses: [10.0.1.1/24, "2001:db8:1::1/64"]}
                  - {name: h2, port: p2, mtu: 9000, addresses: [10.0.2.1/24], adminState: down,
                     emulation: {delay: 20ms, jitter: 5ms, distribution: pareto, rate: 10Mbit, queue: 30ms, limit: 500, loss: 0.5%,
                      burst: {p: 1%, r: 25%, lossBad: 90%, lossGood: 0.001%}, reorder: 1%, duplicate: 0.1%, seed: 7}}
                  - {name: lo, loopback: true, addresses: [192.0.2.1/32]}
                routes:
                  - {prefix: 10.9.0.0/16, via: 10.0.1.2}
                  - {prefix: 10.8.0.0/16, via: [10.0.1.2, 10.0.2.2]}
                  - {prefix: 10.7.0.0/16, blackhole: true}
                  - {prefix: 10.6.0.0/16, interface: h1}
                  - {prefix: "::/0", via: "fe80::1", interface: h1}
                  - {prefix: 10.5.0.0/16, via: 10.1.0.2}
              - name: r2
                interfaces:
                  - {name: c1, port: p2, vpnId: true}
                  - {name: c2, port: p2, vlan: 12, vpnId: experimental}
                  - {name: c3, port: p4, mpls: true, addresses: [10.3.0.1/24]}
                labels:
                  - {label: 16, swap: 1048575, via: 10.3.0.2, interface: c3, ttl: pipe}
                  - {label: 17, swap: [0, 16], via: [10.3.0.2, 10.3.0.3]}
                  - {label: 18, push: 19, via: 10.3.0.2}
                  - {label: 19, pop: true, router: red/r1}
            links:
              - name: l1
                a: {router: r1, interface: to-r2, addresses: [10.1.0.1/30]}
                b: {router: r2, interface: to-r1, addresses: [10.1.0.2/30], emulation: {loss: 2%}}
                bandwidth: 10Mbit
                emulation: {delay: 3ms, keepOrder: true}
          - name: red
            id: 4294967295
            routers:
              - name: r1
                interfaces:
                  - name: h1
                    port: p1
                    vlan: 11
                    addresses: [10.0.1.1/24]
                    scheduling:
                      guarantee: 60Mbit
                      limit: 80Mbit
                      queue: {packets: 500, bytes: 1500000}
                      codel: {target: 4ms, interval: 80ms}
                      default: bulk
                      classes:
                        - name: voice
                          rt: {packet: 200, delay: 5ms, rate: 1Mbit}
                          match:
                            - {dscp: 46}
                            - {protocol: udp, sourcePorts: 1024-65535, destinationPorts: 5060, source: 10.0.1.0/24}
                        - {name: data, guarantee: 40Mbit}
                        - {name: bulk, parent: data, ls: 3Mbit, ul: {m1: 30Mbit, d: 10ms, m2: 20Mbit}, codel: {}}
                        - {name: web, parent: data, guarantee: 10Mbit, match: [{protocol: 99, destination: "2001:db8::/32"}]}
                  - name: t1
                    encapsulation: {ipip: {underlay: blue/r1, local: 10.0.1.1, remote: 203.0.113.2, hopLimit: 30,
                      dscp: uniform, fragment: outer}}
                    addresses: [172.16.0.1/30]
                  - name: t2
                    encapsulation: {gre: {underlay: blue/r1, local: 10.0.1.1, remote: 203.0.113.2, hopLimit: 30, dscp: 46,
                      ecn: compatibility, mssClamp: true, fragment: outer, key: 4294967295, checksum: true, sequence: true}}
                  - name: t3
                    encapsulation: {esp: {underlay: blue/r1, local: 10.0.1.1, remote: 203.0.113.3, hopLimit: 30,
                      fragment: outer, algorithm: aes-gcm-256, window: 64,
                      esn: false, lifetimePackets: 1000, lifetimeBytes: 100000, lifetimeSeconds: 60}}
                  - name: t4
                    encapsulation: {vns: {underlay: blue/r1, local: 10.0.1.1, remote: 203.0.113.2, hopLimit: 30, ecn: compatibility,
                      dscp: uniform, mssClamp: true, fragment: outer, vpnId: 4294967295, option: experimental, flowId: true}}
                  - {name: t5, encapsulation: {substrate: {link: s1, id: 16777215}}}
                  - {name: t6, encapsulation: {substrate: {link: s2, id: 1, peerMac: 02:00:00:00:01:03}}}
                  - {name: t13, encapsulation: {substrate: {link: s3, id: 1}}}
                  - {name: t14, encapsulation: {vi: {underlay: blue/r1, local: 10.0.1.1, remote: 203.0.113.7, hopLimit: 30, dscp: 8}}}
                  - name: t7
                    encapsulation: {vxlan: {underlay: blue/r1, local: 10.0.1.1, remote: 203.0.113.2, hopLimit: 30, ecn: compatibility,
                      dscp: uniform, mssClamp: true, vni: 16777215, port: 8472}}
                  - name: t8
                    encapsulation: {gre: {underlay: blue/r1, local: 10.0.1.1, remote: 203.0.113.2, key: 6, ethernet: true}}
                  - name: t9
                    encapsulation: {mpls: {underlay: blue/r1, local: 10.0.1.1, remote: 203.0.113.2, hopLimit: 30, ecn: compatibility,
                      dscp: uniform, mssClamp: true, fragment: outer, over: gre, label: {out: 16, in: 1048575}}}
        """;

    private static final String NASTY = "{}[]:,-#&*!|>'\"%@` \n\t0x\u0000é";

    @Test
    void shouldReadAndWriteBudgetsOfPuntClasses() throws InvalidConfigurationException {
        String text = """
            vpns: [{name: a, id: 1, routers: [{name: r, punt: {packetsPerSecond: 2000, burstPackets: 300, interfacePercent: 50,
              classes: [{name: glean, packetsPerSecond: 7, burstPackets: 8}]}}]}]
            """;
        Configuration read = ConfigurationReader.read(text);
        PuntLimit punt = read.vpns().getFirst().routers().getFirst().punt();
        assertThat(punt).isEqualTo(new PuntLimit(2_000, 300, 50, List.of(new PuntBudget(PuntClass.GLEAN, 7, 8))));
        assertThat(punt.budgetOf(PuntClass.GLEAN).packetsPerSecond()).isEqualTo(7);
        assertThat(punt.budgetOf(PuntClass.LOCAL).packetsPerSecond()).isEqualTo(1_000);
        assertThat(ConfigurationReader.read(ConfigurationWriter.toYaml(read))).isEqualTo(read);
    }

    @Test
    void shouldRefuseABudgetOfAnUnknownPuntClassAndASecondOne() {
        String text = """
            vpns: [{name: a, id: 1, routers: [{name: r, punt: {classes: [
              {name: scan, packetsPerSecond: 7, burstPackets: 8},
              {name: glean, packetsPerSecond: 7, burstPackets: 8},
              {name: glean, packetsPerSecond: 7, burstPackets: 8}]}}]}]
            """;
        assertThatThrownBy(() -> ConfigurationReader.read(text))
                .hasMessageContaining("'scan' is no class of punted packets; there are routing, neighbour,")
                .hasMessageContaining("'glean' stands here twice");
    }

    @Test
    void shouldReadEveryField() throws InvalidConfigurationException {
        Configuration read = ConfigurationReader.read(EXAMPLE);
        assertThat(read.node()).isEqualTo("lab1");
        assertThat(read.ecmp().hashSeed()).isEqualTo(0xFFFF_FFFFL);
        assertThat(read.ports())
                .extracting(port -> port.device().toString())
                .containsExactly("af_packet:veth-b1", "null", "pci:0000:3b:00.0", "vdev:net_pcap_p4,rx_pcap=in.pcap");
        assertThat(read.ports().getFirst().device().devargs("p1", 2, 1500))
                .isEqualTo("net_af_packet_p1,iface=veth-b1,qpairs=2");
        assertThat(read.ports().get(1).device()).isEqualTo(new Device.Null());
        assertThat(read.vpns().get(1).id()).isEqualTo(0xFFFF_FFFFL);
        var router = read.vpns().getFirst().routers().getFirst();
        assertThat(router.punt().packetsPerSecond()).isEqualTo(500);
        assertThat(router.punt().burstPackets()).isEqualTo(1_000);
        assertThat(router.interfaces().getFirst().attachment()).isEqualTo(new Attachment.Access("p1", 10));
        assertThat(router.interfaces().getFirst().mac()).hasToString("02:00:00:00:00:01");
        assertThat(router.interfaces().get(2).carriesPackets()).isFalse();
        Interface tunnel = read.vpns().get(1).routers().getFirst().interfaces().get(1);
        assertThat(tunnel.attachment())
                .isEqualTo(new Attachment.Tunnel(
                        new Encapsulation.IpIp(),
                        new RouterPath("blue", "r1"),
                        IpAddress.parse("10.0.1.1"),
                        IpAddress.parse("203.0.113.2"),
                        30,
                        new HeaderModes(Ttl.PIPE, Dscp.UNIFORM, 0, Ecn.NORMAL, false, HeaderModes.Fragment.OUTER)));
        assertThat(tunnel.mtu()).isEqualTo(1_480);
        Interface gre = read.vpns().get(1).routers().getFirst().interfaces().get(2);
        assertThat(((Attachment.Tunnel) gre.attachment()).encapsulation())
                .isEqualTo(new Encapsulation.Gre(0xFFFF_FFFFL, true, true, false));
        assertThat(gre.mtu()).isEqualTo(1_464);
        Interface vns = read.vpns().get(1).routers().getFirst().interfaces().get(4);
        assertThat(((Attachment.Tunnel) vns.attachment()).encapsulation())
                .isEqualTo(new Encapsulation.Vns(0xFFFF_FFFFL, VpnIdEncoding.EXPERIMENTAL, true));
        assertThat(router.routes().get(1).via()).hasSize(2);
        assertThat(router.routes().get(2).kind()).isEqualTo(StaticRouteKind.BLACKHOLE);
        assertThat(read.vpns().getFirst().links().getFirst().bandwidth()).hasToString("10Mbit");
    }

    @Test
    void shouldWriteWhatItReads() throws InvalidConfigurationException {
        Configuration read = ConfigurationReader.read(EXAMPLE);
        String yaml = ConfigurationWriter.toYaml(read);
        assertThat(ConfigurationReader.read(yaml)).isEqualTo(read);
        assertThat(ConfigurationWriter.toYaml(ConfigurationReader.read(yaml))).isEqualTo(yaml);
    }

    @Test
    void shouldReadNamesThatYamlTakesForOtherTypes() throws InvalidConfigurationException {
        Configuration read = ConfigurationReader.read("vpns: [{name: no, id: 1, routers: [{name: 007}, {name: 1e3}]}]");
        assertThat(read.vpns().getFirst().name()).isEqualTo("no");
        assertThat(ConfigurationReader.read(ConfigurationWriter.toYaml(read))).isEqualTo(read);
    }

    @Test
    void shouldReadJson() throws InvalidConfigurationException {
        assertThat(ConfigurationReader.read("{\"vpns\":[{\"name\":\"blue\",\"id\":101}]}")
                        .vpns())
                .hasSize(1);
    }

    /** Each replaces one piece of the example by something wrong, and says what path and reason must be named. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "node: lab1|nodes: lab1|nodes|is not a field here; there are apiVersion, node, ecmp, ports, substrate, vpns",
                "node: lab1|node: ../etc|node|is not a name",
                "node: lab1|node: |node|has no value",
                "apiVersion: v1|apiVersion: v2|apiVersion|not a version",
                "rxQueues: 2|rxQueues: 0|ports[0].rxQueues|is not between 1 and 16",
                "rxQueues: 2|rxQueues: two|ports[0].rxQueues|is not a whole number",
                "rxQueues: 2|rxQueues: 2, rxQueues: 3|ports[0].rxQueues|is already given on line 5",
                "af_packet:veth-b1|tap:x|ports[0].device|is not a device",
                "pci:0000:3b:00.0|pci:3b:00.0|ports[2].device|is not a PCI address",
                "pci:0000:3b:00.0|af_packet:veth-b1|ports[2].device|is the device of another port, see ports[0].device",
                "name: p2, device|name: p1, device|ports[1].name|is the name of another port, see ports[0].name",
                "device: null, |``|ports[1].device|is missing",
                "id: 101|id: 0|vpns[0].id|is not between 1 and 4294967295",
                "id: 101|id: 4294967296|vpns[0].id|is not between",
                "id: 101|id: 4294967295|vpns[1].id|is the VPN-ID of another VPN, see vpns[0].id",
                "name: red|name: blue|vpns[1].name|is the name of another VPN, see vpns[0].name",
                "name: r2|name: r1|vpns[0].routers[1].name|is the name of another router",
                "vlan: 10,|vlan: 0,|vpns[0].routers[0].interfaces[0].vlan|is not between 1 and 4094",
                "vlan: 10,|vlan: 4095,|vpns[0].routers[0].interfaces[0].vlan|is not between 1 and 4094",
                "vlan: 10,|vlan: 11,|vpns[1].routers[0].interfaces[0].vlan|VLAN 11 of port p1 overlaps another"
                        + " interface, see vpns[0].routers[0].interfaces[0].vlan",
                "port: p1, vlan: 10,|port: p2,|vpns[0].routers[0].interfaces[1].port|untagged frames of port p2"
                        + " overlaps another interface",
                "port: p1, vlan: 10|port: p9, vlan: 10|vpns[0].routers[0].interfaces[0].port|is not a port of this"
                        + " node",
                "port: p1, vlan: 10,|``|vpns[0].routers[0].interfaces[0].port|is missing; an interface has a port",
                "mac: 02:00:00:00:00:01|mac: 03:00:00:00:00:01|vpns[0].routers[0].interfaces[0].mac|not the address of"
                        + " a single station",
                "mac: 02:00:00:00:00:01|mac: 00:00:00:00:00:00|vpns[0].routers[0].interfaces[0].mac|not the address of"
                        + " a single station",
                "mac: 02:00:00:00:00:01|mac: 2-0-0|vpns[0].routers[0].interfaces[0].mac|is not an Ethernet address",
                "port: p2, mtu: 9000|port: p2, mtu: 9001|vpns[0].routers[0].interfaces[1].mtu|is above the 9000 of"
                        + " port p2",
                "port: p2, mtu: 9000|port: p2, mtu: 67|vpns[0].routers[0].interfaces[1].mtu|is not between 68 and 9216",
                "vlan: 10,|vlan: 10, mtu: 1279,|vpns[0].routers[0].interfaces[0].mtu|is below 1280, which IPv6 needs",
                "adminState: down|adminState: off|vpns[0].routers[0].interfaces[1].adminState|is neither up nor down",
                "name: h2|name: h1|vpns[0].routers[0].interfaces[1].name|is the name of another interface",
                "name: h2|name: all|vpns[0].routers[0].interfaces[1].name|means all interfaces",
                "name: h2|name: lo|vpns[0].routers[0].interfaces[1].name|is the kernel's loopback",
                "name: h2|name: a-name-too-long1|vpns[0].routers[0].interfaces[1].name|is longer than 15 characters",
                "name: h2|name: h/2|vpns[0].routers[0].interfaces[1].name|is not a name",
                "loopback: true|loopback: true, vlan: 5|vpns[0].routers[0].interfaces[2].vlan|does not apply to a"
                        + " loopback",
                "loopback: true|loopback: yes|vpns[0].routers[0].interfaces[2].loopback|is neither true nor false",
                "[10.0.2.1/24]|[10.0.2.1]|vpns[0].routers[0].interfaces[1].addresses[0]|lacks a prefix length",
                "[10.0.2.1/24]|[10.0.2.1/33]|vpns[0].routers[0].interfaces[1].addresses[0]|is not between 0 and 32",
                "[10.0.2.1/24]|[10.0.2.0/24]|vpns[0].routers[0].interfaces[1].addresses[0]|is the network address",
                "[10.0.2.1/24]|[10.0.2.255/24]|vpns[0].routers[0].interfaces[1].addresses[0]|is the broadcast address",
                "[10.0.2.1/24]|[224.0.0.1/24]|vpns[0].routers[0].interfaces[1].addresses[0]|is a multicast address",
                "[10.0.2.1/24]|[127.0.0.2/8]|vpns[0].routers[0].interfaces[1].addresses[0]|of the host itself",
                "[10.0.2.1/24]|[10.0.1.1/24]|vpns[0].routers[0].interfaces[1].addresses[0]|is already the address at"
                        + " vpns[0].routers[0].interfaces[0].addresses[0]",
                "[10.0.2.1/24]|[10.0.0.9/16]|vpns[0].routers[0].interfaces[1].addresses[0]|overlaps 10.0.1.1/24 of"
                        + " another interface",
                "[10.0.2.1/24]|10.0.2.1/24|vpns[0].routers[0].interfaces[1].addresses|must be a list",
                "via: 10.0.1.2}|via: 10.3.0.1}|vpns[0].routers[0].routes[0].via|leads nowhere",
                "via: 10.0.1.2}|via: 10.0.1.1}|vpns[0].routers[0].routes[0].via|is the router's own address",
                "via: 10.0.1.2}|via: 'fe80::1'}|vpns[0].routers[0].routes[0].via|is not of the same family",
                "via: 10.0.1.2}|via: 10.3.0.1, onLink: true}|vpns[0].routers[0].routes[0].onLink|needs via and"
                        + " interface",
                "via: 10.0.1.2}|interface: h1, onLink: true}|vpns[0].routers[0].routes[0].onLink|needs via and"
                        + " interface",
                "via: 10.0.1.2}|via: 10.0.1.2, interface: h2}|vpns[0].routers[0].routes[0].via|leads nowhere",
                "via: 10.0.1.2}|blackhole: false}|vpns[0].routers[0].routes[0].via|is missing",
                "[10.0.1.2, 10.0.2.2]|[10.0.1.2, 10.0.3.2]|vpns[0].routers[0].routes[1].via[1]|leads nowhere",
                "prefix: 10.8.0.0/16|prefix: 10.9.0.0/16|vpns[0].routers[0].routes[1].prefix|is the destination of"
                        + " another route",
                "prefix: 10.8.0.0/16|prefix: 10.8.0.1/16|vpns[0].routers[0].routes[1].prefix|write 10.8.0.0/16",
                "blackhole: true|blackhole: true, via: 10.0.1.2|vpns[0].routers[0].routes[2].blackhole|contradicts",
                "blackhole: true|blackhole: true, prohibit: true|vpns[0].routers[0].routes[2].prohibit|contradicts"
                        + " blackhole",
                "interface: h1}|interface: h9}|vpns[0].routers[0].routes[3].interface|is not an access interface",
                "via: \"fe80::1\", interface|vie: \"fe80::1\", interface|vpns[0].routers[0].routes[4].vie|is not a"
                        + " field here",
                "\"fe80::1\", interface: h1|\"fe80::1\"|vpns[0].routers[0].routes[4].via|is link-local; say which"
                        + " interface",
                "b: {router: r2|b: {router: r3|vpns[0].links[0].b.router|is not a router of VPN blue",
                "interface: to-r2|interface: h1|vpns[0].links[0].a.interface|is the name of another interface",
                "bandwidth: 10Mbit|bandwidth: fast|vpns[0].links[0].bandwidth|is not a bandwidth",
                "bandwidth: 10Mbit|bandwidth: 0Mbit|vpns[0].links[0].bandwidth|at least 1bit",
                "bandwidth: 10Mbit|bandwidth: 1kbit|vpns[0].links[0].bandwidth|is not between 8kbit",
                "punt: {packetsPerSecond: 500}|punt: 500|vpns[0].routers[0].punt|must be a mapping",
                "punt: {packetsPerSecond: 500}|punt: {packetsPerSecond: 0}|vpns[0].routers[0].punt.packetsPerSecond|is"
                        + " not between",
            })
    void shouldNameFieldAndReason(String from, String to, String path, String reason) {
        assertThat(EXAMPLE).contains(from);
        String document = EXAMPLE.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));
        List<Problem> problems = problemsOf(document);
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.reason()).contains(reason);
            assertThat(problem.line()).isPositive();
        });
    }

    @Test
    void shouldReportEverythingAtOnceInTheOrderOfTheDocument() {
        String document = EXAMPLE.replace("rxQueues: 2", "rxQueues: 99")
                .replace("id: 101", "id: nought")
                .replace("vlan: 11", "vlan: 5000\n            colour: red");
        assertThat(problemsOf(document))
                .extracting(Problem::path)
                .containsExactly(
                        "ports[0].rxQueues",
                        "vpns[0].id",
                        "vpns[1].routers[0].interfaces[0].vlan",
                        "vpns[1].routers[0].interfaces[0].colour");
    }

    @Test
    void shouldNotBlameReferencesToWhatCouldNotBeRead() {
        assertThat(problemsOf(EXAMPLE.replace("rxQueues: 2", "rxQueues: 99"))).hasSize(1);
    }

    @Test
    void shouldRefuseRoutersThatWouldShareANamespace() {
        List<Problem> problems = problemsOf(
                "vpns: [{name: a-b, id: 1, routers: [{name: c}]}, {name: a, id: 2, routers: [{name: b-c}]}]");
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("vpns[1].routers[0].name");
            assertThat(problem.reason()).contains("network namespace");
        });
    }

    @Test
    void shouldAllowAnyNumberOfNullDevicesButEachVirtualDeviceOnce() throws InvalidConfigurationException {
        assertThat(ConfigurationReader.read("ports: [{name: p1, device: null}, {name: p2, device: null}]")
                        .ports())
                .hasSize(2);
        assertThat(problemsOf("""
            ports:
              - {name: p1, device: "vdev:net_pcap_a,rx_pcap=x"}
              - {name: p2, device: "vdev:net_pcap_a,rx_pcap=y"}
            """))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("ports[1].device"));
    }

    @Test
    void shouldNameLineAndColumnOfMalformedYaml() {
        List<Problem> problems = problemsOf("ports:\n  - {name: p1\nvpns: []\n");
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).startsWith("malformed YAML");
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.column()).isPositive();
        });
    }

    @Test
    void shouldRefuseAliasesSecondDocumentsAndEmptyOnes() {
        assertThat(problemsOf("node: &a lab1\nports: *a\n"))
                .anySatisfy(p -> assertThat(p.reason()).contains("aliases"));
        assertThat(problemsOf("node: lab1\n---\nnode: lab2\n"))
                .anySatisfy(p -> assertThat(p.reason()).contains("second document"));
        assertThat(problemsOf("")).anySatisfy(p -> assertThat(p.reason()).contains("empty"));
        assertThat(problemsOf("just text"))
                .anySatisfy(p -> assertThat(p.reason()).contains("mapping"));
    }

    @Test
    void shouldNeverFailOtherwiseThanWithProblemsOnDamagedDocuments() {
        Random random = new Random(2026);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder damaged = new StringBuilder(EXAMPLE);
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                damage(damaged, random);
            }
            try {
                Configuration read = ConfigurationReader.read(damaged.toString());
                assertThat(ConfigurationReader.read(ConfigurationWriter.toYaml(read)))
                        .isEqualTo(read);
            } catch (InvalidConfigurationException e) {
                assertThat(e.problems()).isNotEmpty();
            }
        }
    }

    @Test
    void shouldRefuseDeepNestingWithoutOverflow() {
        assertThatThrownBy(() -> ConfigurationReader.read("a: " + "[".repeat(100_000)))
                .isInstanceOf(InvalidConfigurationException.class);
    }

    private static void damage(StringBuilder text, Random random) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
            case 0 -> text.deleteCharAt(at);
            case 1 -> text.insert(at, NASTY.charAt(random.nextInt(NASTY.length())));
            case 2 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
            default -> text.delete(at, Math.min(text.length(), at + random.nextInt(80)));
        }
    }

    private static List<Problem> problemsOf(String document) {
        InvalidConfigurationException refused =
                catchThrowableOfType(InvalidConfigurationException.class, () -> ConfigurationReader.read(document));
        assertThat(refused).as(document).isNotNull();
        return refused.problems();
    }
}
