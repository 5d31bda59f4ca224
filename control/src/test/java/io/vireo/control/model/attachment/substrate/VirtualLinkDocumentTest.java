package io.vireo.control.model.attachment.substrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Interface;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.MacAddress;
import io.vireo.control.model.SubstrateLink;
import io.vireo.control.model.attachment.Attachments;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.model.document.ConfigurationWriter;
import io.vireo.control.model.document.Refusals;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document may say of substrate links and of the virtual links over them. */
class VirtualLinkDocumentTest {
    private static final String EXAMPLE = """
        ports: [{name: p1, device: null, mtu: 1500, rate: 1Gbit}, {name: p2, device: null}]
        substrate:
          etherType: "0x88b6"
          links:
            - {name: east, port: p1, vlan: 100, mac: 02:00:00:00:00:01, peerMac: 02:00:00:00:00:02, priority: 5}
            - {name: west, port: p1, vlan: 100, mac: 02:00:00:00:00:01, peerMac: 02:00:00:00:00:03}
            - {name: lan, port: p1, mac: 02:00:00:00:00:01, multiAccess: true}
        vpns:
          - name: base
            id: 1
            routers: [{name: r1, interfaces: [{name: w0, port: p1, addresses: [192.0.2.1/24]}, {name: w1, port: p1, vlan: 7}]}]
          - name: blue
            id: 2
            routers:
              - name: r1
                interfaces:
                  - {name: v0, encapsulation: {substrate: {link: east, id: 7}}, addresses: [10.0.0.1/30], scheduling: {guarantee: 10Mbit}}
                  - {name: v1, encapsulation: {substrate: {link: west, id: 7}}, mtu: 1400}
                  - {name: v2, encapsulation: {substrate: {link: lan, id: 7, peerMac: 02:00:00:00:00:04}}}
        """;
    private static final String LINKS = "substrate.links";
    private static final String V = "vpns[1].routers[0].interfaces";

    private static List<Interface> interfaces(Configuration configuration) {
        return configuration.vpns().get(1).routers().getFirst().interfaces();
    }

    @Test
    void shouldReadLinksAndWhatIsOverThem() throws InvalidConfigurationException {
        Configuration read = ConfigurationReader.read(EXAMPLE);
        MacAddress own = new MacAddress(0x020000000001L);
        SubstrateLink east = new SubstrateLink("east", "p1", 100, own, new MacAddress(0x020000000002L), 5);
        SubstrateLink lan = new SubstrateLink("lan", "p1", 0, own, null, 0);
        assertThat(read.substrate().links()).startsWith(east).endsWith(lan);
        assertThat(interfaces(read).getFirst().attachment())
                .isEqualTo(new Attachment.VirtualLink(east, 0x88b6, 7, new MacAddress(0x020000000002L)));
        assertThat(interfaces(read).get(2).attachment())
                .isEqualTo(new Attachment.VirtualLink(lan, 0x88b6, 7, new MacAddress(0x020000000004L)));
        assertThat(interfaces(read)).extracting(Interface::mtu).containsExactly(1_492, 1_400, 1_492);
        assertThat(Attachments.featureOf(interfaces(read).getFirst().attachment())
                        .describe())
                .isEqualTo("virtual link 7 on east, p1.100 to 02:00:00:00:00:02");
    }

    @Test
    void shouldWriteWhatItReads() throws InvalidConfigurationException {
        Configuration read = ConfigurationReader.read(EXAMPLE);
        String yaml = ConfigurationWriter.toYaml(read);
        assertThat(ConfigurationReader.read(yaml)).isEqualTo(read);
        assertThat(yaml).contains("0x88b6").contains("multiAccess: true").doesNotContain("priority: 0");
        assertThat(ConfigurationWriter.toYaml(ConfigurationReader.read("ports: []")))
                .doesNotContain("substrate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "link: east, id: 7|link: est, id: 7|[0].encapsulation.substrate.link|is not a substrate link of this node",
                "link: east, id: 7|id: 7|[0].encapsulation.substrate.link|is missing",
                "link: east, id: 7|link: east|[0].encapsulation.substrate.id|is missing",
                "link: east, id: 7|link: east, id: 0|[0].encapsulation.substrate.id|is not between 1 and 16777215",
                "link: east, id: 7|link: east, id: 16777216|[0].encapsulation.substrate.id|is not between 1 and 16777215",
                "link: west, id: 7|link: east, id: 7|[1].encapsulation.substrate.id|is that of another virtual link on",
                ", peerMac: 02:00:00:00:00:04||[2].encapsulation.substrate.peerMac|is missing; substrate link lan leads to many",
                "peerMac: 02:00:00:00:00:04|peerMac: 02:00:00:00:00:01|[2].encapsulation.substrate.peerMac|is this node's own address",
                "link: east, id: 7|link: east, id: 7, peerMac: 02:00:00:00:00:04|[0].encapsulation.substrate.peerMac|to one node only",
                "mtu: 1400|mtu: 1493|[1].mtu|is above the 1500 of port p1, of which the virtual link's header takes 8",
                "guarantee: 10Mbit|port: p1, guarantee: 10Mbit|[0].scheduling.port|the interface is on port p1",
                "mtu: 1400|port: p1|[1].port|does not apply to a virtual link of the substrate",
            })
    void shouldRefuseVirtualLinks(String before, String after, String field, String reason) {
        assertRefused(before, after == null ? "" : after, V + field, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name: west|name: east|[1].name|is the name of another substrate link",
                "00:03}|00:02}|[1].peerMac|is that of another substrate link on the same port and VLAN",
                "00:03}|00:01}|[1].peerMac|is this node's own address on the link",
                "00:03}|00:03, priority: 8}|[1].priority|is not between 0 and 7",
                "name: west, port: p1|name: west, port: p9|[1].port|is not a port of this node",
                "vlan: 100, mac: 02:00:00:00:00:01, peerMac: 02:00:00:00:00:03|mac: 02:00:00:00:00:01|[1].peerMac|is missing",
                "multiAccess: true|multiAccess: true, vlan: 9|[2].vlan|does not apply to a link with multiple access",
                "multiAccess: true|multiAccess: true, priority: 1|[2].priority|does not apply to a link with multiple access",
                "multiAccess: true|multiAccess: true, peerMac: 02:00:00:00:00:09|[2].peerMac|does not apply to a link with multiple access",
            })
    void shouldRefuseLinks(String before, String after, String field, String reason) {
        assertRefused(before, after, LINKS + field, reason);
    }

    @ParameterizedTest
    @CsvSource({
        "0x05dc", "0x0800", "0x86dd", "0x88cc", "0x8100", "0x8847", "0x8848",
    })
    void shouldRefuseEthertypesOfOthers(String etherType) {
        assertRefused("0x88b6", etherType, "substrate.etherType", "has another meaning on Ethernet");
        assertRefused("\"0x88b6\"", "34998", "substrate.etherType", "is not an ethertype such as 0x88b5");
    }

    /** A link to one node has its VLAN alone; one with multiple access shares the port with who speaks IP there. */
    @Test
    void shouldRefuseAVlanThatAnInterfaceIsOn() {
        assertRefused(
                "name: w1, port: p1, vlan: 7",
                "name: w1, port: p1, vlan: 100",
                "vpns[0].routers[0].interfaces[1].vlan",
                "VLAN 100 of port p1 overlaps another interface, see substrate.links[0].vlan");
    }

    @Test
    void shouldRefuseALinkToManyBesideOneToANode() {
        assertRefused(
                "vlan: 100, mac: 02:00:00:00:00:01, peerMac: 02:00:00:00:00:03",
                "mac: 02:00:00:00:00:01, peerMac: 02:00:00:00:00:03",
                "substrate.links[2].multiAccess",
                "that of a link with multiple access and of one to a single node");
    }

    private static void assertRefused(String before, String after, String field, String reason) {
        Refusals.assertRefused(EXAMPLE, before, after, field, reason);
    }
}
