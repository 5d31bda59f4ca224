package io.vireo.control.model.attachment.vns;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Encapsulation;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.VpnIdEncoding;
import io.vireo.control.model.attachment.TunnelDocument;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.model.document.ConfigurationWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document may say of VNS tunnels. The VPN has the id 2. */
class VnsDocumentTest {
    private static final TunnelDocument EXAMPLE = TunnelDocument.of("""
            - {name: v0, encapsulation: {vns: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2}}, addresses: [10.0.0.1/30]}
            - {name: v1, encapsulation: {vns: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2, vpnId: 7}}}
            """);
    private static final String V0 = "vpns[1].routers[0].interfaces[0].encapsulation.vns.";
    private static final String V1 = "vpns[1].routers[0].interfaces[1].encapsulation.vns.";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vpnId: 65535|1476",
                "vpnId: 7, option: stream-id|1476",
                "vpnId: 7, option: experimental|1472",
                "vpnId: 4294967295, option: experimental, flowId: true|1472",
                "vpnId: 7, option: experimental, flowId: false|1472",
            })
    void shouldLeaveRoomForTheOption(String options, int mtu) throws InvalidConfigurationException {
        TunnelDocument document = EXAMPLE.replace("vpnId: 7", options);
        assertThat(document.tunnel(0).mtu()).isEqualTo(1_476);
        assertThat(document.tunnel(1).mtu()).isEqualTo(mtu);
    }

    @Test
    void shouldWriteWhatItReads() throws InvalidConfigurationException {
        TunnelDocument document = EXAMPLE.replace("vpnId: 7", "vpnId: 4294967295, option: experimental, flowId: true");
        Configuration read = ConfigurationReader.read(document.text());
        String yaml = ConfigurationWriter.toYaml(read);

        assertThat(ConfigurationReader.read(yaml)).isEqualTo(read);
        assertThat(yaml)
                .contains("vpnId: 4294967295")
                .contains("option: experimental")
                .contains("flowId: true");
        assertThat(encapsulation(document, 0)).isEqualTo(new Encapsulation.Vns(null, VpnIdEncoding.STREAM_ID, false));
        assertThat(encapsulation(document, 1))
                .isEqualTo(new Encapsulation.Vns(4_294_967_295L, VpnIdEncoding.EXPERIMENTAL, true));
    }

    private static Encapsulation encapsulation(TunnelDocument document, int index)
            throws InvalidConfigurationException {
        return ((Attachment.Tunnel) document.tunnel(index).attachment()).encapsulation();
    }

    @Test
    void shouldWriteNoDefaults() throws InvalidConfigurationException {
        TunnelDocument document = EXAMPLE.replace("vpnId: 7", "vpnId: 7, option: stream-id, flowId: false");
        assertThat(ConfigurationWriter.toYaml(ConfigurationReader.read(document.text())))
                .contains("vpnId: 7")
                .doesNotContain("option")
                .doesNotContain("flowId");
    }

    @Test
    void shouldTakeTheVpnsOwnIdWhereItFitsTheOption() throws InvalidConfigurationException {
        TunnelDocument wide = EXAMPLE.replace("id: 2\n", "id: 65536\n");
        assertThat(EXAMPLE.replace("id: 2\n", "id: 65535\n").tunnel(0).mtu()).isEqualTo(1_476);
        wide.assertRefused(V0 + "option", "VPN-ID 65536 does not fit into stream-id, which ends at 65535");
        assertThat(wide.replace("198.51.100.2}}", "198.51.100.2, option: experimental}}")
                        .tunnel(0)
                        .mtu())
                .isEqualTo(1_472);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "vpnId: 7|vpnId: 0|vpnId|is not between 1 and 4294967295",
                "vpnId: 7|vpnId: 4294967296|vpnId|is not between 1 and 4294967295",
                "vpnId: 7|vpnId: 65536|vpnId|VPN-ID 65536 does not fit into stream-id",
                "vpnId: 7|vpnId: 65536, option: stream-id|vpnId|it needs experimental",
                "vpnId: 7|option: stream|option|'stream' is neither stream-id nor experimental",
                "vpnId: 7|vpnId: 7, flowId: true|flowId|has no room in stream-id",
                "vpnId: 7|vpnId: 7, flowId: 1|flowId|is neither true nor false",
                "vpnId: 7|key: 7|key|is not a field here",
                "vpnId: 7|vpnId: 2|vpnId|the key of another tunnel",
                "vpnId: 7|vpnId: 2, option: experimental|vpnId|the key of another tunnel",
                ", vpnId: 7|, hopLimit: 9|vpnId|the key of another tunnel",
            })
    void shouldNameFieldAndReason(String from, String to, String field, String reason) {
        EXAMPLE.replace(from, to).assertRefused(V1 + field, reason);
    }

    @Test
    void shouldRefuseIpv6Outside() {
        EXAMPLE.replace(
                        "local: 192.0.2.1, remote: 198.51.100.2, vpnId",
                        "local: \"2001:db8::1\", remote: \"2001:db8:f::2\", vpnId")
                .assertRefused(V1 + "local", "is not IPv4, whose options carry the VPN-ID; there is none in IPv6");
    }

    @Test
    void shouldKeepTunnelsOfAnotherKindApart() throws InvalidConfigurationException {
        assertThat(EXAMPLE.replace("198.51.100.2, vpnId: 7", "198.51.100.2")
                        .replace("{name: v1, encapsulation: {vns", "{name: v1, encapsulation: {ipip")
                        .tunnel(1)
                        .mtu())
                .isEqualTo(1_480);
    }
}
