package io.vireo.control.model.attachment.substrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Encapsulation;
import io.vireo.control.model.Interface;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.attachment.Attachments;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.model.document.ConfigurationWriter;
import io.vireo.control.model.document.Refusals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document may say of substrate links that are IP tunnels, and of the virtual links over them. */
class TunnelledLinkDocumentTest {
    private static final String EXAMPLE = """
        ports: [{name: p1, device: null, rate: 1Gbit}]
        substrate:
          links:
            - {name: east, port: p1, vlan: 100, mac: 02:00:00:00:00:01, peerMac: 02:00:00:00:00:02}
            - {name: wan, underlay: base/r1, local: 192.0.2.1, remote: 192.0.2.2}
        vpns:
          - name: base
            id: 1
            routers: [{name: r1, interfaces: [{name: w0, port: p1, addresses: [192.0.2.1/24]}]}]
          - name: blue
            id: 2
            routers:
              - name: r1
                interfaces:
                  - {name: v0, encapsulation: {substrate: {link: wan, id: 7}}, scheduling: {port: p1, guarantee: 10Mbit}}
                  - {name: v1, encapsulation: {substrate: {link: wan, id: 8}}, mtu: 1300}
                  - {name: g, encapsulation: {gre: {underlay: base/r1, local: 192.0.2.1, remote: 192.0.2.2, key: 9}}}
        """;
    private static final String V = "vpns[1].routers[0].interfaces";

    private static Interface first(Configuration configuration) {
        return configuration.vpns().get(1).routers().getFirst().interfaces().getFirst();
    }

    @Test
    void shouldBeATunnelWithTheIdentifierForItsKey() throws InvalidConfigurationException {
        Configuration read = ConfigurationReader.read(EXAMPLE);
        Attachment.Tunnel tunnel = (Attachment.Tunnel) first(read).attachment();
        assertThat(tunnel.encapsulation()).isEqualTo(new Encapsulation.VirtualLink("wan", 7));
        assertThat(tunnel.remote()).hasToString("192.0.2.2");
        assertThat(first(read).mtu()).as("20 of IPv4, 8 of GRE with a key").isEqualTo(1_472);
        assertThat(first(read).followsUnderlay()).isTrue();
        assertThat(Attachments.featureOf(tunnel).describe())
                .isEqualTo("virtual link 7 on wan in base/r1 192.0.2.1 -> 192.0.2.2");
    }

    @Test
    void shouldWriteWhatItReads() throws InvalidConfigurationException {
        Configuration read = ConfigurationReader.read(EXAMPLE);
        assertThat(ConfigurationReader.read(ConfigurationWriter.toYaml(read))).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "underlay: base/r1|underlay: base/r9|substrate.links[1].underlay|is not a router of this node",
                "local: 192.0.2.1, ||substrate.links[1].local|is missing",
                "{name: wan, |{name: wan, port: p1, |substrate.links[1].port|does not apply to a substrate link that is an IP tunnel",
                "00:00:02}|00:00:02, local: 192.0.2.1}|substrate.links[0].local|does not apply to a substrate link over a port",
                "name: wan|name: east|substrate.links[1].name|is the name of another substrate link",
            })
    void shouldRefuseLinks(String before, String after, String field, String reason) {
        assertRefused(before, after == null ? "" : after, field, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "id: 8|id: 7|[1].encapsulation.substrate.id|the key of another tunnel",
                "key: 9|key: 8|[2].encapsulation.gre.key|the key of another tunnel",
                "id: 7|id: 16777216|[0].encapsulation.substrate.id|is not between 1 and 16777215",
                "id: 7|id: 7, peerMac: 02:00:00:00:00:09|[0].encapsulation.substrate.peerMac|does not apply to substrate link wan",
                "port: p1, guarantee|guarantee|[0].scheduling.port|is required",
                "[192.0.2.1/24]|[192.0.2.3/24]|[0].encapsulation.substrate.link|has a field 'local' that is not an address of router",
            })
    void shouldRefuseVirtualLinks(String before, String after, String field, String reason) {
        assertRefused(before, after, V + field, reason);
    }

    @Test
    void shouldNotBeCrossed() {
        assertRefused(
                "vpns:\n",
                "  crossings: [{name: x, a: {link: east, id: 1}, b: {link: wan, id: 2}}]\nvpns:\n",
                "substrate.crossings[0].b.link",
                "is an IP tunnel");
    }

    private static void assertRefused(String before, String after, String field, String reason) {
        Refusals.assertRefused(EXAMPLE, before, after, field, reason);
    }
}
