package io.vireo.control.model.attachment.vxlan;

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

/** What a document may say of VXLAN tunnels. */
class VxlanDocumentTest {
    private static final TunnelDocument EXAMPLE = TunnelDocument.of("""
            - {name: x0, encapsulation: {vxlan: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2, vni: 0}}}
            - {name: x1, encapsulation: {vxlan: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2, vni: 7}}}
            """);
    private static final String X1 = "vpns[1].routers[0].interfaces[1].encapsulation.vxlan.";

    @Test
    void shouldLeaveRoomForTheFramesHeaderToo() throws InvalidConfigurationException {
        TunnelDocument wide = EXAMPLE.replace(
                "local: 192.0.2.1, remote: 198.51.100.2, vni: 7",
                "local: \"2001:db8::1\", remote: \"2001:db8:f::2\", vni: 7");
        assertThat(EXAMPLE.tunnel(1).mtu()).isEqualTo(1_450);
        assertThat(wide.tunnel(1).mtu()).isEqualTo(1_430);
        assertThat(EXAMPLE.tunnel(1).attachment().resolvesNeighbours()).isTrue();
    }

    @Test
    void shouldWriteWhatItReads() throws InvalidConfigurationException {
        TunnelDocument document = EXAMPLE.replace("vni: 7", "vni: 16777215, port: 8472");
        Configuration read = ConfigurationReader.read(document.text());
        String yaml = ConfigurationWriter.toYaml(read);

        assertThat(ConfigurationReader.read(yaml)).isEqualTo(read);
        assertThat(yaml).contains("vni: 0").contains("vni: 16777215").contains("port: 8472");
        assertThat(((Attachment.Tunnel) document.tunnel(0).attachment()).encapsulation())
                .isEqualTo(new Encapsulation.Vxlan(0, 4_789));
        assertThat(((Attachment.Tunnel) document.tunnel(1).attachment()).encapsulation())
                .isEqualTo(new Encapsulation.Vxlan(16_777_215, 8_472));
    }

    /** The same VNI at another port is another tunnel. */
    @Test
    void shouldKeepPortsApart() throws InvalidConfigurationException {
        assertThat(EXAMPLE.replace("vni: 7", "vni: 0, port: 4790").tunnel(1).mtu())
                .isEqualTo(1_450);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "vni: 7|vni: -1|vni|is not between 0 and 16777215",
                "vni: 7|vni: 16777216|vni|is not between 0 and 16777215",
                ", vni: 7||vni|is missing",
                "vni: 7|vni: 7, port: 0|port|is not between 1 and 65535",
                "vni: 7|vni: 7, port: 65536|port|is not between 1 and 65535",
                "vni: 7|vni: 7, key: 7|key|is not a field here",
                "vni: 7|vni: 7, fragment: outer|fragment|are not to be fragmented",
                "vni: 7|vni: 0|vni|the key of another tunnel",
                "vni: 7|vni: 0, port: 4789|vni|the key of another tunnel",
            })
    void shouldNameFieldAndReason(String from, String to, String field, String reason) {
        EXAMPLE.replace(from, to == null ? "" : to).assertRefused(X1 + field, reason);
    }
}
