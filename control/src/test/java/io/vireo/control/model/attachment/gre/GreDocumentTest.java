package io.vireo.control.model.attachment.gre;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Encapsulation;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.attachment.TunnelDocument;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.model.document.ConfigurationWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document may say of GRE tunnels. */
class GreDocumentTest {
    private static final TunnelDocument EXAMPLE = TunnelDocument.of("""
            - {name: g0, encapsulation: {gre: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2}}, addresses: [10.0.0.1/30]}
            - {name: g1, encapsulation: {gre: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2, key: 7}}}
            """);
    private static final String G1 = "vpns[1].routers[0].interfaces[1].encapsulation.gre.";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key: 7|1472|1452",
                "key: 0|1472|1452",
                "checksum: true|1472|1452",
                "sequence: true|1472|1452",
                "checksum: true, sequence: true|1468|1448",
                "key: 7, checksum: true, sequence: true|1464|1444",
                "key: 7, checksum: false, sequence: false|1472|1452",
                "ethernet: true|1462|1442",
                "key: 7, ethernet: true|1458|1438",
            })
    void shouldLeaveRoomForTheHeadersUnlessAnMtuIsGiven(String options, int overIpv4, int overIpv6)
            throws InvalidConfigurationException {
        TunnelDocument document = EXAMPLE.replace("198.51.100.2, key: 7", "198.51.100.3, " + options);
        TunnelDocument wide = document.replace(
                "local: 192.0.2.1, remote: 198.51.100.3, ", "local: \"2001:db8::1\", remote: \"2001:db8:f::2\", ");
        assertThat(EXAMPLE.tunnel(0).mtu()).isEqualTo(1_476);
        assertThat(document.tunnel(1).mtu()).isEqualTo(overIpv4);
        assertThat(wide.tunnel(1).mtu()).isEqualTo(overIpv6);
    }

    @Test
    void shouldWriteWhatItReads() throws InvalidConfigurationException {
        TunnelDocument document = EXAMPLE.replace("key: 7", "key: 4294967295, sequence: true");
        Configuration read = ConfigurationReader.read(document.text());
        String yaml = ConfigurationWriter.toYaml(read);

        assertThat(ConfigurationReader.read(yaml)).isEqualTo(read);
        assertThat(yaml).contains("key: 4294967295").contains("sequence: true").doesNotContain("checksum");
        assertThat(((Attachment.Tunnel) document.tunnel(1).attachment()).encapsulation())
                .isEqualTo(new Encapsulation.Gre(4_294_967_295L, false, true, false));
    }

    /** Beside the keyless one between the same addresses. */
    @ParameterizedTest
    @CsvSource({"0", "7", "4294967295"})
    void shouldKeepEachKeyApartFromNone(String key) throws InvalidConfigurationException {
        assertThat(EXAMPLE.replace("key: 7", "key: " + key).tunnel(1).mtu()).isEqualTo(1_472);
    }

    @Test
    void shouldKeepTunnelsOfAnotherKeyOrKindApart() throws InvalidConfigurationException {
        assertThat(EXAMPLE.replace("198.51.100.2}}", "198.51.100.2, key: 8}}")
                        .tunnel(0)
                        .mtu())
                .isEqualTo(1_472);
        assertThat(EXAMPLE.replace(
                                "{gre: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2}}",
                                "{ipip: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2}}")
                        .tunnel(0)
                        .mtu())
                .isEqualTo(1_480);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "key: 7|key: -1|key|is not between 0 and 4294967295",
                "key: 7|key: 4294967296|key|is not between 0 and 4294967295",
                "key: 7|key: x|key|is not",
                "key: 7|checksum: 1|checksum|is neither true nor false",
                "key: 7|sequence: maybe|sequence|is neither true nor false",
                "key: 7|hops: 7|hops|is not a field here",
                "key: 7|key: 7, ethernet: 1|ethernet|is neither true nor false",
                ", key: 7|, ethernet: true|remote|the far end of another tunnel",
                ", key: 7|, checksum: true|remote|the far end of another tunnel",
                "198.51.100.2}}|198.51.100.2, key: 7, checksum: true}}|key|the key of another tunnel",
            })
    void shouldNameFieldAndReason(String from, String to, String field, String reason) {
        EXAMPLE.replace(from, to).assertRefused(G1 + field, reason);
    }

    @Test
    void shouldRefuseTwoEncapsulationsOfOneTunnel() {
        EXAMPLE.replace(", key: 7}}", ", key: 7}, ipip: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2}}")
                .assertRefused(
                        "vpns[1].routers[0].interfaces[1].encapsulation.gre",
                        "stands beside ipip; a tunnel has one encapsulation");
    }
}
