package io.vireo.control.model.attachment.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Members;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.model.document.ConfigurationWriter;
import io.vireo.control.model.document.Refusals;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document may say of members of VPNs on a shared wire. */
class MembersDocumentTest {
    private static final String EXAMPLE = """
        ports: [{name: p1, device: null}]
        vpns:
          - name: base
            id: 1
            routers:
              - name: r1
                interfaces:
                  - name: lan
                    port: p1
                    vlan: 10
                    addresses: [10.0.0.254/24]
                    members:
                      tuples:
                        - {vpn: base, source: 10.0.0.9/32}
                        - {vpn: red, source: 10.0.0.0/28, protocol: tcp, destinationPorts: 443}
                        - {vpn: blue, source: "2001:db8::/64", destination: "2001:db8:9::/48"}
                        - {vpn: red, source: 10.0.0.0/25}
                      allow: [blue]
                      otherwise: drop
          - name: blue
            id: 2
            routers: [{name: r1, interfaces: [{name: lan, port: p1, vlan: 10, shared: true, addresses: [10.0.0.1/24, "2001:db8::1/64"]}]}]
          - name: red
            id: 70000
            routers: [{name: r1, interfaces: [{name: lan, port: p1, vlan: 10, shared: true, addresses: [10.0.0.1/24]}]}]
          - name: grey
            id: 3
            routers: [{name: r1, interfaces: [{name: wan, port: p1, vlan: 11}]}]
        """;
    private static final String MEMBERS = "vpns[0].routers[0].interfaces[0].members";

    @Test
    void shouldReadListsAndWriteWhatItReads() throws InvalidConfigurationException {
        Configuration read = ConfigurationReader.read(EXAMPLE);
        Members members = Objects.requireNonNull(read.vpns()
                .getFirst()
                .routers()
                .getFirst()
                .interfaces()
                .getFirst()
                .members());
        assertThat(members.tuples().stream().map(Members.Tuple::vpn)).containsExactly("base", "red", "blue", "red");
        assertThat(members.allow()).containsExactly("blue");
        assertThat(members.otherwise()).isEqualTo(Members.DROP);
        String yaml = ConfigurationWriter.toYaml(read);
        assertThat(yaml).contains("shared: true").contains("otherwise: drop");
        assertThat(ConfigurationReader.read(yaml)).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "vpn: blue, source|vpn: green, source|.tuples[2].vpn|'green' is not a VPN of this node",
                "vpn: blue, source|vpn: grey, source|.tuples[2].vpn|VPN grey has no interface on this port and VLAN",
                "10.0.0.0/28|10.0.0.1/28|.tuples[1].source|has bits set behind its prefix",
                "protocol: tcp, |``|.tuples[1].destinationPorts|needs a protocol that has ports",
                "protocol: tcp|protocol: icmp|.tuples[1].destinationPorts|protocol icmp has no ports",
                "red, source: 10.0.0.0/25|red, source: 10.0.0.9/32|.tuples[3].vpn|tuple 1 matches all packets of this one, number 4",
                "2001:db8:9::/48|10.0.0.0/8|.tuples[2].destination|is not of the same family",
                "allow: [blue]|allow: [blue, blue]|.allow|names blue twice",
                "allow: [blue]|allow: [grey]|.allow|VPN grey has no interface on this port and VLAN",
                "otherwise: drop|otherwise: pink|.otherwise|'pink' is not a VPN of this node",
                "otherwise: drop|otherwise: grey|.otherwise|VPN grey has no interface on this port and VLAN",
            })
    void shouldNameFieldAndReason(String from, String to, String field, String reason) {
        assertRefused(from, to, MEMBERS + field, reason);
    }

    @Test
    void shouldRefuseListsWhereNotAllPacketsComeIn() {
        assertRefused(
                "vlan: 10, shared: true, addresses: [10.0.0.1/24]",
                "vlan: 10, shared: true, members: {otherwise: own}, addresses: [10.0.0.1/24]",
                "vpns[2].routers[0].interfaces[0].members",
                "needs an access interface that takes all packets");
        assertRefused(
                "{name: wan, port: p1, vlan: 11}",
                "{name: lo0, loopback: true, members: {otherwise: own}}",
                "vpns[3].routers[0].interfaces[0].members",
                "needs an access interface");
    }

    @Test
    void shouldRefuseToShareWithNobodyAndTwice() {
        assertRefused(
                "vlan: 11}",
                "vlan: 11, shared: true}",
                "vpns[3].routers[0].interfaces[0].shared",
                "has nobody to share with");
        assertRefused(
                "{name: wan, port: p1, vlan: 11}",
                "{name: wan, port: p1, vlan: 10, shared: true, vpnId: true}",
                "vpns[3].routers[0].interfaces[0].shared",
                "contradicts vpnId");
        assertRefused(
                "shared: true, addresses: [10.0.0.1/24]}]",
                "shared: true, addresses: [10.0.0.1/24]}, {name: l2, port: p1, vlan: 10, shared: true}]",
                "vpns[2].routers[0].interfaces[1].shared",
                "is that of another interface of this VPN");
    }

    @Test
    void shouldRefuseAListThatIsTooLong() {
        String tuples = IntStream.range(0, 16_385)
                .mapToObj(n -> "- {vpn: red, source: 10.1.%d.%d/32}\n".formatted(n >> 8, n & 0xff))
                .collect(Collectors.joining(" ".repeat(16), "\n" + " ".repeat(16), ""));
        String from = EXAMPLE.substring(EXAMPLE.indexOf("tuples:") + 7, EXAMPLE.indexOf("              allow:"));
        assertRefused(from, tuples, MEMBERS + ".tuples", "has 16385 tuples; an interface has at most 16384");
    }

    private static void assertRefused(String from, String to, String path, String reason) {
        Refusals.assertRefused(EXAMPLE, from, to, path, reason);
    }
}
