package io.vireo.control.model.attachment.ipip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.attachment.TunnelDocument;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.model.document.ConfigurationWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document may say of IP-in-IP tunnels. */
class IpIpDocumentTest {
    private static final TunnelDocument EXAMPLE = TunnelDocument.of("""
            - {name: t4, encapsulation: {ipip: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2}}, addresses: [10.0.0.1/30]}
            - {name: t6, encapsulation: {ipip: {underlay: core/r1, local: "2001:db8::1", remote: "2001:db8:f::2", hopLimit: 7}}, mtu: 1300}
            """);
    private static final String T4 = "vpns[1].routers[0].interfaces[0]";
    private static final String T6 = "vpns[1].routers[0].interfaces[1]";

    @Test
    void shouldLeaveRoomForTheOuterHeaderUnlessAnMtuIsGiven() throws InvalidConfigurationException {
        assertThat(EXAMPLE.tunnel(0).mtu()).isEqualTo(1_480);
        assertThat(EXAMPLE.replace(", mtu: 1300", "").tunnel(1).mtu()).isEqualTo(1_460);
        assertThat(EXAMPLE.tunnel(1).mtu()).isEqualTo(1_300);
    }

    @Test
    void shouldWriteWhatItReads() throws InvalidConfigurationException {
        Configuration read = ConfigurationReader.read(EXAMPLE.text());
        String yaml = ConfigurationWriter.toYaml(read);

        assertThat(ConfigurationReader.read(yaml)).isEqualTo(read);
        assertThat(yaml).contains("hopLimit: 7").doesNotContain("hopLimit: 64").doesNotContain("mtu: 1480");
    }

    @Test
    void shouldFollowTheUnderlayUnlessAnMtuIsGiven() throws InvalidConfigurationException {
        assertThat(EXAMPLE.tunnel(0).followsUnderlay()).isTrue();
        assertThat(EXAMPLE.tunnel(1).followsUnderlay()).isFalse();
        Configuration read = ConfigurationReader.read(
                EXAMPLE.replace("addresses: [10.0.0.1/30]", "mtu: 1480").text());
        String yaml = ConfigurationWriter.toYaml(read);
        assertThat(yaml).contains("mtu: 1480");
        assertThat(ConfigurationReader.read(yaml)).isEqualTo(read);
    }

    @Test
    void shouldFindTunnelsWhoseUnderlaysLeadBack() {
        TunnelDocument document = EXAMPLE.replace("[192.0.2.1/24,", "[192.0.2.1/24, 192.0.2.9/24,")
                .replace(
                        "- {name: wan,",
                        "- {name: t9, encapsulation: {ipip: {underlay: blue/r1, local: 10.0.0.1, remote: 10.0.0.2}}}\n"
                                + "          - {name: wan,");
        assertThatThrownBy(() -> ConfigurationReader.read(document.text()))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "vpns[0].routers[0].interfaces[0].encapsulation.ipip.underlay: has itself tunnels that lead"
                                + " back to core/r1")
                .hasMessageContaining(
                        T4 + ".encapsulation.ipip.underlay: has itself tunnels that lead back to blue/r1");
    }

    /** Each VPN is carried by the one before. */
    private static String nested(int tunnels) {
        StringBuilder document = new StringBuilder("""
                ports: [{name: p1, device: null}]
                vpns:
                  - {name: v0, id: 1, routers: [{name: r, interfaces: [{name: wan, port: p1, addresses: [10.0.0.1/30]}]}]}
                """);
        for (int n = 1; n <= tunnels; n++) {
            document.append("""
                      - name: v%2$d
                        id: %3$d
                        routers:
                          - name: r
                            interfaces:
                              - name: t
                                encapsulation: {ipip: {underlay: v%1$d/r, local: 10.%1$d.0.1, remote: 10.%1$d.0.2}}
                                addresses: [10.%2$d.0.1/30]
                    """.formatted(n - 1, n, n + 1));
        }
        return document.toString();
    }

    @Test
    void shouldRefuseTunnelsThatAreNestedTooDeep() throws InvalidConfigurationException {
        assertThat(ConfigurationReader.read(nested(4)).vpns()).hasSize(5);
        assertThatThrownBy(() -> ConfigurationReader.read(nested(5)))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "vpns[5].routers[0].interfaces[0].encapsulation.ipip.underlay: may itself be reached"
                                + " through tunnels: more than 4 within each other");
    }

    /** Each replaces one piece of the example by something wrong, and says what path and reason must be named. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "underlay: core/r1, local: 192.0.2.1,|underlay: core/r9, local: 192.0.2.1,|0|underlay|is not a router"
                        + " of this node",
                "underlay: core/r1, local: 192.0.2.1,|underlay: core, local: 192.0.2.1,|0|underlay|is not a virtual"
                        + " router such as blue/r1",
                "underlay: core/r1, local: 192.0.2.1,|underlay: blue/r1, local: 192.0.2.1,|0|underlay|is the router"
                        + " that the tunnel is an interface of",
                "local: 192.0.2.1,|local: 192.0.2.7,|0|local|is not an address of router core/r1",
                "local: 192.0.2.1,|local: r1,|0|local|is not an",
                "remote: 198.51.100.2|remote: 192.0.2.1|0|remote|is the local address",
                "remote: 198.51.100.2|remote: 224.0.0.9|0|remote|is not the address of another router",
                "remote: 198.51.100.2|remote: \"2001:db8:f::9\"|0|remote|is not of the same family",
                ", remote: 198.51.100.2|``|0|remote|is missing",
                "hopLimit: 7|hopLimit: 0|1|hopLimit|is not between 1 and 255",
                "hopLimit: 7|hopLimit: 256|1|hopLimit|is not between 1 and 255",
                "hopLimit: 7|hops: 7|1|hops|is not a field here",
                "local: \"2001:db8::1\", remote: \"2001:db8:f::2\"|local: 192.0.2.1, remote: 198.51.100.2|1|remote|the"
                        + " far end of another tunnel",
            })
    void shouldNameFieldAndReason(String from, String to, int index, String field, String reason) {
        EXAMPLE.replace(from, to).assertRefused((index == 0 ? T4 : T6) + ".encapsulation.ipip." + field, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{name: t4,|{name: t4, port: p1,|.port|does not apply to a tunnel",
                "{name: t4,|{name: t4, vlan: 7,|.vlan|does not apply to a tunnel",
                "{name: t4,|{name: t4, scheduling: {guarantee: 1Mbit},|.scheduling.port|is required: by which port",
                "{name: t4,|{name: t4, scheduling: {port: p9},|.scheduling.port|is not a port of this node",
                "{name: t4,|{name: t4, loopback: true,|.encapsulation|does not apply to a loopback interface",
                "encapsulation: {ipip: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2}}|encapsulation:"
                        + " {geneve: {}}|.encapsulation.ipip|is missing; a tunnel is one of ipip, gre",
                "[10.0.0.1/30]|[\"2001:db8:a::1/64\"], mtu: 1279|.mtu|is below 1280",
            })
    void shouldRefuseWhatATunnelDoesNotHave(String from, String to, String field, String reason) {
        EXAMPLE.replace(from, to).assertRefused(T4 + field, reason);
    }
}
