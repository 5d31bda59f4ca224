package io.vireo.control.model.attachment.substrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Crossing;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.attachment.Attachments;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.model.document.ConfigurationWriter;
import io.vireo.control.model.document.Refusals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document may say of virtual links that only cross the node. */
class CrossingDocumentTest {
    private static final String EXAMPLE = """
        ports: [{name: p1, device: null, rate: 1Gbit}, {name: p2, device: null, mtu: 1600, rate: 100Mbit}]
        substrate:
          links:
            - {name: west, port: p1, vlan: 100, mac: 02:00:00:00:00:01, peerMac: 02:00:00:00:00:02}
            - {name: east, port: p2, vlan: 100, mac: 02:00:00:00:00:01, peerMac: 02:00:00:00:00:03}
            - {name: lan, port: p2, mac: 02:00:00:00:00:01, multiAccess: true}
          crossings:
            - name: blue-we
              a: {link: west, id: 7, scheduling: {guarantee: 10Mbit}}
              b: {link: east, id: 8, scheduling: {guarantee: 60Mbit, classes: [{name: v, match: [{dscp: 46}]}]}}
            - {name: lan-east, mtu: 1400, a: {link: lan, id: 7, peerMac: 02:00:00:00:00:04}, b: {link: east, id: 9}}
        vpns:
          - name: red
            id: 2
            routers:
              - name: r1
                interfaces:
                  - {name: v0, encapsulation: {substrate: {link: west, id: 1}}}
                  - {name: v1, port: p1, vlan: 7, vpnId: true}
        """;
    private static final String C = "substrate.crossings";

    @Test
    void shouldReadBothEnds() throws InvalidConfigurationException {
        Configuration read = ConfigurationReader.read(EXAMPLE);
        Crossing first = read.substrate().crossings().getFirst();
        assertThat(first.ends()).extracting(end -> end.name()).containsExactly("blue-we.a", "blue-we.b");
        assertThat(first.mtu()).isEqualTo(1_492);
        assertThat(read.substrate().crossings().getLast().mtu()).isEqualTo(1_400);
        Attachment.Crossing a = (Attachment.Crossing) first.a().attachment();
        assertThat(a.otherEnd()).isEqualTo("blue-we.b");
        assertThat(a.hasDevice()).isFalse();
        assertThat(Attachments.featureOf(a).describe())
                .isEqualTo("virtual link 7 on west, p1.100 to 02:00:00:00:00:02, crosses to blue-we.b");
        assertThat(read.networks()).hasSize(2);
        assertThat(ConfigurationReader.read("ports: []").networks()).isEmpty();
    }

    @Test
    void shouldWriteWhatItReads() throws InvalidConfigurationException {
        Configuration read = ConfigurationReader.read(EXAMPLE);
        String yaml = ConfigurationWriter.toYaml(read);
        assertThat(ConfigurationReader.read(yaml)).isEqualTo(read);
        assertThat(yaml).doesNotContain("1492").contains("mtu: 1400");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "link: west, id: 7|link: wst, id: 7|[0].a.link|is not a substrate link of this node",
                "link: west, id: 7|id: 7|[0].a.link|is missing",
                "link: west, id: 7|link: west|[0].a.id|is missing",
                "link: west, id: 7|link: west, id: 0|[0].a.id|is not between 1 and 16777215",
                "link: east, id: 9|link: east, id: 8|[1].b.id|is that of another virtual link on substrate link east",
                ", peerMac: 02:00:00:00:00:04||[1].a.peerMac|is missing; substrate link lan leads to many",
                "link: east, id: 9|link: east, id: 9, peerMac: 02:00:00:00:00:09|[1].b.peerMac|to one node only",
                "link: west, id: 7|link: east, id: 7|[0].b|leads to the node that end a comes from",
                "name: lan-east|name: blue-we|[1].name|is the name of another crossing",
                "name: lan-east|name: lan-eastlan-east|[1].name|is longer than 13 characters",
                "mtu: 1400|mtu: 1593|[1].mtu|is above the 1600 of port p2, of which the virtual link's header takes 8",
                "id: 9}|id: 9, scheduling: {guarantee: 50Mbit}}|[1].b.scheduling.guarantee|port p2",
                "guarantee: 10Mbit|port: p1, guarantee: 10Mbit|[0].a.scheduling.port|the interface is on port p1",
                "id: 9}|id: 9, mtu: 3}|[1].b.mtu|is not a field",
            })
    void shouldRefuseCrossings(String before, String after, String field, String reason) {
        assertRefused(before, after == null ? "" : after, C + field, reason);
    }

    @Test
    void shouldRefuseAnMtuThatOneOfThePortsHasNot() {
        assertRefused("name: blue-we", "name: blue-we\n      mtu: 1493", C + "[0].mtu", "is above the 1500 of port p1");
    }

    @Test
    void shouldRefuseAnIdentifierThatARouterHas() {
        assertRefused(
                "link: west, id: 1",
                "link: west, id: 7",
                "vpns[0].routers[0].interfaces[0].encapsulation.substrate.id",
                "is that of another virtual link on substrate link west, see substrate.crossings[0].a.id");
    }

    @Test
    void shouldKeepTheNameByWhichCrossingsAreShown() {
        assertRefused("name: red", "name: substrate", "vpns[0].name", "by which the substrate's crossings are shown");
    }

    /** Nor may who shares a port and VLAN with others: a link to one node has its VLAN alone. */
    @Test
    void shouldRefuseAVlanThatAnInterfaceOfAVpnIdIsOn() {
        assertRefused(
                "port: p1, vlan: 7, vpnId: true",
                "port: p1, vlan: 100, vpnId: true",
                "vpns[0].routers[0].interfaces[1].vlan",
                "is that of a substrate link to one node, which has it alone");
        assertRefused(
                "port: p1, vlan: 7, vpnId: true",
                "port: p1, vlan: 100, shared: true",
                "vpns[0].routers[0].interfaces[1].vlan",
                "is that of a substrate link to one node, which has it alone");
    }

    /** What is wrong with a port is said there, and not at who refers to it. */
    @Test
    void shouldNotBlameALinkForAPortThatCannotBeRead() {
        assertThatThrownBy(() -> ConfigurationReader.read(EXAMPLE.replaceFirst("mtu: 1600", "mtu: 1")))
                .hasMessageContaining("ports[1].mtu")
                .hasMessageNotContaining("is not a port of this node");
    }

    private static void assertRefused(String before, String after, String field, String reason) {
        Refusals.assertRefused(EXAMPLE, before, after, field, reason);
    }
}
