package io.vireo.control.model.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.Router;
import io.vireo.control.model.Routing;
import io.vireo.control.model.Routing.BgpNeighbor;
import io.vireo.control.model.Routing.OspfInterface;
import io.vireo.control.model.Routing.Part;
import io.vireo.control.model.Routing.ResourceLimits;
import io.vireo.control.model.Routing.RipInterface;
import io.vireo.control.model.Routing.RipTimers;
import io.vireo.control.model.Routing.Source;
import io.vireo.control.model.Routing.Speaker;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingDocumentTest {
    /** Without ports, so that it may stand beside other examples. */
    static final String EXAMPLE = """
        vpns:
          - name: routed
            id: 7
            routers:
              - name: o
                interfaces: [{name: lo, loopback: true, addresses: [192.0.2.1/32]}]
                routing:
                  protocol: ospf
                  families: [ipv4, ipv6]
                  routerId: 192.0.2.9
                  redistribute: [static, connected]
                  bfd: true
                  area: 0.0.1.2
                  interfaces:
                    - {name: to-r, area: 7, cost: 10, helloSeconds: 1, deadSeconds: 3, pointToPoint: false}
                    - {name: lo, passive: true}
                  limits: {cpuWeight: 50, cpuPercent: 200, memoryMegabytes: 64}
              - name: r
                routing:
                  protocol: rip
                  timers: {updateSeconds: 5, timeoutSeconds: 15, garbageSeconds: 10}
                  interfaces: [{name: to-o, excluded: true}]
              - name: b
                routing:
                  protocol: bgp
                  asn: 65001
                  neighbors:
                    - {address: 10.2.0.1, remoteAsn: 4294967294, passwordFile: /etc/secret}
                    - {address: 10.2.0.3, remoteAsn: 1}
                  networks: [198.51.100.0/24]
              - {name: s, routing: {protocol: static}}
              - {name: d, routing: {daemon: {command: [/usr/local/bin/speak, -c, "a b"]}}}
            links:
              - {name: l1, a: {router: o, interface: to-r, addresses: [10.1.0.1/30]}, b: {router: r, interface: to-o}}
              - {name: l2, a: {router: b, interface: to-d, addresses: [10.2.0.2/24]}, b: {router: d, interface: to-b}}
        """;

    private static final String ROUTERS = "vpns[0].routers";

    @Test
    void shouldReadEveryProtocol() throws InvalidConfigurationException {
        assertThat(routings(ConfigurationReader.read(EXAMPLE)))
                .containsExactly(
                        new Routing(
                                new Speaker.Ospf(
                                        258,
                                        List.of(
                                                new OspfInterface("to-r", 7L, 10, Part.ACTIVE, 1, 3, false),
                                                new OspfInterface("lo", null, null, Part.PASSIVE, 10, 40, null))),
                                Set.of(AddressFamily.IPV4, AddressFamily.IPV6),
                                IpAddress.parse("192.0.2.9"),
                                Set.of(Source.CONNECTED, Source.STATIC),
                                true,
                                new ResourceLimits(50, 200, 64)),
                        usual(new Speaker.Rip(
                                new RipTimers(5, 15, 10), List.of(new RipInterface("to-o", Part.EXCLUDED)))),
                        usual(new Speaker.Bgp(
                                65_001,
                                List.of(
                                        new BgpNeighbor(
                                                IpAddress.parse("10.2.0.1"), 4_294_967_294L, Path.of("/etc/secret")),
                                        new BgpNeighbor(IpAddress.parse("10.2.0.3"), 1, null)),
                                List.of(IpPrefix.parse("198.51.100.0/24")))),
                        usual(new Speaker.None()),
                        usual(new Speaker.Own(List.of("/usr/local/bin/speak", "-c", "a b"))));
    }

    private static Routing usual(Speaker speaker) {
        return new Routing(speaker, Set.of(AddressFamily.IPV4), null, Set.of(), false, ResourceLimits.DEFAULT);
    }

    private static List<Routing> routings(Configuration configuration) {
        return configuration.vpns().getFirst().routers().stream()
                .map(Router::routing)
                .toList();
    }

    @Test
    void shouldWriteWhatItReads() throws InvalidConfigurationException {
        Configuration read = ConfigurationReader.read(EXAMPLE);
        String yaml = ConfigurationWriter.toYaml(read);
        assertThat(ConfigurationReader.read(yaml)).isEqualTo(read);
        assertThat(yaml)
                .containsPattern("redistribute:\\s+- connected\\s+- static")
                .doesNotContain("deadSeconds: 40");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "protocol: ospf|protocol: isis|[0].routing.protocol|is no protocol; there are ospf, rip, bgp and static",
                "protocol: ospf|bfd: true|[0].routing.protocol|is missing",
                "families: [ipv4, ipv6]|families: []|[0].routing.families|must be a list of ipv4, ipv6 or both",
                "families: [ipv4, ipv6]|families: [ipx]|[0].routing.families[0]|is neither ipv4 nor ipv6",
                "routerId: 192.0.2.9|routerId: 0.0.0.0|[0].routing.routerId|is not an IPv4 address other than 0.0.0.0",
                "routerId: 192.0.2.9|routerId: '::1'|[0].routing.routerId|is not an IPv4 address other than 0.0.0.0",
                "[static, connected]|[bgp]|[0].routing.redistribute[0]|is neither connected nor static",
                "area: 0.0.1.2|area: -1|[0].routing.area|is not between 0 and 4294967295",
                "area: 0.0.1.2|area: \"0\\\\n!\"|[0].routing.area|is not a whole number",
                "area: 0.0.1.2|asn: 5|[0].routing.asn|does not apply to OSPF",
                "name: to-r,|name: to-x,|[0].routing.interfaces[0].name|is not an interface of this router",
                "name: to-r,|name: lo,|[0].routing.interfaces[1].name|stands in this list twice",
                "name: to-r,|name: \"a\\\\nb\",|[0].routing.interfaces[0].name|is not a name",
                "cost: 10|cost: 65536|[0].routing.interfaces[0].cost|is not between 1 and 65535",
                "deadSeconds: 3,|deadSeconds: 1,|[0].routing.interfaces[0].deadSeconds|is not between 2 and 65535",
                "helloSeconds: 1|helloSeconds: 3|[0].routing.interfaces[0].deadSeconds|3 is not above helloSeconds, 3",
                "passive: true|passive: true, excluded: true|[0].routing.interfaces[1].excluded|contradicts passive",
                "cpuWeight: 50|cpuWeight: 0|[0].routing.limits.cpuWeight|is not between 1 and 10000",
                "timeoutSeconds: 15|timeoutSeconds: 5|[1].routing.timers.timeoutSeconds|5 is not above updateSeconds, 5",
                "to-o, excluded: true|to-o, cost: 3|[1].routing.interfaces[0].cost|is not a field here",
                "asn: 65001|asn: 0|[2].routing.asn|is not between 1 and 4294967294",
                "asn: 65001|routerId: 1.1.1.1|[2].routing.asn|is missing",
                "10.2.0.3|10.2.0.1|[2].routing.neighbors[1].address|is that of another neighbor of this list",
                "10.2.0.3|10.2.0.2|[2].routing.neighbors[1].address|is the router's own",
                "10.2.0.3|224.0.0.1|[2].routing.neighbors[1].address|is not the address of one other router",
                "10.2.0.3|'2001:db8::1'|[2].routing.neighbors[1].address|is of a family that is not among families",
                "passwordFile: /etc/secret|password: x|[2].routing.neighbors[0].password|does not apply to a document",
                "passwordFile: /etc/secret|passwordFile: x|[2].routing.neighbors[0].passwordFile|is not an absolute path",
                "198.51.100.0/24|'2001:db8::/32'|[2].routing.networks|2001:db8::/32 is of a family that is not among",
                "addresses: [10.2.0.2/24]|adminState: up|[2].routing.routerId|is missing, and the router has no IPv4",
                "protocol: static|protocol: static, bfd: true|[3].routing.bfd|does not apply to static routing",
                "/usr/local/bin/speak|speak|[4].routing.daemon.command|'speak' is not an absolute path of a program",
                "\"a b\"|\"a\\\\nb\"|[4].routing.daemon.command[2]|has control characters in it",
                "{daemon: {command|{protocol: rip, daemon: {command|[4].routing.protocol|does not apply to a program of",
            })
    void shouldNameFieldAndReason(String from, String to, String field, String reason) {
        Refusals.assertRefused(EXAMPLE, from, to, ROUTERS + field, reason);
    }
}
